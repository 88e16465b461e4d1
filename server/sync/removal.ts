import { copiesOneOf, emptiedOf, madeOf, namesItem } from '@shared/domain/removal';
import type { Operation } from '@shared/sync/operation';
import { filesIn } from '../rows/file-refs';
import type { RowWriter } from '../rows/row-writer';
import type { Author } from './author';
import type { SyncTransaction } from './port';
import { actForReaders } from './readable';

/** The files of the rows that a removal is about, as they are before it. Nothing for any other operation. */
export function filesToForget(operation: Operation, writer: RowWriter): readonly string[] {
  if (operation.command !== 'intake.purge') return [];
  return operation.changes.flatMap(({ coll, id }) => filesIn(writer.get(coll, id)?.data));
}

/**
 * Takes what was removed out of everything this server keeps besides the rows: the bodies and answers of operations
 * that named the item, and the two values of conflicts about it. Runs under the server's own scope.
 */
export async function forgetRecords(
  tx: SyncTransaction,
  writer: RowWriter,
  operation: Operation,
  { unit }: Author,
): Promise<void> {
  if (operation.command !== 'intake.purge') return;
  for (const { id } of operation.changes) {
    await forgetOperations(tx, id, unit);
    for (const conflict of await tx.conflictsAbout(unit, { coll: 'intake', id })) {
      const settled = { kept: null, lost: null, decision: 'kept', decidedBy: operation.actor } as const;
      await writer.putAsServer('conflicts', conflict, settled, unit);
    }
  }
}

/** What is kept of a refused operation: nothing that tells of an item which was removed before it came. */
export async function recordOf(
  tx: SyncTransaction,
  operation: Operation,
  { unit }: Author,
): Promise<Operation> {
  await actForReaders(tx, unit);
  let record = operation;
  for (const { coll, id } of operation.changes) {
    const item = coll === 'intake' ? await tx.readRow(coll, id) : null;
    if (item?.state === 'purged') record = emptiedOf(record, id, true);
    if (coll === 'incoming' && copiesOneOf(operation, new Set([id])) && (await isOfRemoved(tx, id, unit)))
      record = emptiedOf(record, id, true);
  }
  return record;
}

/** Whether a document that this server does not have was made of an item that was removed: by a registration that it refused. */
async function isOfRemoved(tx: SyncTransaction, document: string, unit: string): Promise<boolean> {
  if ((await tx.readRow('incoming', document)) !== null) return false;
  for (const { body } of await tx.operationsNaming(unit, document)) {
    for (const { coll, id } of body.changes) {
      const item =
        coll === 'intake' && madeOf(body, id).includes(document) ? await tx.readRow(coll, id) : null;
      if (item?.state === 'purged') return true;
    }
  }
  return false;
}

async function forgetOperations(tx: SyncTransaction, item: string, unit: string): Promise<void> {
  const made = new Set<string>();
  for (const { body, result } of await tx.operationsNaming(unit, item)) {
    if (!namesItem(body, item)) continue;
    for (const document of madeOf(body, item)) made.add(document);
    // What was refused was never applied: it may name the file anywhere, and will not be needed again.
    await tx.replaceOperation({ body: emptiedOf(body, item, result.status === 'rejected'), result });
  }
  for (const document of made) await forgetCopies(tx, document, unit);
}

/** An item is removed only where no document of it stands here: what copied one was refused as well. */
async function forgetCopies(tx: SyncTransaction, document: string, unit: string): Promise<void> {
  for (const { body, result } of await tx.operationsNaming(unit, document)) {
    if (copiesOneOf(body, new Set([document])))
      await tx.replaceOperation({ body: emptiedOf(body, document, true), result });
  }
}
