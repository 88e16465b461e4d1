import { refusalOf } from '@shared/domain/authority';
import type { Sha256 } from '@shared/domain/numbering';
import { newestFirst } from '@shared/domain/plan';
import { AppError } from '@shared/result/result';
import type { Conflict } from '@shared/schema/books';
import type { Incoming } from '@shared/schema/documents';
import type { Person } from '@shared/schema/people';
import type { Change, Operation } from '@shared/sync/operation';
import { RowWriter } from '../rows/row-writer';
import type { Author } from './author';
import { rowsOfBooks, settleBooks } from './book-changes';
import { exchange } from './exchange-effects';
import { checkBeginning, checkDecision, checkExchangeFields, checkRemoval, checkText } from './guards';
import { withLostBooks } from './lost-books';
import { lockNewBooks } from './new-books';
import type { SyncTransaction } from './port';
import { actForReaders } from './readable';
import { filesToForget, forgetRecords } from './removal';
import type { Settled } from './settled';
import { type Lost, writeSettled } from './write-settled';

export type Applied = { readonly status: 'ok' | 'conflict'; readonly buckets: readonly string[] };

/**
 * Applies one operation inside the given transaction: permission, numbering, field merge, exchange, feed. An
 * {@link AppError} means that it is refused and nothing of it may stay; the caller rolls back.
 */
export async function applyOperation(
  tx: SyncTransaction,
  operation: Operation,
  author: Author,
  at: string,
  sha256: Sha256,
): Promise<Applied> {
  checkText(operation);
  await actForReaders(tx, author.unit);
  // Whether this is a person of the unit is asked with everything else that must be allowed.
  const actor = await tx.readRow('people', operation.actor);
  const writer = new RowWriter(tx, operation.op);
  await writer.lock([...operation.changes, ...rowsOfBooks(operation)]);
  await lockNewBooks(tx, writer, operation.changes);
  const settled = await checkAllowed(tx, operation, actor, author, writer, sha256);
  const before = incomingBefore(operation, writer);
  const removed = filesToForget(operation, writer);
  const lost = await writeSettled(tx, writer, settled, operation, author);
  await keepLostValues(writer, operation, lost, at, author.unit);
  await exchange(tx, writer, operation, (id) => before.get(id) ?? null, at);
  await forgetRecords(tx, writer, operation, author);
  const buckets = await writer.publish();
  await tx.dropUnnamedFiles(removed);
  return { status: lost.length === 0 ? 'ok' : 'conflict', buckets };
}

async function checkAllowed(
  tx: SyncTransaction,
  operation: Operation,
  actor: Person | null,
  author: Author,
  writer: RowWriter,
  sha256: Sha256,
): Promise<Settled> {
  const rows = (coll: Change['coll'], id: string) => writer.get(coll, id)?.data ?? null;
  const refusal = refusalOf(operation, actor, author.unit, withLostBooks(operation, rows));
  if (refusal !== null) throw new AppError(refusal);
  for (const change of operation.changes) {
    checkBeginning(change);
    checkExchangeFields(change);
  }
  checkRemoval(operation, rows);
  checkDecision(operation, rows);
  return settleBooks(tx, operation, author, rows, sha256);
}

function incomingBefore(operation: Operation, writer: RowWriter): ReadonlyMap<string, Incoming> {
  const rows = new Map<string, Incoming>();
  for (const { coll, id } of operation.changes) {
    const row = coll === 'incoming' ? writer.get(coll, id) : null;
    if (row !== null) rows.set(id, row.data as Incoming);
  }
  return rows;
}

async function keepLostValues(
  writer: RowWriter,
  operation: Operation,
  lost: readonly Lost[],
  at: string,
  unit: string,
): Promise<void> {
  for (const [index, { change, path, ...values }] of lost.entries()) {
    const conflict: Conflict = {
      id: `${operation.op}:${index}`,
      unit,
      newestFirst: newestFirst(at),
      coll: change.coll,
      entity: change.id,
      field: path.slice(0, 200),
      kept: values.kept as Conflict['kept'],
      lost: values.lost as Conflict['lost'],
      keptBy: values.keptBy,
      lostBy: values.lostBy,
      ...(values.keptAt === '' ? {} : { keptAt: values.keptAt }),
      lostAt: values.lostAt,
      at,
      decision: '',
      decidedBy: '',
    };
    await writer.putAsServer('conflicts', conflict.id, conflict, unit);
  }
}
