import { describe, expect, it } from 'vitest';
import { draft, type Office } from './office';
import { type PlainClient, refusalOf, sha256 } from './plain-client';
import { change, fileOf, newIntake, newOutgoing } from './rows';
import { openStream } from './streams';
import { upload } from './uploads';

type Answer = {
  readonly epoch: string;
  readonly drop: readonly string[];
  readonly buckets: readonly {
    readonly bucket: string;
    readonly rows: readonly { readonly coll: string; readonly id: string }[];
    readonly next: number;
  }[];
};

/** What a device may read besides its own unit, and that it ends when the right ends. */
export function grantRules(office: () => Office): void {
  const sql = (text: string, ...values: readonly string[]) =>
    office().server.context.database.transaction('read-write', (session) => session.query(text, values));
  const grant = (unit: string, readable: string) =>
    sql('insert into unit_grant (unit, readable) values ($1, $2)', unit, readable);
  const revoke = (unit: string, readable: string) =>
    sql('delete from unit_grant where unit = $1 and readable = $2', unit, readable);
  const pull = (device: PlainClient, cursors: Record<string, number>) =>
    device.post<Answer>('/v1/sync/pull', { epoch: device.epoch, cursors, limit: 500 });
  const idsIn = (answer: Answer, bucket: string) =>
    answer.buckets.find((page) => page.bucket === bucket)?.rows.map((row) => row.id);

  /** A unit that was merged into a successor: its devices, and one of the successor. */
  const merged = async () => {
    const [old, heir] = [await office().newUnit(), await office().newUnit()];
    const [before, after] = [await office().newDevice(old), await office().newDevice(heir)];
    return { old, heir, before, after, bucket: `unit:${old}` };
  };

  describe('grants between units', () => {
    it('open a bucket from its beginning, for reading only, and close it again', async () => {
      const { old, heir, before, after, bucket } = await merged();
      await draft(before, `grant-${old}`);
      expect(idsIn(await pull(after, {}), bucket)).toBeUndefined();

      await grant(heir, old);
      const opened = await pull(after, after.cursors);
      expect(idsIn(opened, bucket)).toContain(`grant-${old}`);
      expect(opened.drop).toEqual([]);
      await after.pull();
      expect(await after.post('/v1/sync/digest', { bucket })).toMatchObject({ bucket });
      const seen = after.row('outgoing', `grant-${old}`);
      const edit = change('outgoing', seen, { subject: 'đổi' });
      expect((await after.act(`${heir}-officer`, 'outgoing.edit', edit)).status).toBe('rejected');

      await revoke(heir, old);
      const closed = await pull(after, after.cursors);
      expect([closed.drop, idsIn(closed, bucket)]).toEqual([[bucket], undefined]);
      expect(await refusalOf(after.post('/v1/sync/digest', { bucket }))).toMatchObject({ status: 403 });
    });

    it('open the files of the granted unit, and close them with it', async () => {
      const { old, heir, before, after } = await merged();
      const bytes = `bytes of ${old}`;
      await before.act(
        `${old}-officer`,
        'outgoing.draft',
        newOutgoing(old, `file-${old}`, { body: fileOf(bytes) }),
      );
      await upload(before, bytes);
      const status = async () => (await after.raw(`/v1/files/${sha256(bytes)}`)).status;
      expect(await status()).toBe(404);
      await grant(heir, old);
      expect(await status()).toBe(200);
      await revoke(heir, old);
      expect(await status()).toBe(404);
    });

    it('an answer to refused work holds only rows that may be seen, also when it is asked for again', async () => {
      const { old, heir, before, after } = await merged();
      await draft(before, `seen-${old}`);
      await grant(heir, old);
      await after.pull();
      const seen = after.row('outgoing', `seen-${old}`);
      const work = after.operation(`${heir}-officer`, 'outgoing.edit', [
        change('outgoing', seen, { subject: 'đổi' }),
      ]);
      const rowsOf = async () => (await after.push(work)).results[0]?.rows;
      expect(await rowsOf()).toMatchObject([{ gone: false, data: { unit: old } }]);
      await revoke(heir, old);
      const nothing = [{ coll: 'outgoing', id: `seen-${old}`, rev: 0, gone: true, data: null }];
      expect(await rowsOf()).toEqual(nothing);
      const stranger = await office().newDevice(await office().newUnit());
      const guess = stranger.operation(`${stranger.unit}-officer`, 'outgoing.edit', work.changes);
      expect((await stranger.push(guess)).results[0]?.rows).toEqual(nothing);
    });

    it('an answer about a conflict holds no row: the other value comes with the next pull', async () => {
      const unit = await office().newUnit();
      const [one, two] = [await office().newDevice(unit), await office().newDevice(unit)];
      const seen = await draft(one, `both-${unit}`);
      await two.act(`${unit}-officer`, 'outgoing.edit', change('outgoing', seen, { subject: 'hai' }));
      const result = await one.act(
        `${unit}-officer`,
        'outgoing.edit',
        change('outgoing', { id: seen.id, rev: 0 }, { subject: 'một' }),
      );
      expect(result.rows).toEqual([]);
    });

    it('a device that is moved to another unit gets a new token for it and loses the buckets of the old', async () => {
      const { old, heir, before, after } = await merged();
      await after.act(`${heir}-clerk`, 'intake.add', newIntake(heir, `moved-${heir}`));
      await sql('update device set unit = $2 where id = $1', before.device, heir);
      expect(await refusalOf(before.pull())).toMatchObject({ status: 401, detail: 'token' });
      await before.login();
      const answer = await pull(before, before.cursors);
      expect(answer.drop).toEqual([`unit:${old}`]);
      expect(idsIn(answer, `unit:${heir}`)).toContain(`moved-${heir}`);
    });

    it('reach an open stream, and so does a revocation', async () => {
      const { old, heir, after, bucket } = await merged();
      const stream = await openStream(after);
      const wait = { timeout: 20_000 };
      await expect.poll(stream.text, wait).toContain(`unit:${heir}`);
      await grant(heir, old);
      await expect.poll(stream.text, wait).toContain(bucket);
      await sql(`update device set status = 'revoked' where id = $1`, after.device);
      await expect.poll(stream.hasEnded, wait).toBe(true);
    }, 60_000);
  });
}
