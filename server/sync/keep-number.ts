import type { Sha256 } from '@shared/domain/numbering';
import { keptOf, leavesNumber } from '@shared/domain/refused-number';
import type { ErrorCode } from '@shared/result/codes';
import { AppError } from '@shared/result/result';
import type { Operation } from '@shared/sync/operation';
import { RowWriter } from '../rows/row-writer';
import type { Author } from './author';
import { rowsOfBooks } from './book-changes';
import { settleNumber } from './entry-changes';
import type { SyncTransaction } from './port';
import { actForReaders } from './readable';
import { writeSettled } from './write-settled';

/**
 * Điều 15.1: a number that was given without a network stands on paper. Where the server refuses the document, the number
 * stays in its book, cancelled with the reason, and the book goes on behind it. Gives the buckets that changed; null where
 * the operation gave no number, or one that does not lawfully continue its book: then nothing of it is kept.
 */
export async function keepNumber(
  tx: SyncTransaction,
  operation: Operation,
  refusal: ErrorCode,
  author: Author,
  at: string,
  sha256: Sha256,
): Promise<readonly string[] | null> {
  if (!leavesNumber(operation, refusal)) return null;
  try {
    return await tx.attempt(() => writeNumber(tx, operation, refusal, author, at, sha256));
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
}

async function writeNumber(
  tx: SyncTransaction,
  operation: Operation,
  refusal: ErrorCode,
  author: Author,
  at: string,
  sha256: Sha256,
): Promise<readonly string[]> {
  await actForReaders(tx, author.unit);
  const writer = new RowWriter(tx, operation.op);
  await writer.lock([...operation.changes, ...rowsOfBooks(operation)]);
  const rows = (coll: Parameters<typeof writer.get>[0], id: string) => writer.get(coll, id)?.data ?? null;
  const settled = await settleNumber(tx, operation, author, rows, sha256);
  const changes = keptOf(settled.changes, refusal, at);
  await writeSettled(tx, writer, { ...settled, changes }, operation, author);
  return writer.publish();
}
