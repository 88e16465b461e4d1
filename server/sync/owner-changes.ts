import { followHandovers } from '@shared/domain/handover';
import { AppError } from '@shared/result/result';
import { type Book, bookSchema, type Handover } from '@shared/schema/books';
import type { Json } from '@shared/schema/values';
import type { Operation } from '@shared/sync/operation';
import type { Author } from './author';
import { refuseForgedHandovers } from './handover-proofs';
import { withLostBooks } from './lost-books';
import type { SyncTransaction } from './port';
import { bookChange, only, type Rows, type Settled } from './settled';

/** A handover by its giver, or its taking over by the next owner: whichever is told first is carried out. */
export async function settleOwner(
  tx: SyncTransaction,
  operation: Operation,
  author: Author,
  rows: Rows,
): Promise<Settled> {
  const change = only(operation, 'books');
  const stored = withLostBooks(operation, rows)('books', change.id) as Book | null;
  if (stored === null) throw new AppError('NOT_FOUND', 'book');
  const epoch = Number(change.patch['epoch']) - 1;
  const given = handoversOf(change.patch['handovers']);
  const last = given[String(epoch)];
  const giver = operation.command === 'book.hand-over';
  if (last === undefined || last.kind !== 'device' || (giver ? last.from : last.to) !== author.device)
    throw new AppError('INVALID_INPUT', 'handover');
  const { book, lost } = await follow(tx, stored, change.patch['handovers'], author);
  if (book.epoch <= epoch) throw new AppError('BOOK_TOKEN_INVALID', String(book.epoch));
  return {
    changes: [bookChange(change.id, rows('books', change.id) !== null, stored, book)],
    decided: new Set([change.id]),
    lost: lost.map((numbers) => ({ book, numbers })),
  };
}

/** The book after the handovers that an operation brings. Errors: BOOK_TOKEN_INVALID and those of `followHandovers`. */
export async function follow(tx: SyncTransaction, stored: Book, patch: Json | undefined, author: Author) {
  const given = handoversOf(patch);
  await refuseForgedHandovers(tx, stored, given, author.unit);
  const followed = followHandovers(stored, given);
  if (typeof followed === 'string') throw new AppError(followed, stored.id);
  return followed;
}

function handoversOf(patch: Json | undefined): Readonly<Record<string, Handover>> {
  const parsed = bookSchema.shape.handovers.safeParse(patch);
  if (!parsed.success) throw new AppError('INVALID_INPUT', 'handovers');
  return parsed.data ?? {};
}
