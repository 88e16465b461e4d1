import { describe, expect, it } from 'vitest';
import { draft, type Office, openTwo, register, takeBook } from './office';
import { change, newIncoming, newIntake, newOutgoing } from './rows';

/** What becomes of an operation: merged field by field, by permission. */
export function mergeRules(office: () => Office): void {
  const twoDevices = () => openTwo(office());

  describe('merge and permission', () => {
    it('a field changed by two devices keeps both values; other fields of the operation are applied', async () => {
      const { one, two, unit } = await twoDevices();
      const seen = await draft(one, 'merge-1');
      const officer = `${unit}-officer`;
      await one.act(officer, 'outgoing.edit', change('outgoing', seen, { subject: 'Một' }));
      const patch = { subject: 'Hai', copies: 7 };
      const result = await two.act(officer, 'outgoing.edit', change('outgoing', seen, patch));
      expect(result.status).toBe('conflict');
      await one.pull();
      expect(one.row('outgoing', 'merge-1').data).toMatchObject({ subject: 'Một', copies: 7 });
      const conflict = one.row('conflicts', `${two.device}:1:0`);
      expect(conflict.data).toMatchObject({ field: 'subject', kept: 'Một', lost: 'Hai', decision: '' });
      // The clock of this client stands still.
      const written = '2026-03-02T08:00:00+07:00';
      expect(conflict.data).toMatchObject({ keptAt: written, lostAt: written });

      const decide = (decision: 'kept' | 'lost', value: string) =>
        one.act(
          `${unit}-leader`,
          'conflict.decide',
          change('conflicts', one.row('conflicts', conflict.id), { decision, decidedBy: `${unit}-leader` }),
          change('outgoing', one.row('outgoing', 'merge-1'), { subject: value }),
        );
      expect(await decide('lost', 'Ba')).toMatchObject({ status: 'rejected', reason: 'NOT_ALLOWED' });
      expect(await decide('lost', 'Hai')).toMatchObject({ status: 'ok' });
      await one.pull();
      expect(one.row('outgoing', 'merge-1').data['subject']).toBe('Hai');
      expect(await decide('kept', 'Một')).toMatchObject({ status: 'ok' });
      await one.pull();
      expect(one.row('outgoing', 'merge-1').data['subject']).toBe('Một');
      expect(one.row('conflicts', conflict.id).data).toMatchObject({ lost: 'Hai', decision: 'kept' });
    });

    it('entries of a map and equal values never conflict', async () => {
      const { one, two, unit } = await twoDevices();
      const seen = await draft(one, 'merge-2');
      const entry = (id: string) => ({ [`history.${id}`]: { by: id, at: '', what: 'x', detail: '' } });
      const officer = `${unit}-officer`;
      await one.act(officer, 'outgoing.edit', change('outgoing', seen, { ...entry('h1'), subject: 'Một' }));
      const result = await two.act(
        officer,
        'outgoing.edit',
        change('outgoing', seen, { ...entry('h2'), subject: 'Một' }),
      );
      expect(result.status).toBe('ok');
      await two.pull();
      expect(Object.keys(two.row('outgoing', 'merge-2').data['history'] as object)).toEqual(['h1', 'h2']);
    });

    it('an own earlier write is no conflict, also when the device had not pulled it', async () => {
      const { one, unit } = await twoDevices();
      const seen = await draft(one, 'merge-3');
      const edit = (subject: string) =>
        one.act(`${unit}-officer`, 'outgoing.edit', change('outgoing', seen, { subject }));
      expect(await edit('Một')).toMatchObject({ status: 'ok' });
      expect(await edit('Hai')).toMatchObject({ status: 'ok' });
      await one.pull();
      expect(one.row('outgoing', 'merge-3').data['subject']).toBe('Hai');
    });

    it('the server asks again who may do what: role, unit, state, field', async () => {
      const { clerk, one, unit } = await twoDevices();
      const other = await office().newUnit();
      await takeBook(one, 'incoming');
      await register(one, 'perm-1');
      await one.pull();
      const row = one.row('incoming', 'perm-1');
      const submit = change('incoming', row, { state: 'submitted', submittedTo: `${unit}-leader` });
      const assign = change('incoming', row, { state: 'assigned' });
      const cases = [
        [`${unit}-officer`, 'incoming.submit', submit, 'NOT_ALLOWED'],
        [clerk, 'incoming.assign', assign, 'NOT_ALLOWED'],
        [`${other}-clerk`, 'incoming.submit', submit, 'FORBIDDEN'],
        ['nobody', 'incoming.submit', submit, 'FORBIDDEN'],
        [clerk, 'incoming.submit', change('incoming', row, { arrivalNumber: 9 }), 'NOT_ALLOWED'],
        [clerk, 'incoming.submit', change('incoming', row, { unit: other }), 'FORBIDDEN'],
        [clerk, 'incoming.return', change('incoming', row, { state: 'returned' }), 'WRONG_STATE'],
        [clerk, 'intake.add', newIntake(other, 'perm-2'), 'FORBIDDEN'],
        [
          clerk,
          'intake.add',
          { ...newIntake(unit, 'perm-3'), patch: { id: 'perm-3', unit } },
          'INVALID_INPUT',
        ],
        [clerk, 'outgoing.draft', newOutgoing(unit, 'perm-4', { state: 'issued' }), 'WRONG_STATE'],
        [clerk, 'incoming.submit', change('incoming', row, { submittedTo: 'a\u0000b' }), 'INVALID_INPUT'],
        [clerk, 'incoming.submit', change('incoming', row, { submittedTo: 'a\ud800b' }), 'INVALID_INPUT'],
        [clerk, 'incoming.submit', change('incoming', row, { state: 'made-up' }), 'INVALID_INPUT'],
      ] as const;
      for (const [actor, command, wanted, reason] of cases) {
        expect([command, actor, (await one.act(actor, command, wanted)).reason]).toEqual([
          command,
          actor,
          reason,
        ]);
      }
      await one.pull();
      expect(one.row('incoming', 'perm-1').data).toEqual(row.data);
      expect(await one.act(clerk, 'incoming.submit', submit)).toMatchObject({ status: 'ok' });
    });

    it('an inactive person can do nothing any more', async () => {
      const { clerk, one, unit } = await twoDevices();
      await office().admin('people', 'deactivate', '--id', clerk);
      expect(await one.act(clerk, 'intake.add', newIntake(unit, 'off-1'))).toMatchObject({
        reason: 'FORBIDDEN',
      });
    });

    it('an incoming row cannot be made to look as if it had been sent', async () => {
      const { clerk, one, unit } = await twoDevices();
      const book = await takeBook(one, 'incoming');
      const more = { bookId: book.id, arrivalNumber: 1, exchangeFrom: 'tinh', exchangeOutgoing: 'x' };
      const forged = newIncoming(unit, `x:to:${unit}`, more);
      expect(await one.act(clerk, 'incoming.register', forged)).toMatchObject({ reason: 'WRONG_STATE' });
    });
  });
}
