import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { removeForgottenFiles } from '../../../server/files/file-records';
import { actForServer } from '../../../server/storage/scope';
import { type Office, openTwo, takeBook } from './office';
import { type Operation, type PlainClient, sha256 } from './plain-client';
import { change, fileOf, newIncoming, newIntake, newOutgoing, nextNumber } from './rows';
import { upload } from './uploads';

const removal = (clerk: string) => ({
  state: 'purged',
  at: '2026-03-02T08:05:00+07:00',
  by: clerk,
  file: null,
  problem: '',
  incomingId: '',
  note: '',
});

/** A secret document that was taken in by mistake is removed, with a record and nothing else. */
export function removalRules(office: () => Office): void {
  /** An item with its own name and bytes, and the words by which traces of it are found. */
  const secret = (unit: string, id: string) => {
    const bytes = `bytes of ${id} ${unit}`;
    const name = `mat-${id}-${unit}.pdf`;
    const item = newIntake(unit, `${id}-${unit}`, bytes);
    const traces = [name, sha256(bytes)];
    return { ...item, patch: { ...item.patch, file: fileOf(bytes, name) }, bytes, traces };
  };
  const changeOf = ({ bytes: _bytes, traces: _traces, ...plain }: ReturnType<typeof secret>) => plain;

  /** Everything in every table, as text. */
  const wholeDatabase = () =>
    office().server.context.database.transaction('snapshot', async (session) => {
      await actForServer(session);
      const tables = await session.query<{ name: string }>(
        `select tablename as name from pg_tables where schemaname = 'public' order by 1`,
      );
      let text = '';
      for (const { name } of tables) {
        const rows = await session.query<{ all: string | null }>(
          `select json_agg(t)::text as all from "${name}" t`,
        );
        text += rows[0]?.all ?? '';
      }
      return text;
    });
  const traceless = async (traces: readonly string[]) => {
    const database = await wholeDatabase();
    return traces.filter((trace) => database.includes(trace));
  };

  describe('removal of a secret document', () => {
    it('leaves the record of who removed something when, and no name, hash or byte anywhere', async () => {
      const { clerk, one, two, unit } = await openTwo(office());
      const item = secret(unit, 'purge-1');
      const path = office().server.context.store.pathOf(sha256(item.bytes));
      await one.act(clerk, 'intake.add', changeOf(item));
      await upload(one, item.bytes);
      await two.pull();
      const seen = two.row('intake', item.id);
      const aside = { state: 'set-aside', note: `trùng ${item.traces[0]}` };
      await two.act(clerk, 'intake.set-aside', change('intake', seen, aside));
      expect(await traceless(item.traces)).toEqual(item.traces);
      expect(existsSync(path)).toBe(true);

      await one.pull();
      const last = one.row('intake', item.id);
      const done = await one.act(clerk, 'intake.purge', change('intake', last, removal(clerk)));
      expect(done.status).toBe('ok');
      expect(await traceless(item.traces)).toEqual([]);
      expect(existsSync(path)).toBe(false);
      expect((await one.raw(`/v1/files/${sha256(item.bytes)}`)).status).toBe(404);
      await two.pull();
      expect(two.row('intake', item.id).data).toEqual({
        ...removal(clerk),
        id: item.id,
        unit,
        newestFirst: 1,
        source: 'chosen',
      });
      expect(await office().admin('audit')).toContain('no fault');
    });

    it('wins over what another clerk noted meanwhile, and over the conflict that came of it', async () => {
      const { clerk, one, two, unit } = await openTwo(office());
      const item = secret(unit, 'purge-2');
      await one.act(clerk, 'intake.add', changeOf(item));
      await one.pull();
      await two.pull();
      const seen = one.row('intake', item.id);
      const noteOf = (device: PlainClient, note: string) =>
        device.act(clerk, 'intake.set-aside', change('intake', seen, { state: 'set-aside', note }));
      await noteOf(one, 'một');
      await one.act(clerk, 'intake.restore', change('intake', seen, { state: 'waiting', note: '' }));
      await noteOf(two, item.traces[0] ?? '');
      expect(await traceless(item.traces)).toEqual(item.traces);
      const done = await one.act(clerk, 'intake.purge', change('intake', seen, removal(clerk)));
      expect(done).toMatchObject({ status: 'ok', reason: '' });
      expect(await traceless(item.traces)).toEqual([]);
      await one.pull();
      expect(one.row('intake', item.id).data).toMatchObject({ state: 'purged', file: null, note: '' });
    });

    it('keeps the content while another row names it, and drops it from the removed row all the same', async () => {
      const { clerk, one, unit } = await openTwo(office());
      const item = secret(unit, 'purge-3');
      await one.act(clerk, 'intake.add', changeOf(item));
      const twin = { ...newOutgoing(unit, `keep-${unit}`, { body: fileOf(item.bytes) }) };
      await one.act(`${unit}-officer`, 'outgoing.draft', twin);
      await upload(one, item.bytes);
      await one.pull();
      await one.act(clerk, 'intake.purge', change('intake', one.row('intake', item.id), removal(clerk)));
      expect(await (await one.raw(`/v1/files/${sha256(item.bytes)}`)).text()).toBe(item.bytes);
      expect(await traceless(item.traces.slice(0, 1))).toEqual([]);
    });

    it('an operation whose answer was lost may come again rewritten: it is known, and stays removed', async () => {
      const { clerk, one, unit } = await openTwo(office());
      const item = secret(unit, 'purge-4');
      const add = one.operation(clerk, 'intake.add', [changeOf(item)]);
      await one.push(add);
      const made = { ...changeOf(item), patch: { ...item.patch, ...removal(clerk) } };
      const rewritten: Operation = { ...add, changes: [made] };
      const purge = one.operation(
        clerk,
        'intake.purge',
        [change('intake', { id: item.id, rev: 0 }, removal(clerk))],
        2,
      );
      const answer = await one.push(rewritten, purge);
      expect(answer.results.map(({ status }) => status)).toEqual(['ok', 'ok']);
      expect(await traceless(item.traces)).toEqual([]);
      // And once more, as after a second lost answer: first as it was, then rewritten.
      expect((await one.push(add, purge)).results.map(({ status }) => status)).toEqual(['ok', 'ok']);
      expect((await one.push(rewritten)).results[0]?.status).toBe('ok');
      expect(await traceless(item.traces)).toEqual([]);
      const other = { ...rewritten, changes: [{ ...made, id: `${item.id}-x` }] };
      expect((await one.push(other)).results[0]).toMatchObject({
        status: 'rejected',
        reason: 'NUMBER_REUSED',
      });
    });

    it('an item that never reached the server is made removed, and the removal holds', async () => {
      const { clerk, one, unit } = await openTwo(office());
      const item = secret(unit, 'purge-5');
      const made = { ...changeOf(item), patch: { ...item.patch, ...removal(clerk) } };
      const { results } = await one.push(
        one.operation(clerk, 'intake.add', [made]),
        one.operation(clerk, 'intake.purge', [change('intake', { id: item.id, rev: 0 }, removal(clerk))], 2),
      );
      expect(results.map(({ status }) => status)).toEqual(['ok', 'ok']);
      await one.pull();
      expect(one.row('intake', item.id).data).toMatchObject({ state: 'purged', file: null });
    });

    it('is for the clerk, not for a registered document, and never keeps half', async () => {
      const { clerk, one, unit } = await openTwo(office());
      const item = secret(unit, 'purge-6');
      await one.act(clerk, 'intake.add', changeOf(item));
      await one.pull();
      const row = one.row('intake', item.id);
      const purge = (actor: string, patch: Record<string, unknown>) =>
        one.act(actor, 'intake.purge', change('intake', row, patch));
      const { file: _file, ...withFile } = removal(clerk);
      expect((await purge(`${unit}-officer`, removal(clerk))).reason).toBe('NOT_ALLOWED');
      expect((await purge(clerk, withFile)).reason).toBe('INVALID_INPUT');
      expect((await purge(clerk, { ...removal(clerk), note: 'mật' })).reason).toBe('INVALID_INPUT');
      await takeBook(one, 'incoming');
      const book = one.row('books', `${unit}:incoming:2026:chung`);
      const { n, changes } = nextNumber(book, `doc-${unit}`);
      const document = newIncoming(unit, `doc-${unit}`, { bookId: book.id, arrivalNumber: n });
      const registered = change('intake', row, { state: 'registered', incomingId: `doc-${unit}` });
      expect((await one.act(clerk, 'incoming.register', ...changes, document, registered)).status).toBe('ok');
      expect((await purge(clerk, removal(clerk))).reason).toBe('WRONG_STATE');
    });

    it('keeps the item out of the register: who did not know it yet is refused, and nothing tells of the file', async () => {
      const { clerk, one, two, unit } = await openTwo(office());
      const item = secret(unit, 'purge-8');
      await one.act(clerk, 'intake.add', changeOf(item));
      await one.pull();
      const row = one.row('intake', item.id);
      await takeBook(two, 'incoming');
      await one.act(clerk, 'intake.purge', change('intake', row, removal(clerk)));
      const book = two.row('books', `${unit}:incoming:2026:chung`);
      const { n, changes } = nextNumber(book, `doc-8-${unit}`);
      const files = [fileOf(item.bytes, item.traces[0])];
      const document = newIncoming(unit, `doc-8-${unit}`, { bookId: book.id, arrivalNumber: n, files });
      const registered = change('intake', row, { state: 'registered', incomingId: `doc-8-${unit}` });
      const sent = two.operation(clerk, 'incoming.register', [...changes, document, registered]);
      const refused = { status: 'rejected', reason: 'NUMBER_CANCELLED' };
      expect((await two.push(sent)).results[0]).toMatchObject(refused);
      expect(await traceless(item.traces)).toEqual([]);
      // The answer was lost: the same work is known again, as it was or without the file.
      expect((await two.push(sent)).results[0]).toMatchObject(refused);
      const bare = { ...document, patch: { ...document.patch, files: [] } };
      const rewritten = { ...sent, changes: [...changes, bare, { ...registered, patch: {} }] };
      expect((await two.push(rewritten)).results[0]).toMatchObject(refused);
      expect(await traceless(item.traces)).toEqual([]);
    });

    it('takes the copies along that a machine had made of it before it knew, whichever comes first', async () => {
      for (const removedFirst of [true, false]) {
        const { clerk, one, two, unit } = await openTwo(office());
        const item = secret(unit, `purge-10-${removedFirst}`);
        await one.act(clerk, 'intake.add', changeOf(item));
        await takeBook(two, 'incoming');
        await one.pull();
        await two.pull();
        const row = two.row('intake', item.id);
        const purge = () => one.act(clerk, 'intake.purge', change('intake', row, removal(clerk)));
        const id = `doc-10-${unit}`;
        const book = two.row('books', `${unit}:incoming:2026:chung`);
        const { n, changes } = nextNumber(book, id);
        // Without the item removed the registration fails by its number.
        const registered = change('intake', row, { state: 'registered', incomingId: id });
        const files = [fileOf(item.bytes, item.traces[0])];
        const document = newIncoming(unit, id, { bookId: book.id, arrivalNumber: n + 4, files });
        const copy = { form: 'sao-y', file: fileOf(`sao ${item.bytes}`, item.traces[0]), of: item.traces[1] };
        const kept = { ...copy, at: '2026-03-02T08:06:00+07:00', by: clerk };
        const copied = {
          coll: 'incoming',
          id,
          base: 0,
          create: false,
          patch: { 'electronicCopies.k1': kept },
        };
        const first = two.operation(clerk, 'incoming.register', [...changes, document, registered]);
        const second = two.operation(clerk, 'incoming.copy', [copied], first.n + 1);
        if (removedFirst) expect(await purge()).toMatchObject({ status: 'ok' });
        const { results } = await two.push(first, second);
        expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
        if (!removedFirst) expect(await purge()).toMatchObject({ status: 'ok' });
        expect(await traceless([...item.traces, sha256(`sao ${item.bytes}`)])).toEqual([]);
        // The machine asks once more, as it has it and as it will have it: each is what the server knows.
        for (const again of [second, { ...second, changes: [{ ...copied, patch: {} }] }])
          expect((await two.push(again)).results[0]?.reason).toBe(results[1]?.reason);
      }
    });

    it('is refused for what stands in the register, also where somebody has set it aside meanwhile', async () => {
      const { clerk, one, two, unit } = await openTwo(office());
      const item = secret(unit, 'purge-9');
      await one.act(clerk, 'intake.add', changeOf(item));
      await two.pull();
      const row = two.row('intake', item.id);
      await takeBook(one, 'incoming');
      await two.act(clerk, 'intake.set-aside', change('intake', row, { state: 'set-aside', note: 'trùng' }));
      const book = one.row('books', `${unit}:incoming:2026:chung`);
      const { n, changes } = nextNumber(book, `doc-9-${unit}`);
      const document = newIncoming(unit, `doc-9-${unit}`, { bookId: book.id, arrivalNumber: n });
      const registered = change('intake', row, { state: 'registered', incomingId: `doc-9-${unit}` });
      await one.act(clerk, 'incoming.register', ...changes, document, registered);
      const purge = await two.act(clerk, 'intake.purge', change('intake', row, removal(clerk)));
      expect(purge.reason).toBe('WRONG_STATE');
    });

    it('ends unfinished uploads of the same bytes', async () => {
      const { clerk, one, unit } = await openTwo(office());
      const { context } = office().server;
      const item = secret(unit, 'purge-7');
      await one.act(clerk, 'intake.add', changeOf(item));
      await upload(one, item.bytes, item.bytes.slice(0, 5));
      const unfinished = async () =>
        (await readdir(context.uploads)).filter((name) => name.startsWith(one.device));
      expect(await unfinished()).toHaveLength(2);
      await one.pull();
      await one.act(clerk, 'intake.purge', change('intake', one.row('intake', item.id), removal(clerk)));
      expect(await unfinished()).toEqual([]);
    });

    it('a start works off what a crash left, and leaves content that came again', async () => {
      const { one, unit } = await openTwo(office());
      const { database, store, uploads } = office().server.context;
      const [left, again] = [`left ${unit}`, `again ${unit}`];
      await upload(one, left);
      await upload(one, again);
      await database.transaction('read-write', async (session) => {
        const shas = [sha256(left), sha256(again)];
        await session.query('insert into file_removal (sha) select unnest($1::text[])', [shas]);
        await session.query('delete from file_upload where sha = $1', [sha256(left)]);
        await session.query('delete from file where sha = $1', [sha256(left)]);
      });
      await removeForgottenFiles(database, store, uploads);
      expect(await store.sizeOf(sha256(left))).toBeNull();
      expect(await store.sizeOf(sha256(again))).toBe(again.length);
    });
  });
}
