import { describe, expect, it } from 'vitest';
import { type Office, openTwo } from './office';
import type { Change, Operation, PlainClient } from './plain-client';
import { change, fileOf, newIntake, newOutgoing } from './rows';

type Work = { readonly actor: string; readonly command: string; readonly changes: readonly Change[] };
type Pair = Awaited<ReturnType<typeof openTwo>>;

const seeds = [1, 2, 3, 4, 5, 6];
const operationsPerSeed = 40;
const items = 5;

/** Numbers that are the same for the same seed (Park and Miller). */
function numbersFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
}

/** One piece of work: mostly lawful, sometimes refused, often about a row that was written just before. */
function drawWork(unit: string, next: (below: number) => number): Work {
  const clerk = `${unit}-clerk`;
  const item = { id: `${unit}-item-${next(items)}`, rev: next(4) };
  const draft = { id: `${unit}-draft-${next(items)}`, rev: next(4) };
  const note = { note: `ghi chú ${next(3)}` };
  const draws: readonly (() => Work)[] = [
    () => ({ actor: clerk, command: 'intake.add', changes: [newIntake(unit, item.id, 'scan')] }),
    () => ({
      actor: clerk,
      command: 'intake.set-aside',
      changes: [change('intake', item, { state: 'set-aside', ...note })],
    }),
    () => ({
      actor: clerk,
      command: 'intake.restore',
      changes: [change('intake', item, { state: 'waiting', ...note })],
    }),
    () => ({
      actor: `${unit}-officer`,
      command: 'outgoing.draft',
      changes: [newOutgoing(unit, draft.id, { body: fileOf('body') })],
    }),
    () => ({
      actor: `${unit}-officer`,
      command: 'outgoing.edit',
      changes: [change('outgoing', draft, { subject: `Trích yếu ${next(3)}` })],
    }),
    () => ({ actor: 'nobody', command: 'intake.add', changes: [newIntake(unit, item.id, 'scan')] }),
    () => ({ actor: clerk, command: 'intake.add', changes: [newIntake('elsewhere', item.id, 'scan')] }),
    () => ({
      actor: clerk,
      command: 'intake.set-aside',
      changes: [change('intake', item, { note: 'half \ud800' })],
    }),
  ];
  return (draws[next(draws.length)] as () => Work)();
}

/** The unit's rows, conflicts and heads, and the results, in words that do not name the unit or its devices. */
async function outcome({ one, two, unit }: Pair, results: readonly unknown[]): Promise<string> {
  await two.pull();
  const rows = [...two.rows.values()]
    .filter((row) => row.coll !== 'units')
    .sort((a, b) => (`${a.coll}/${a.id}` < `${b.coll}/${b.id}` ? -1 : 1));
  return JSON.stringify({ rows, results }, null, 1)
    .replaceAll(unit, 'UNIT')
    .replaceAll(one.device, 'ONE')
    .replaceAll(two.device, 'TWO')
    .replace(/"at": "[^"]*"/g, '"at": ""')
    .replace(/"newestFirst": \d+/g, '"newestFirst": 0');
}

const inOrder = (client: PlainClient, works: readonly Work[]): Operation[] =>
  works.map(({ actor, command, changes }, index) =>
    client.operation(actor, command, changes, client.lastN + 1 + index),
  );

/** A push of many operations is an economy of the server; nobody may see a difference. */
export function batchRules(office: () => Office): void {
  describe('push of many operations', () => {
    /** Each side's second device writes first, so that some of the work meets fields that another changed. */
    const begin = async (seed: number): Promise<Pair> => {
      const pair = await openTwo(office());
      const next = numbersFrom(seed * 77);
      for (let index = 0; index < items; index += 1)
        await pair.two.act(
          `${pair.unit}-clerk`,
          'intake.add',
          newIntake(pair.unit, `${pair.unit}-item-${index}`, 'scan'),
        );
      for (let index = 0; index < items; index += 1) {
        const changed = change(
          'intake',
          { id: `item-${index}`, rev: 1 },
          { state: 'set-aside', note: 'máy kia' },
        );
        if (next(2) === 0) await pair.two.act(`${pair.unit}-clerk`, 'intake.set-aside', changed);
      }
      return pair;
    };

    it.each(seeds)('leaves what the same operations one by one leave (seed %i)', async (seed) => {
      const together = await begin(seed);
      const apart = await begin(seed);
      const draw = (unit: string) => {
        const next = numbersFrom(seed);
        return Array.from({ length: operationsPerSeed }, () => drawWork(unit, next));
      };
      const { results } = await together.one.push(...inOrder(together.one, draw(together.unit)));
      const singly: unknown[] = [];
      for (const { actor, command, changes } of draw(apart.unit))
        singly.push(await apart.one.act(actor, command, ...changes));
      expect(results.map((result) => result.status)).toContain('rejected');
      expect(results.map((result) => result.status)).toContain('ok');
      expect(await outcome(together, results.map(withoutRows))).toBe(
        await outcome(apart, singly.map(withoutRows)),
      );
      await office().admin('audit');
    });

    it('work that cannot wait for the end of the batch is done all the same, with what stands around it', async () => {
      const { one, unit } = await openTwo(office());
      const draft = newOutgoing(unit, `${unit}-new-body`);
      const works: Work[] = [
        { actor: `${unit}-officer`, command: 'outgoing.draft', changes: [draft] },
        {
          actor: `${unit}-officer`,
          command: 'outgoing.edit',
          changes: [change('outgoing', { id: draft.id, rev: 1 }, { body: fileOf('another body') })],
        },
        { actor: `${unit}-clerk`, command: 'intake.add', changes: [newIntake(unit, `${unit}-beside`)] },
      ];
      const { results } = await one.push(...inOrder(one, works));
      expect(results.map((result) => result.status)).toEqual(['ok', 'ok', 'ok']);
      await one.pull();
      expect(one.row('outgoing', draft.id)).toMatchObject({ rev: 2, data: { body: fileOf('another body') } });
      expect(one.row('intake', `${unit}-beside`).rev).toBe(1);
    });
  });
}

/** Rows of a refusal show the state at the time of asking, which differs where more work has followed. */
function withoutRows(result: unknown): unknown {
  const { op: _op, rows: _rows, ...rest } = result as Record<string, unknown>;
  return rest;
}
