import { refusalOf } from '@shared/domain/authority';
import { keepIncomingCopy, numberCopy } from '@shared/domain/electronic-copy';
import { registerIncoming } from '@shared/domain/incoming';
import { addToIntake, setAside } from '@shared/domain/intake';
import type { Plan, Stored } from '@shared/domain/plan';
import {
  copiesIn,
  emptiedOf,
  madeOf,
  purgeIntake,
  refusedRecord,
  rewrittenFor,
  rewrittenWithout,
  sameWork,
} from '@shared/domain/removal';
import { type IntakeItem, intakeSchema } from '@shared/schema/documents';
import type { Role } from '@shared/schema/people';
import { type Operation, operationSchema } from '@shared/sync/operation';
import { applyPatch } from '@shared/sync/patch';
import { describe, expect, it } from 'vitest';
import { book, context, form, pdf, person, sha256 } from './sample-rows';

const clerk = () => context('clerk');
const add = addToIntake(clerk(), { id: 'scan-1', file: pdf, source: 'folder', problem: '' });
const waiting = { ...(add.changes[0]?.patch as unknown as IntakeItem), rev: 0 } as Stored<'intake'>;
const purge = purgeIntake({ ...clerk(), now: '2026-03-02T09:00:00+07:00' }, [waiting]);
const removed = applyPatch(waiting, purge.changes[0]?.patch ?? {}) as Stored<'intake'>;
const item = intakeSchema.parse(removed);

const request = { form, arrivalDate: '2026-03-02', book: book('incoming'), intake: waiting, arrived: null };

const operation = ({ command, changes }: Plan, n = 1): Operation => ({
  op: `D1:${n}`,
  n,
  command,
  actor: 'p1',
  at: '2026-03-02T08:00:00+07:00',
  changes: [...changes],
});
const tells = (value: unknown): boolean => /ke-hoach|aaaa|nhầm/.test(JSON.stringify(value));
const refusal = (plan: Plan, row: Stored<'intake'> | null, ...roles: readonly Role[]) =>
  refusalOf(plan, person(...roles), 'huyen', () => row);

describe('phát hiện nhầm: a secret document that was taken in', () => {
  it('leaves only that something was removed, when and by whom', () => {
    expect(item).toEqual({
      id: 'scan-1',
      unit: 'huyen',
      newestFirst: waiting.newestFirst,
      state: 'purged',
      source: 'folder',
      at: '2026-03-02T09:00:00+07:00',
      by: 'p1',
      file: null,
      problem: '',
      incomingId: '',
      note: '',
    });
  });

  it('a row without a file is a removed one, and a removed one has neither file nor words', () => {
    const fits = (part: Partial<IntakeItem>) => intakeSchema.safeParse({ ...item, ...part }).success;
    expect(fits({})).toBe(true);
    expect(fits({ state: 'waiting' })).toBe(false);
    expect(fits({ file: pdf })).toBe(false);
    expect(fits({ note: 'kế hoạch' })).toBe(false);
    expect(intakeSchema.safeParse(waiting).success).toBe(true);
  });

  it('is the act of a clerk, on what waits or was set aside, never on what is registered', () => {
    expect(refusal(purge, waiting, 'clerk')).toBeNull();
    expect(refusal(purge, { ...waiting, state: 'set-aside' }, 'clerk')).toBeNull();
    expect(refusal(purge, removed, 'clerk')).toBeNull();
    expect(refusal(purge, { ...waiting, state: 'registered' }, 'clerk')).toBe('WRONG_STATE');
    expect(refusal(purge, waiting, 'leader', 'officer')).toBe('NOT_ALLOWED');
  });

  it('is not done to what stands in the register, also where somebody has set it aside meanwhile', () => {
    const both = { ...waiting, state: 'set-aside', incomingId: 'doc-1' } as const;
    expect(() => purgeIntake(clerk(), [both])).toThrow('WRONG_STATE');
  });

  it('cannot be put back, set aside or registered afterwards', async () => {
    expect(refusal(setAside(removed, 'x'), removed, 'clerk')).toBe('WRONG_STATE');
    const again = { ...request, intake: removed };
    await expect(registerIncoming(clerk(), again, sha256)).rejects.toMatchObject({ code: 'WRONG_STATE' });
  });
});

describe('operations about a removed item', () => {
  const aside = operation(setAside(waiting, 'quét nhầm'), 2);

  it('making it makes it removed, setting it aside removes it; both are still whole operations', () => {
    expect([tells(operation(add)), tells(aside)]).toEqual([true, true]);
    const made = rewrittenWithout(operation(add), item);
    const set = rewrittenWithout(aside, item);
    expect([tells(made), tells(set)]).toEqual([false, false]);
    expect(refusal(made, null, 'officer')).toBeNull();
    expect(refusal(set, removed, 'clerk')).toBeNull();
    for (const [before, after] of [
      [operation(add), made],
      [aside, set],
    ] as const) {
      expect(operationSchema.safeParse(after).success).toBe(true);
      expect([after.op, after.n]).toEqual([before.op, before.n]);
    }
  });

  it('a number that was given with it stays: its book needs it on every server', async () => {
    const registered = operation(await registerIncoming(clerk(), request, sha256));
    expect(tells(registered)).toBe(true);
    const emptied = emptiedOf(registered, 'scan-1', true);
    expect(tells(emptied)).toBe(false);
    const ofBook = (of: Operation) => of.changes.filter(({ coll }) => coll === 'books' || coll === 'numbers');
    expect(ofBook(emptied)).toHaveLength(2);
    expect(ofBook(emptied)).toEqual(ofBook(registered));
  });

  it('a document that was made of it loses its files, and what is kept of it when it is refused tells nothing at all', async () => {
    const registered = operation(await registerIncoming(clerk(), request, sha256));
    const rewritten = rewrittenWithout(registered, item);
    expect(tells(rewritten)).toBe(false);
    expect(refusal(rewritten, removed, 'clerk')).not.toBeNull();
    const emptied = refusedRecord(rewritten);
    expect(emptied).toEqual(emptiedOf(registered, 'scan-1', true));
    expect(refusedRecord(registered)).toBe(registered);
    for (const stored of [rewritten, emptied]) expect(sameWork(stored, registered)).toBe(true);
    expect(sameWork(emptied, rewritten)).toBe(true);
    expect(sameWork(rewritten, { ...registered, actor: 'p2' })).toBe(false);
  });

  it('a copy of the document that was made of it is kept nowhere; its number stays, and what else is done stays whole', async () => {
    const registered = operation(await registerIncoming(clerk(), request, sha256));
    const [document = ''] = madeOf(registered, 'scan-1');
    const made = new Set([document]);
    expect(madeOf(registered, 'scan-2')).toEqual([]);
    const ofDocument = registered.changes.find(({ id }) => id === document)?.patch;
    const row = { ...ofDocument, rev: 0 } as unknown as Stored<'incoming'>;
    const signed = { ...pdf, sha256: 'b'.repeat(64), name: 'sao-y ke-hoach.pdf' };
    const kept = keepIncomingCopy(clerk(), row, { form: 'sao-y', file: signed, of: pdf.sha256 });
    const copied = { ...row, ...applyPatch(row, kept.changes[0]?.patch ?? {}) } as Stored<'incoming'>;
    const [key = ''] = Object.keys(copied.electronicCopies ?? {});
    const given = { date: '2026-03-02', symbol: 'LĐLĐ' };
    const book2 = book('outgoing');
    const number = await numberCopy(clerk(), { coll: 'incoming', row: copied }, key, book2, given, sha256);
    for (const plan of [kept, number]) {
      const of = operation(plan, 2);
      expect(copiesIn(of)).toEqual(['b'.repeat(64)]);
      const rewritten = rewrittenFor(of, item, made);
      expect(JSON.stringify(rewritten)).not.toMatch(/bbbb|aaaa/);
      expect(rewrittenFor(rewritten ?? of, item, made)).toBeNull();
      expect(rewrittenFor(of, item, new Set(['another']))).toBeNull();
      expect([sameWork(rewritten ?? of, of), sameWork(of, rewritten ?? of)]).toEqual([true, true]);
      expect(sameWork(rewritten ?? of, { ...of, actor: 'p2' })).toBe(false);
    }
    const ofBooks = rewrittenFor(operation(number, 3), item, made)?.changes.filter(
      ({ coll }) => coll !== 'incoming',
    );
    expect(ofBooks).toEqual(number.changes.filter(({ coll }) => coll !== 'incoming'));
    const comment = { ...operation(kept), changes: [{ ...kept.changes[0], patch: { subject: 'x' } }] };
    expect(rewrittenFor(comment as Operation, item, made)).toBeNull();
  });

  it('the server takes the rewritten one for the one it has, told or emptied, and nothing else', () => {
    const made = rewrittenWithout(operation(add), item);
    const emptied = emptiedOf(operation(add), 'scan-1', false);
    expect(tells(emptied)).toBe(false);
    for (const stored of [operation(add), made, emptied]) {
      expect(sameWork(stored, made)).toBe(true);
    }
    expect(sameWork(emptied, operation(add))).toBe(true);
    expect(sameWork(aside, rewrittenWithout(aside, item))).toBe(true);
    const other = addToIntake(clerk(), { id: 'scan-2', file: pdf, source: 'folder', problem: '' });
    expect(sameWork(operation(add), operation(other))).toBe(false);
    expect(sameWork(emptied, operation(other))).toBe(false);
    expect(sameWork(operation(add), { ...made, actor: 'p2' })).toBe(false);
    const note = operation({
      ...add,
      changes: add.changes.map((c) => ({ ...c, patch: { ...c.patch, note: 'x' } })),
    });
    expect(sameWork(operation(add), note)).toBe(false);
  });
});
