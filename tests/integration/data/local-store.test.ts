import { addToIntake, setAside } from '@shared/domain/intake';
import type { Context } from '@shared/domain/plan';
import { purgeIntake } from '@shared/domain/removal';
import { type IntakeItem, intakeSchema } from '@shared/schema/documents';
import type { FileRef } from '@shared/schema/values';
import type { Planner } from '@shared/sync/client/carry-out';
import { noJournal } from '@shared/sync/client/journal';
import type { WireRow } from '@shared/sync/protocol';
import { Serial } from '@shared/sync/serial';
import { getRxStorageMemory } from 'rxdb/plugins/storage-memory';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from '../../../renderer/src/data/database';
import { type LocalStore, openLocalStore } from '../../../renderer/src/data/local-store';
import { Office } from '../../../renderer/src/data/office';

const file: FileRef = {
  sha256: 'c0ffee'.padEnd(64, '0'),
  size: 10,
  name: 'ke-hoach-mat.pdf',
  mime: 'application/pdf',
  kind: 'pdf',
  pages: 1,
};
const person: Context['person'] = {
  id: 'huyen-vt',
  unit: 'huyen',
  name: 'Lê Thị Thu Hằng',
  position: 'Văn thư',
  roles: ['clerk'],
  active: true,
};
const device = { enrolment: 'enrolled', deviceId: 'D1', unit: 'huyen' } as Parameters<Office['run']>[1];

let database: Database;
let store: LocalStore;
let office: Office;

/** The database as the page opens it, on RxDB's own storage in memory: there is no IndexedDB in Node. */
beforeEach(async () => {
  const storage = getRxStorageMemory() as never;
  database = await openDatabase({ view: storage, ledger: storage }, new Serial());
  await start();
});
afterEach(async () => {
  await database.view.remove();
  await database.ledger.remove();
});

async function start(): Promise<void> {
  store = await openLocalStore(database, noJournal, new Serial());
  office = new Office(
    store,
    () => Date.parse('2026-11-21T08:00:00+07:00'),
    () => undefined,
    () => Promise.resolve(0),
  );
}
const run = (planner: Planner) => office.run(person, device, planner);
const take = (id: string) =>
  run((context) => addToIntake(context, { id, file, source: 'folder', problem: '' }));
const remove = (id: string) =>
  run(async (context, read) => purgeIntake(context, [(await read('intake', id)) as never]));
const answer = (n: number, status: 'ok' | 'rejected', rows: readonly WireRow[] = []) =>
  store.replica.recordResults(
    [{ op: `D1:${n}`, status, reason: status === 'ok' ? '' : 'WRONG_STATE', rows: [...rows] }],
    { lastN: n, at: Date.parse('2026-11-21T01:00:00Z') },
  );
/** What the server has of an item now, as the next page of the unit's bucket. */
async function pulled(id: string, rev: number, data: IntakeItem, lastN: number): Promise<void> {
  await store.replica.hear(['unit:huyen'], lastN);
  const from = (await store.replica.cursors())['unit:huyen'] ?? 0;
  const rows: WireRow[] = [{ coll: 'intake', id, rev, gone: false, data }];
  await store.replica.storePage({ bucket: 'unit:huyen', rows, next: from + 1, more: false }, from, lastN);
}
const plainItem = async (id: string): Promise<IntakeItem> =>
  intakeSchema.parse(await store.read('intake', id));

/** Everything this device keeps, as text; without the list of bytes that are still to be removed. */
async function everything(): Promise<string> {
  const parts: unknown[] = [];
  for (const collection of [
    ...Object.values(database.view.collections),
    ...Object.values(database.ledger.collections),
  ])
    for (const row of await collection.find().exec()) {
      const json = row.toJSON() as { readonly id: string };
      if (json.id !== 'removed-files') parts.push(json);
    }
  return JSON.stringify(parts);
}
const tells = async (): Promise<readonly string[]> => {
  const kept = await everything();
  return [file.name, file.sha256].filter((trace) => kept.includes(trace));
};

describe('a secret file is removed on this device', () => {
  it('before anything was sent: what is sent later makes a removed item, under the same numbers', async () => {
    await take('scan-1');
    await run(async (_context, read) => setAside((await read('intake', 'scan-1')) as never, file.name));
    expect(await tells()).toEqual([file.name, file.sha256]);
    await remove('scan-1');
    expect(await tells()).toEqual([]);
    expect(await store.removedFiles()).toEqual([file.sha256]);
    const pending = await store.replica.pendingOperations(10);
    expect(pending.map(({ n, command }) => [n, command])).toEqual([
      [1, 'intake.add'],
      [2, 'intake.purge'],
      [3, 'intake.purge'],
    ]);
    expect(pending[0]?.changes[0]).toMatchObject({ create: true, patch: { state: 'purged', file: null } });
    expect(await store.read('intake', 'scan-1')).toMatchObject({
      state: 'purged',
      by: 'huyen-vt',
      file: null,
    });
  });

  it('a start in between, and rows of the server from before, do not bring it back', async () => {
    await take('scan-1');
    const before = await plainItem('scan-1');
    await answer(1, 'ok');
    await remove('scan-1');
    await start();
    await pulled('scan-1', 1, before, 1);
    expect(await tells()).toEqual([]);
    expect(await store.read('intake', 'scan-1')).toMatchObject({ state: 'purged', rev: 1 });
  });

  it('when another machine removed it: own records of it go, and the bytes are noted for removal', async () => {
    await take('scan-1');
    const made = await plainItem('scan-1');
    await answer(1, 'ok');
    await pulled('scan-1', 1, made, 1);
    await store.replica.confirmThrough(1);
    await run(async (_context, read) => setAside((await read('intake', 'scan-1')) as never, file.name));
    await answer(2, 'rejected');
    expect(await tells()).toEqual([file.name, file.sha256]);
    const row = await plainItem('scan-1');
    const removed: IntakeItem = { ...row, state: 'purged', by: 'other', file: null, note: '' };
    await pulled('scan-1', 3, removed, 2);
    expect(await tells()).toEqual([]);
    expect(await store.removedFiles()).toEqual([file.sha256]);
    await store.settleRemovedFile(file.sha256);
    expect(await store.removedFiles()).toEqual([]);
    expect(await store.replica.pendingOperations(10)).toEqual([]);
  });
});

describe('work that the server refused', () => {
  it('is put away by a person: no longer counted, still in the record, and never applied again', async () => {
    await take('scan-1');
    await take('scan-2');
    await answer(1, 'rejected', [{ coll: 'intake', id: 'scan-1', rev: 0, gone: true, data: null }]);
    await store.putAway('D1:1');
    await store.putAway('D1:2');
    await start();
    expect(await store.outboxEntries('rejected', 10)).toEqual([]);
    expect((await store.outboxEntries('seen', 10)).map(({ id, reason }) => [id, reason])).toEqual([
      ['D1:1', 'WRONG_STATE'],
    ]);
    expect((await store.outboxEntries('pending', 10)).map(({ id }) => id)).toEqual(['D1:2']);
    expect(await store.read('intake', 'scan-1')).toBeNull();
  });
});
