import type { Change } from '@shared/sync/operation';
import type { RowWriter } from '../rows/row-writer';
import type { SyncTransaction } from './port';

/** What is held while a book is made that has no row to lock yet. */
export function nameOfNewBook(id: string): string {
  return `lease:${id}`;
}

/**
 * Books have agreed names, so two devices may make one at the same time. Where a change names a book that is not there, its
 * name is held and looked up once more: whoever comes second finds the book, and is not refused because of it.
 */
export async function lockNewBooks(
  tx: SyncTransaction,
  writer: RowWriter,
  changes: readonly Change[],
): Promise<void> {
  const missing = changes.filter(({ coll, id }) => coll === 'books' && writer.get(coll, id) === null);
  if (missing.length === 0) return;
  for (const id of missing.map((change) => change.id).sort()) await tx.holdName(nameOfNewBook(id));
  await writer.lock(missing);
}
