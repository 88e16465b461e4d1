import type { NumberEntry } from '@shared/schema/books';
import { ledgerSchemas, viewSchemas } from '@shared/schema/local';
import { Dexie, type EntityTable } from 'dexie';
import type { LocalRow, OutboxEntry } from '../../../renderer/src/data/database';

export type RawStore = {
  readonly views: Dexie & { incoming: EntityTable<LocalRow<'incoming'>, 'id'> };
  readonly ledger: Dexie & {
    outbox: EntityTable<OutboxEntry, 'id'>;
    books: EntityTable<LocalRow<'books'>, 'id'>;
    numbers: EntityTable<NumberEntry & { readonly rev: number }, 'id'>;
  };
};

/** The same rows, indexes and durability as the product's databases, with nothing between us and Dexie. */
export async function openRawStore(): Promise<RawStore> {
  const views = new Dexie('raw-views') as RawStore['views'];
  views.version(1).stores({ incoming: storeOf(viewSchemas.incoming.indexes) });
  const ledger = new Dexie('raw-ledger', { chromeTransactionDurability: 'strict' }) as RawStore['ledger'];
  ledger.version(1).stores({
    outbox: storeOf(ledgerSchemas.outbox.indexes),
    books: storeOf(viewSchemas.books.indexes),
    numbers: storeOf(viewSchemas.numbers.indexes),
  });
  await Promise.all([views.open(), ledger.open()]);
  return { views, ledger };
}

/** Indexes of a product schema in Dexie's words. */
function storeOf(indexes: readonly (string | readonly string[])[]): string {
  const named = indexes.map((index) => (typeof index === 'string' ? index : `[${index.join('+')}]`));
  return ['id', ...named].join(',');
}
