import { type LocalSchema, ledgerSchemas, viewSchemas } from '@shared/schema/local';
import type { Note } from '@shared/schema/meetings';
import type { CollectionName, RowOf } from '@shared/schema/rows';
import type { Operation } from '@shared/sync/operation';
import {
  createRxDatabase,
  type RxCollection,
  type RxCollectionCreator,
  type RxDatabase,
  type RxJsonSchema,
  type RxStorage,
} from 'rxdb';
import { getRxStorageDexie } from 'rxdb/plugins/storage-dexie';

/** A row as stored locally: the server's revision beside it, 0 while only this device knows it. */
export type LocalRow<C extends CollectionName> = RowOf<C> & { readonly rev: number };

export type OutboxEntry = {
  readonly id: string;
  readonly n: number;
  /** 'seen': it was rejected, and a person has read why and put it away. */
  readonly status: 'pending' | 'done' | 'rejected' | 'seen';
  readonly operation: Operation;
  readonly reason: string;
};
export type StateEntry = { readonly id: string; readonly value: unknown };

type ViewNames = 'units' | 'people' | 'intake' | 'incoming' | 'outgoing' | 'meetings' | 'conflicts';
type ViewCollections = { [C in ViewNames]: RxCollection<LocalRow<C>> } & { notes: RxCollection<Note> };
type LedgerCollections = {
  outbox: RxCollection<OutboxEntry>;
  books: RxCollection<LocalRow<'books'>>;
  numbers: RxCollection<LocalRow<'numbers'>>;
  state: RxCollection<StateEntry>;
};

export type Database = {
  /** Views: relaxed durability, can be pulled again. */
  readonly view: RxDatabase<ViewCollections>;
  /** Outbox and register books: every write is on the disk before it resolves. */
  readonly ledger: RxDatabase<LedgerCollections>;
  /** The collection that holds rows of this kind, wherever it lives. */
  rows<C extends CollectionName>(coll: C): RxCollection<LocalRow<C>>;
};

type Storages = {
  readonly view: RxStorage<unknown, unknown>;
  readonly ledger: RxStorage<unknown, unknown>;
};
const inBrowser = (): Storages => ({
  view: getRxStorageDexie() as Storages['view'],
  ledger: getRxStorageDexie({ chromeTransactionDurability: 'strict' }) as Storages['ledger'],
});

/** Opens (or creates) both local databases. */
export async function openDatabase(storages: Storages = inBrowser()): Promise<Database> {
  const [view, ledger] = await Promise.all([
    createRxDatabase<ViewCollections>({
      name: 'cong-van-views',
      storage: storages.view,
      multiInstance: true,
    }),
    createRxDatabase<LedgerCollections>({
      name: 'cong-van-ledger',
      storage: storages.ledger,
      multiInstance: true,
    }),
  ]);
  await Promise.all([
    view.addCollections(withSchemas(viewSchemas)),
    ledger.addCollections(withSchemas(ledgerSchemas)),
  ]);
  const homes: Record<CollectionName, unknown> = { ...view.collections, ...ledger.collections };
  const rows = <C extends CollectionName>(coll: C): RxCollection<LocalRow<C>> =>
    homes[coll] as RxCollection<LocalRow<C>>;
  return { view, ledger, rows };
}

function withSchemas<T extends Record<string, LocalSchema>>(
  schemas: T,
): { [K in keyof T]: RxCollectionCreator } {
  const creators: Record<string, RxCollectionCreator> = {};
  for (const [name, schema] of Object.entries(schemas))
    creators[name] = { schema: schema as unknown as RxJsonSchema<unknown> };
  return creators as { [K in keyof T]: RxCollectionCreator };
}
