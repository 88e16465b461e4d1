import { readFileSync } from 'node:fs';
import type { LocalSchema } from '@shared/schema/local';
import { noJournal } from '@shared/sync/client/journal';
import { operationSchema } from '@shared/sync/operation';
import { Serial } from '@shared/sync/serial';
import { createRxDatabase, type RxCollection, type RxJsonSchema } from 'rxdb';
import { getRxStorageMemory } from 'rxdb/plugins/storage-memory';
import { afterEach, describe, expect, it } from 'vitest';
import { type AnyStorage, type Database, openDatabase } from '../../../renderer/src/data/database';
import { type LocalStore, openLocalStore } from '../../../renderer/src/data/local-store';

/** The schemas of the first version, word for word: RxDB opens a collection only with the schema that made it. */
const first = JSON.parse(
  readFileSync(new URL('./first-version-schemas.json', import.meta.url), 'utf8'),
) as Record<'view' | 'ledger', Record<string, LocalSchema>>;

const waiting = operationSchema.parse({
  op: 'D1:7',
  n: 7,
  command: 'intake.add',
  actor: 'huyen-vt',
  at: '2026-11-20T08:00:00+07:00',
  changes: [
    {
      coll: 'intake',
      id: 'scan-7',
      base: 0,
      create: true,
      patch: { id: 'scan-7', unit: 'huyen', newestFirst: 1, state: 'waiting', note: 'chưa gửi' },
    },
  ],
});
const note = {
  id: 'note-1',
  person: 'huyen-vt',
  meeting: 'hn-1',
  paper: 'tl-1',
  page: 2,
  text: 'hỏi lại con số này',
  at: '2026-11-20T09:00:00Z',
};

async function openFirst(name: string, storage: AnyStorage, schemas: Record<string, LocalSchema>) {
  const database = await createRxDatabase<Record<string, RxCollection>>({
    name,
    storage,
    multiInstance: false,
  });
  const creators = Object.entries(schemas).map(([coll, schema]) => [
    coll,
    { schema: schema as unknown as RxJsonSchema<unknown> },
  ]);
  await database.addCollections(Object.fromEntries(creators) as never);
  return database;
}

/** A profile of the first version: six operations confirmed, one waiting, rows, a note, a book. */
async function firstProfile(storage: AnyStorage): Promise<void> {
  const view = await openFirst('cong-van-views', storage, first.view);
  const ledger = await openFirst('cong-van-ledger', storage, first.ledger);
  await ledger['outbox']?.insert({ id: 'D1:7', n: 7, status: 'pending', operation: waiting, reason: '' });
  await ledger['state']?.bulkInsert([
    { id: 'identity', value: { serverId: 'S', epoch: 'e1' } },
    { id: 'cursors', value: { province: 4, 'unit:huyen': 318 } },
    { id: 'confirmed', value: 6 },
    { id: 'counter', value: 6 },
    { id: 'uploaded', value: ['ab'] },
  ]);
  await ledger['books']?.insert({ id: 'huyen:incoming:2026:chung', next: 5, rev: 3 } as never);
  await view['units']?.insert({ id: 'huyen', name: 'LĐLĐ huyện', rev: 1 } as never);
  await view['notes']?.insert(note);
  await view.close();
  await ledger.close();
}

let opened: Database | null = null;
afterEach(async () => {
  await opened?.view.remove();
  await opened?.ledger.remove();
});

async function open(storage: AnyStorage): Promise<LocalStore> {
  opened = await openDatabase({ view: storage, ledger: storage }, new Serial());
  return openLocalStore(opened, noJournal, new Serial());
}

/** Documents that a memory storage holds for a database and collection. */
function kept(storage: AnyStorage, database: string, coll: string): number {
  const { collectionStates } = storage as unknown as {
    collectionStates: Map<string, { documents: Map<string, { _deleted: boolean }>; removed: boolean }>;
  };
  const found = [...collectionStates].filter(([key]) => key.includes(database) && key.includes(coll));
  return found.reduce((sum, [, { documents, removed }]) => sum + (removed ? 0 : documents.size), 0);
}

describe('a profile of the first version', () => {
  it('opens with all its waiting work, its notes and its small values; the server is asked for everything else', async () => {
    const storage = getRxStorageMemory() as AnyStorage;
    await firstProfile(storage);
    const store = await open(storage);
    expect(await store.replica.pendingOperations(10)).toEqual([waiting]);
    expect(await store.read('intake', 'scan-7')).toMatchObject({ note: 'chưa gửi' });
    expect(await store.replica.identity()).toEqual({ serverId: 'S', epoch: 'e1', served: 6 });
    expect(await store.replica.cursors()).toEqual({});
    expect(await store.state.get('uploaded', [])).toEqual(['ab']);
    expect((await opened?.ledger.notes.find().exec())?.map((each) => each.toMutableJSON())).toEqual([note]);
    expect(await store.read('books', 'huyen:incoming:2026:chung')).toBeNull();
  });

  it('leaves nothing of its rows behind, also when it is opened a second time before the first pull', async () => {
    const storage = getRxStorageMemory() as AnyStorage;
    await firstProfile(storage);
    await open(storage);
    await opened?.view.close();
    await opened?.ledger.close();
    const store = await open(storage);
    expect(kept(storage, 'cong-van-views-1', 'intake')).toBe(1);
    expect(kept(storage, 'cong-van-ledger', 'books')).toBe(0);
    expect(kept(storage, '"cong-van-views"', 'units') + kept(storage, 'cong-van-views--', 'units')).toBe(0);
    expect(await opened?.ledger.notes.count().exec()).toBe(1);
    expect(await store.replica.pendingOperations(10)).toHaveLength(1);
  });

  it('goes on numbering after its own last operation', async () => {
    const storage = getRxStorageMemory() as AnyStorage;
    await firstProfile(storage);
    const store = await open(storage);
    const { op: _op, n: _n, ...draft } = waiting;
    expect((await store.exclusively(() => store.append('D1', draft))).n).toBe(8);
  });
});

describe('a profile of another generation', () => {
  it('keeps its waiting work and reads the rows again', async () => {
    const storage = getRxStorageMemory() as AnyStorage;
    const store = await open(storage);
    await store.replica.hear(['unit:huyen'], 0);
    const { op: _op, n: _n, ...draft } = waiting;
    await store.exclusively(() => store.append('D1', draft));
    const position = (await opened?.ledger.state.findOne('position').exec())?.toMutableJSON().value;
    await opened?.ledger.state.upsert({
      id: 'position',
      value: { ...(position as object), generation: '0-9' },
    });
    await opened?.view.close();
    await opened?.ledger.close();
    const later = await open(storage);
    expect(await later.replica.cursors()).toEqual({});
    expect((await later.replica.pendingOperations(10)).map(({ op }) => op)).toEqual(['D1:1']);
  });
});
