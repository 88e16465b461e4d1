import { describe, expect, it } from 'vitest';
import { issue, type Office, takeBook } from './office';
import type { PlainClient } from './plain-client';
import { change, newMeeting, newOutgoing, nextNumber } from './rows';

/** What goes from unit to unit, and that nothing else does. */
export function exchangeRules(office: () => Office): void {
  const pair = async () => {
    const [sender, receiver] = [await office().newUnit(), await office().newUnit()];
    return { from: await office().newDevice(sender), to: await office().newDevice(receiver) };
  };
  const deliveryTo = async (from: PlainClient, id: string, to: PlainClient) => {
    await from.pull();
    return (from.row('outgoing', id).data['deliveries'] as Record<string, object>)[to.unit];
  };

  describe('exchange', () => {
    it('Điều 18, 21: an issued document arrives, is registered, and each state flows back to the sender', async () => {
      const { from, to } = await pair();
      expect(await issue(from, `x1${from.unit}`, [to.unit, 'no-such-unit'])).toMatchObject({ status: 'ok' });
      const id = `x1${from.unit}:to:${to.unit}`;
      await to.pull();
      const arrived = to.row('incoming', id);
      expect(arrived.data).toMatchObject({
        state: 'arrived',
        number: '01',
        symbol: 'KH-LĐLĐ',
        issuer: `Đơn vị ${from.unit}`,
        signerName: 'Người leader',
        exchangeFrom: from.unit,
        files: [{ name: 'van-ban.pdf' }],
      });
      expect(await deliveryTo(from, `x1${from.unit}`, to)).toMatchObject({ status: '01', reason: '' });
      expect(Object.keys(from.row('outgoing', `x1${from.unit}`).data['deliveries'] as object)).toEqual([
        to.unit,
      ]);

      const book = await takeBook(to, 'incoming');
      const { n, changes } = nextNumber(book, id);
      const registered = {
        state: 'registered',
        bookId: book.id,
        arrivalNumber: n,
        arrivalDate: '2026-03-02',
      };
      const result = await to.act(
        `${to.unit}-clerk`,
        'incoming.register',
        ...changes,
        change('incoming', arrived, registered),
      );
      expect(result).toMatchObject({ status: 'ok', reason: '' });
      expect(await deliveryTo(from, `x1${from.unit}`, to)).toMatchObject({ status: '03' });

      const step = async (command: string, actor: string, patch: Record<string, unknown>) => {
        await to.pull();
        const done = await to.act(
          `${to.unit}-${actor}`,
          command,
          change('incoming', to.row('incoming', id), patch),
        );
        expect([command, done.reason]).toEqual([command, '']);
        return deliveryTo(from, `x1${from.unit}`, to);
      };
      const assignment = { lead: `${to.unit}-officer`, support: [], informed: [], due: '' };
      expect(await step('incoming.assign', 'leader', { state: 'assigned', assignment })).toMatchObject({
        status: '05',
      });
      expect(await step('incoming.start', 'officer', { state: 'in-progress' })).toMatchObject({
        status: '05',
      });
      expect(await step('incoming.finish', 'officer', { state: 'done', result: 'Xong' })).toMatchObject({
        status: '06',
      });
    });

    it('Điều 21.2: a returned document tells the sender why', async () => {
      const { from, to } = await pair();
      const id = `x2${from.unit}`;
      await issue(from, id, [to.unit]);
      await to.pull();
      const arrived = to.row('incoming', `${id}:to:${to.unit}`);
      const patch = { state: 'returned', returnReason: 'Thiếu phụ lục' };
      await to.act(`${to.unit}-clerk`, 'incoming.return', change('incoming', arrived, patch));
      expect(await deliveryTo(from, id, to)).toMatchObject({ status: '02', reason: 'Thiếu phụ lục' });
    });

    it('issuing twice delivers once', async () => {
      const { from, to } = await pair();
      const id = `x3${from.unit}`;
      await issue(from, id, [to.unit, to.unit]);
      await from.pull();
      const again = await from.act(
        `${from.unit}-clerk`,
        'outgoing.issue',
        change('outgoing', from.row('outgoing', id), { state: 'issued', receivers: [to.unit] }),
      );
      expect(again).toMatchObject({ status: 'rejected', reason: 'WRONG_STATE' });
      await to.pull();
      expect(to.row('incoming', `${id}:to:${to.unit}`).rev).toBe(1);
    });

    it('a unit sees nothing of another: no rows, no conflicts, no digest, no row in a refusal', async () => {
      const { from, to } = await pair();
      const id = `x4${from.unit}`;
      await from.act(`${from.unit}-officer`, 'outgoing.draft', newOutgoing(from.unit, id));
      await from.pull();
      const seen = from.row('outgoing', id);
      const twin = await office().newDevice(from.unit);
      await from.act(`${from.unit}-officer`, 'outgoing.edit', change('outgoing', seen, { subject: 'Một' }));
      await twin.act(`${from.unit}-officer`, 'outgoing.edit', change('outgoing', seen, { subject: 'Hai' }));
      await to.pull();
      const foreign = [...to.rows.values()].filter(
        (row) => row.coll !== 'units' && row.data?.['unit'] !== to.unit,
      );
      expect(foreign).toEqual([]);
      const result = await to.act(
        `${to.unit}-officer`,
        'outgoing.edit',
        change('outgoing', seen, { subject: 'Ba' }),
      );
      expect(result).toMatchObject({ status: 'rejected', reason: 'NOT_FOUND' });
      expect(result.rows).toEqual([{ coll: 'outgoing', id, rev: 0, gone: true, data: null }]);
      const digest = await to.raw('/v1/sync/digest', {
        method: 'POST',
        body: JSON.stringify({ bucket: `unit:${from.unit}` }),
        headers: { 'content-type': 'application/json' },
      });
      expect(digest.status).toBe(403);
    });

    it('the database itself keeps units apart where a predicate were forgotten', async () => {
      const { from, to } = await pair();
      await from.act(`${from.unit}-officer`, 'outgoing.draft', newOutgoing(from.unit, `x5${from.unit}`));
      const { database } = office().server.context;
      const count = (setting: readonly [string, string] | null) =>
        database.transaction('read-write', async (session) => {
          if (setting !== null) {
            await session.query(
              `select set_config('app.unit', $1, true), set_config('app.buckets', $2, true)`,
              setting,
            );
          }
          const rows = await session.query<{ count: number }>(
            `select count(*) as count from entity where unit = $1`,
            [from.unit],
          );
          return rows[0]?.count;
        });
      expect(await count([from.unit, `province,unit:${from.unit}`])).toBe(6);
      // What remains is the unit's own line in the directory, which all may read.
      expect(await count([to.unit, `province,unit:${to.unit}`])).toBe(1);
      expect(await count(null)).toBe(0);
      const write = database.transaction('read-write', async (session) => {
        await session.query(`select set_config('app.unit', $1, true)`, [to.unit]);
        await session.query(`insert into entity values ('intake', 'rls', $1, 1, '{}', '{}', '{}', 'test')`, [
          from.unit,
        ]);
      });
      await expect(write).rejects.toMatchObject({ code: '42501' });
    });

    it('a meeting is seen by the units of its participants from its publication, and leaves them with them', async () => {
      const { from, to } = await pair();
      const stranger = await office().newDevice(await office().newUnit());
      const id = `m${from.unit}`;
      const participant = (unit: string) => ({
        id: `p-${unit}`,
        name: 'Đại biểu',
        position: '',
        unit,
        voting: true,
      });
      const secretary = `${from.unit}-secretary`;
      const participants = [participant(from.unit), participant(to.unit)];
      await from.act(secretary, 'meeting.create', newMeeting(from.unit, id, { participants }));
      await to.pull();
      expect(to.rows.has(`meetings/${id}`)).toBe(false);
      const step = async (command: string, patch: Record<string, unknown>) => {
        await from.pull();
        const result = await from.act(
          secretary,
          command,
          change('meetings', from.row('meetings', id), patch),
        );
        expect([command, result.reason]).toEqual([command, '']);
        await to.pull();
        await stranger.pull();
      };
      const pack = { version: 1, at: '', by: secretary, manifest: 'a'.repeat(64), document: null };
      await step('meeting.publish', { state: 'published', pack });
      expect(to.row('meetings', id).data).toMatchObject({
        state: 'published',
        title: 'Hội nghị Ban Chấp hành',
      });
      expect(stranger.rows.has(`meetings/${id}`)).toBe(false);
      const attempt = await to.act(
        `${to.unit}-secretary`,
        'meeting.open',
        change('meetings', to.row('meetings', id), { state: 'open' }),
      );
      expect(attempt.status).toBe('rejected');
      await step('meeting.prepare', { participants: [participant(from.unit)] });
      expect(to.rows.has(`meetings/${id}`)).toBe(false);
      await step('meeting.prepare', { participants });
      expect(to.row('meetings', id).data['participants']).toEqual(participants);
    });
  });
}
