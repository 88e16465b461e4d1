import { describe, expect, it } from 'vitest';
import { draft, type Office, openTwo } from './office';
import { refusalOf } from './plain-client';
import { change, newIntake } from './rows';

/** Taking in operations: exactly once, in order, whole or not at all. */
export function pushRules(office: () => Office): void {
  const twoDevices = () => openTwo(office());

  describe('push', () => {
    it('what one device sends the other receives, and both have the digest of the server', async () => {
      const { clerk, one, two, unit } = await twoDevices();
      await one.act(clerk, 'intake.add', newIntake(unit, 'in-1'));
      await two.pull();
      expect(two.row('intake', 'in-1')).toMatchObject({ rev: 1, data: { state: 'waiting', unit } });
      await one.pull();
      const digest = await two.post<{ digest: string; head: number; count: number }>('/v1/sync/digest', {
        bucket: `unit:${unit}`,
      });
      expect(two.ownDigest()).toBe(digest.digest);
      expect(one.ownDigest()).toBe(digest.digest);
      expect(two.cursors[`unit:${unit}`]).toBe(digest.head);
    });

    it('an operation sent twice is applied once and gives its first result', async () => {
      const { clerk, one, two, unit } = await twoDevices();
      const op = one.operation(clerk, 'intake.add', [newIntake(unit, 'in-2')]);
      const first = await one.push(op);
      const second = await one.push(op);
      expect(second).toMatchObject({ results: first.results, lastN: 1 });
      await two.pull();
      expect(two.row('intake', 'in-2').rev).toBe(1);
    });

    it('twenty pushes of the same operations at a time still apply each once', async () => {
      const { clerk, one, unit } = await twoDevices();
      const ops = [1, 2, 3].map((n) => one.operation(clerk, 'intake.add', [newIntake(unit, `same-${n}`)], n));
      const answers = await Promise.allSettled(Array.from({ length: 20 }, () => one.push(...ops)));
      const taken = answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []));
      expect(taken.length).toBeGreaterThan(0);
      for (const answer of taken)
        expect(answer.results.map((result) => result.status)).toEqual(['ok', 'ok', 'ok']);
      for (const answer of answers) {
        if (answer.status === 'rejected')
          expect(answer.reason).toMatchObject({ status: 429, code: 'SERVER_BUSY' });
      }
      await one.pull();
      expect([1, 2, 3].map((n) => one.row('intake', `same-${n}`).rev)).toEqual([1, 1, 1]);
    });

    it('other content under a used number is refused and changes nothing', async () => {
      const { clerk, one, unit } = await twoDevices();
      await one.act(clerk, 'intake.add', newIntake(unit, 'in-3'));
      const forged = one.operation(clerk, 'intake.add', [newIntake(unit, 'in-4')], 1);
      expect((await one.push(forged)).results[0]).toMatchObject({
        status: 'rejected',
        reason: 'NUMBER_REUSED',
      });
      await one.pull();
      expect(one.rows.has('intake/in-4')).toBe(false);
    });

    it('a gap is refused: what came before it is taken, lastN says where to go on', async () => {
      const { clerk, one, unit } = await twoDevices();
      const op = (n: number) => one.operation(clerk, 'intake.add', [newIntake(unit, `gap-${n}`)], n);
      const answer = await one.push(op(1), op(2), op(4), op(5));
      expect(answer.results.map((result) => result.op)).toEqual([`${one.device}:1`, `${one.device}:2`]);
      expect(answer.lastN).toBe(2);
      expect(await one.push(op(4))).toMatchObject({ results: [], lastN: 2 });
      expect((await one.push(op(3), op(4))).lastN).toBe(4);
    });

    it('an operation under the name of another device is refused', async () => {
      const { clerk, one, two, unit } = await twoDevices();
      const foreign = two.operation(clerk, 'intake.add', [newIntake(unit, 'in-5')]);
      expect(await refusalOf(one.push(foreign))).toMatchObject({ status: 400, code: 'INVALID_INPUT' });
    });

    it('a refused operation leaves nothing of itself, uses its number and shows the rows as they are', async () => {
      const { one, unit } = await twoDevices();
      const document = await draft(one, 'both-or-none');
      const result = await one.act(
        `${unit}-officer`,
        'outgoing.submit',
        change('outgoing', document, { state: 'submitted' }),
        change('outgoing', { id: 'not-there', rev: 1 }, { state: 'submitted' }),
      );
      expect(result).toMatchObject({ status: 'rejected', reason: 'NOT_FOUND' });
      expect(result.rows).toMatchObject([
        { id: 'both-or-none', rev: 1, gone: false, data: { state: 'draft' } },
        { id: 'not-there', rev: 0, gone: true, data: null },
      ]);
      expect(one.lastN).toBe(2);
      await one.pull();
      expect(one.row('outgoing', 'both-or-none').data['state']).toBe('draft');
    });

    it('an operation that fails at its second change leaves nothing of its first', async () => {
      const { one, unit } = await twoDevices();
      const [first, second] = [await draft(one, `half-1-${unit}`), await draft(one, `half-2-${unit}`)];
      const result = await one.act(
        `${unit}-officer`,
        'outgoing.edit',
        change('outgoing', first, { subject: 'Đã ghi' }),
        change('outgoing', second, { urgency: 'made-up' }),
      );
      expect(result).toMatchObject({
        status: 'rejected',
        reason: 'INVALID_INPUT',
        rows: [{ rev: 1 }, { rev: 1 }],
      });
      await one.pull();
      expect(one.row('outgoing', first.id)).toEqual(first);
      expect(await office().admin('audit')).toContain('no fault');
    });
  });
}
