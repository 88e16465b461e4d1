import {
  type LocalSchema,
  ledgerSchemas,
  strictViews,
  viewGeneration,
  viewSchemas,
} from '@shared/schema/local';
import type { Note } from '@shared/schema/meetings';
import type { CollectionName } from '@shared/schema/rows';
import type { Exclusive } from '@shared/sync/client/exclusive';
import type { LocalRow } from '@shared/sync/client/local-row';
import type { OutboxEntry } from '@shared/sync/client/outbox-entry';
import {
  createRxDatabase,
  type RxCollection,
  type RxCollectionCreator,
  type RxDatabase,
  type RxJsonSchema,
  type RxStorage,
} from 'rxdb';
import { removeFormerViews } from './former-views';
import { storageReadingAtOnce } from './read-at-once';
import { windowLock } from './window-lock';

export type { LocalRow, OutboxEntry };

export type StateEntry = { readonly id: string; readonly value: unknown };

export type ViewCollections = { [C in CollectionName]: RxCollection<LocalRow<C>> };
export type LedgerCollections = {
  outbox: RxCollection<OutboxEntry>;
  state: RxCollection<StateEntry>;
  notes: RxCollection<Note>;
};

export type Database = {
  /** The server's rows, of one generation: can be dropped and pulled again. Books and numbers are written strictly. */
  readonly view: RxDatabase<ViewCollections>;
  /** Outbox, state and private notes: every write is on the disk before it resolves, and no update drops them. */
  readonly ledger: RxDatabase<LedgerCollections>;
  /** The collection that holds rows of this kind. */
  rows<C extends CollectionName>(coll: C): RxCollection<LocalRow<C>>;
};

export type AnyStorage = RxStorage<unknown, unknown>;
export type Storages = { readonly view: AnyStorage; readonly ledger: AnyStorage };

export const ledgerName = 'cong-van-ledger';
const viewName = `cong-van-views-${viewGeneration}`;

function inBrowser(): Storages {
  const relaxed = storageReadingAtOnce() as AnyStorage;
  const strict = storageReadingAtOnce({ chromeTransactionDurability: 'strict' }) as AnyStorage;
  return { view: durableBy(relaxed, strict), ledger: strict };
}

/** One storage for collections of both kinds: each is written with the durability that it needs. */
function durableBy(relaxed: AnyStorage, strict: AnyStorage): AnyStorage {
  return {
    ...relaxed,
    createStorageInstance: (params) =>
      (strictViews.has(params.collectionName) ? strict : relaxed).createStorageInstance(params),
  };
}

/**
 * Opens (or creates) both local databases. Where an older program has stored its rows in another layout, these are
 * removed, and its private notes carried over; one window at a time, because every window does this at its start.
 */
export function openDatabase(
  storages: Storages = inBrowser(),
  lock: Exclusive = windowLock('cong-van:open'),
): Promise<Database> {
  return lock.run(async () => {
    const [view, ledger] = await Promise.all([
      open<ViewCollections>(viewName, storages.view, viewSchemas),
      open<LedgerCollections>(ledgerName, storages.ledger, ledgerSchemas),
    ]);
    await removeFormerViews(ledger, storages, viewName);
    const rows = <C extends CollectionName>(coll: C): RxCollection<LocalRow<C>> =>
      view.collections[coll] as unknown as RxCollection<LocalRow<C>>;
    return { view, ledger, rows };
  });
}

async function open<Collections extends Record<string, RxCollection>>(
  name: string,
  storage: AnyStorage,
  schemas: Readonly<Record<string, LocalSchema>>,
): Promise<RxDatabase<Collections>> {
  const database = await createRxDatabase<Collections>({ name, storage, multiInstance: true });
  const creators: Record<string, RxCollectionCreator> = {};
  for (const [coll, schema] of Object.entries(schemas))
    creators[coll] = { schema: schema as unknown as RxJsonSchema<unknown> };
  await database.addCollections(creators as { [K in keyof Collections]: RxCollectionCreator });
  return database;
}
