import { pullResponseSchema } from '@shared/sync/protocol';
import { describe, expect, it } from 'vitest';
import { actForServer } from '../../../server/storage/scope';
import { type Office, openTwo } from './office';
import { refusalOf } from './plain-client';
import { newIntake } from './rows';
import { openStream } from './streams';

/** Reading: pages, epochs, pokes, and what is no request at all. */
export function pullRules(office: () => Office): void {
  const twoDevices = () => openTwo(office());

  describe('pull and stream', () => {
    it('broken, foreign and oversized bodies get a refusal and no stack', async () => {
      const { one } = await twoDevices();
      const send = (path: string, body: string, type = 'application/json') =>
        one.raw(path, { method: 'POST', body, headers: { 'content-type': type } });
      const brackets = 200_000;
      const change = `{"coll":"intake","id":"x","base":0,"create":true,"patch":{"x":${'['.repeat(brackets)}${']'.repeat(brackets)}}}`;
      const deep = `{"epoch":"","ops":[{"op":"x:1","n":1,"command":"intake.add","actor":"x","at":"","changes":[${change}]}]}`;
      const cases = [
        [await send('/v1/sync/push', '{"epoch":'), 400],
        [await send('/v1/sync/push', 'null'), 400],
        [await send('/v1/sync/push', '{"epoch":1,"ops":{}}'), 400],
        [await send('/v1/sync/push', 'x', 'text/html'), 415],
        [await send('/v1/sync/push', `{"epoch":"${'x'.repeat(1_100_000)}"}`), 413],
        [await send('/v1/sync/pull', '{"epoch":"","cursors":{"unit:x":-1},"limit":1}'), 400],
        [await send('/v1/sync/push', deep), 400],
        [await send('/v1/sync/pull', '{"epoch":"","cursors":{},"limit":100000}'), 400],
      ] as const;
      for (const [response, status] of cases) {
        const text = await response.text();
        expect([response.status, JSON.parse(text)]).toMatchObject([status, { code: 'INVALID_INPUT' }]);
        expect(text).not.toMatch(/at .*\.(ts|js)/);
      }
      expect(await refusalOf(one.post('/v1/nothing', {}))).toMatchObject({ status: 404, code: 'NOT_FOUND' });
    });

    it('pull pages by the limit, answers in gzip where asked and forgets foreign buckets', async () => {
      const { clerk, one, two, unit } = await twoDevices();
      const ops = Array.from({ length: 25 }, (_, index) =>
        one.operation(clerk, 'intake.add', [newIntake(unit, `page-${index}`)], index + 1),
      );
      await one.push(...ops);
      two.cursors = { province: 0 };
      two.held.clear();
      await two.pull(7);
      expect([...two.rows.keys()].filter((key) => key.startsWith('intake/page-')).length).toBe(25);
      const response = await two.raw('/v1/sync/pull', {
        method: 'POST',
        body: JSON.stringify({ epoch: two.epoch, cursors: { 'unit:foreign': 0 }, limit: 1000 }),
        headers: { 'content-type': 'application/json', 'accept-encoding': 'gzip' },
      });
      expect(response.headers.get('content-encoding')).toBe('gzip');
      const answer = (await response.json()) as { drop: string[]; buckets: { bucket: string }[] };
      expect(answer.drop).toEqual(['unit:foreign']);
      expect(answer.buckets.map((bucket) => bucket.bucket)).toEqual(['province', `unit:${unit}`]);
    });

    it('each page says where its feed ends, so that a client knows how much is still to come', async () => {
      const { one, unit } = await twoDevices();
      await one.pull();
      const pull = async (cursor: number, limit: number) => {
        const response = await one.raw('/v1/sync/pull', {
          method: 'POST',
          body: JSON.stringify({ epoch: one.epoch, cursors: { [`unit:${unit}`]: cursor }, limit }),
          headers: { 'content-type': 'application/json' },
        });
        const { buckets } = pullResponseSchema.parse(await response.json());
        return buckets.find(({ bucket }) => bucket === `unit:${unit}`);
      };
      await one.push(
        ...[1, 2, 3].map((n) =>
          one.operation(`${unit}-clerk`, 'intake.add', [newIntake(unit, `head-${n}`)], n),
        ),
      );
      const whole = await pull(0, 1000);
      expect(whole).toMatchObject({ more: false, head: whole?.next });
      const first = await pull(0, 1);
      expect(first).toMatchObject({ more: true, head: whole?.next });
      expect(await pull(first?.head ?? 0, 1000)).toMatchObject({ rows: [], head: whole?.next, more: false });
    });

    it('a page ends after about two million characters, and no row is passed over at its end', async () => {
      const { one, unit } = await twoDevices();
      await one.pull();
      const bucket = `unit:${unit}`;
      const size = 700_000;
      const places = Array.from({ length: 12 }, (_, index) => ({
        id: `big-${index}`,
        gone: index % 3 === 2,
      }));
      await office().server.context.database.transaction('read-write', async (session) => {
        await actForServer(session);
        for (const [index, { id, gone }] of places.entries()) {
          const data = { ...newIntake(unit, id).patch, note: 'x'.repeat(size) };
          if (!gone)
            await session.query(
              `insert into entity (coll, id, unit, rev, data, stamps, buckets, last_op)
               values ('intake', $1, $2, 1, $3::jsonb, '{}', $4::text[], 'test')`,
              [id, unit, JSON.stringify(data), [bucket]],
            );
          await session.query(
            `insert into feed (bucket, seq, coll, id, rev, gone) values ($1, $2, 'intake', $3, 1, $4)`,
            [bucket, (one.cursors[bucket] ?? 0) + index + 1, id, gone],
          );
        }
        await session.query('update bucket set head = head + $2 where bucket = $1', [bucket, places.length]);
      });
      const got: string[] = [];
      const sizes: number[] = [];
      for (let more = true; more; ) {
        const response = await one.raw('/v1/sync/pull', {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ epoch: one.epoch, cursors: one.cursors, limit: 1000 }),
        });
        const text = await response.text();
        const answer = JSON.parse(text) as {
          buckets: { bucket: string; next: number; more: boolean; rows: { id: string; gone: boolean }[] }[];
        };
        sizes.push(text.length);
        const page = answer.buckets.find((found) => found.bucket === bucket);
        got.push(...(page?.rows ?? []).map(({ id, gone }) => `${id}${gone ? ' gone' : ''}`));
        one.cursors[bucket] = page?.next ?? 0;
        more = page?.more ?? false;
      }
      expect(got).toEqual(places.map(({ id, gone }) => `${id}${gone ? ' gone' : ''}`));
      expect(sizes.length).toBe(3);
      expect(Math.max(...sizes)).toBeLessThan(2_000_000 + 2 * size);
    });

    it('a stranger to the present epoch is told the new one; a new device may ask with none', async () => {
      const { clerk, one, unit } = await twoDevices();
      await one.act(clerk, 'intake.add', newIntake(unit, 'epoch-1'));
      const old = one.epoch;
      const epoch = await office().admin('new-epoch');
      expect(await refusalOf(one.pull())).toMatchObject({
        status: 409,
        code: 'EPOCH_CHANGED',
        detail: epoch,
      });
      const op = one.operation(clerk, 'intake.add', [newIntake(unit, 'epoch-2')]);
      expect(await refusalOf(one.push(op))).toMatchObject({ status: 409, detail: epoch });
      one.epoch = '';
      expect(await refusalOf(one.push(op))).toMatchObject({ status: 409, detail: epoch });
      expect(await refusalOf(one.pull())).toMatchObject({ status: 409 });
      one.cursors = {};
      await one.pull();
      expect([one.epoch, one.epoch === old]).toEqual([epoch, false]);
      expect((await one.push(op)).results[0]).toMatchObject({ status: 'ok' });
    });

    it('a change is poked to those it concerns, naming buckets and no rows', async () => {
      const { clerk, one, two, unit } = await twoDevices();
      const stranger = await office().newDevice(await office().newUnit());
      const [mine, theirs] = [await openStream(two), await openStream(stranger)];
      const poke = (...buckets: readonly string[]) =>
        `event: poke\ndata: ${JSON.stringify({ b: buckets })}\n\n`;
      const greeting = poke('province', `unit:${unit}`);
      await expect.poll(mine.text).toContain(greeting);
      await expect.poll(theirs.text).toContain(poke('province', `unit:${stranger.unit}`));
      const before = mine.text().length;
      await one.act(clerk, 'intake.add', newIntake(unit, 'poke-1'));
      await expect.poll(() => mine.text().slice(before)).toContain(`unit:${unit}`);
      expect(theirs.text()).not.toContain(`unit:${unit}`);
      expect(mine.text()).not.toContain('poke-1');
      await Promise.all([mine.stop(), theirs.stop()]);
    });
  });
}
