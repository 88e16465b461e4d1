import { AppError } from '../result/result';
import type { Handover } from '../schema/books';
import type { Json } from '../schema/values';
import { followHandovers, handoverOf, type UnsignedHandover, withHandover } from './handover';
import { type Context, type Plan, patchRow, type Stored } from './plan';
import { lastHandover } from './slips';

/**
 * What the owner signs to give the book to another device of the unit, or to nobody (''). Nothing is given yet.
 * Errors: BOOK_NOT_HELD, BOOK_CLOSED.
 */
export function beginHandover(context: Context, book: Stored<'books'>, to: string): UnsignedHandover {
  if (book.owner !== context.device || to === context.device) throw new AppError('BOOK_NOT_HELD', book.id);
  if (book.closed !== undefined) throw new AppError('BOOK_CLOSED', book.id);
  return handoverOf(book, to, context.now);
}

/**
 * Bàn giao, trả sổ: seals the own head. From the moment this is written the device gives no more numbers, so that its
 * slip may be shown; the server hears of it whenever it is reached. NUMBER_TAKEN when a number was given since
 * {@link beginHandover}.
 */
export function handOver(book: Stored<'books'>, signed: Handover): Plan {
  const { owner, epoch, next, headHash } = book;
  if (owner !== signed.from || epoch !== signed.epoch) throw new AppError('BOOK_NOT_HELD', book.id);
  if (next !== signed.next || headHash !== signed.headHash) throw new AppError('NUMBER_TAKEN', book.id);
  const patch = { owner: signed.to, epoch: epoch + 1, handovers: withHandover(book, signed) };
  return { command: 'book.hand-over', changes: [patchRow('books', book, patch)] };
}

/**
 * Nhận bàn giao: this device numbers on where the slip says, also with no network. `genuine` says whether a signature is
 * that of the device it names. Errors: BOOK_TOKEN_INVALID; BOOK_NOT_HELD when the book went another way meanwhile.
 */
export async function takeOver(
  context: Context,
  book: Stored<'books'>,
  slip: Readonly<Record<string, Handover>>,
  genuine: (handover: Handover) => Promise<boolean>,
): Promise<Plan> {
  const last = lastHandover(slip);
  if (last.book !== book.id || last.to !== context.device) throw new AppError('BOOK_TOKEN_INVALID', last.to);
  if (last.kind !== 'device') throw new AppError('BOOK_TOKEN_INVALID', last.kind);
  for (const handover of Object.values(slip)) {
    if (handover.kind === 'device' && !(await genuine(handover)))
      throw new AppError('BOOK_TOKEN_INVALID', 'proof');
  }
  const followed = followHandovers(book, { ...book.handovers, ...slip });
  if (typeof followed === 'string') throw new AppError(followed, book.id);
  const after = followed.book;
  if (after.epoch !== last.epoch + 1) throw new AppError('BOOK_TOKEN_INVALID', String(after.epoch));
  const { owner, epoch, next, lastDate, headHash, handovers, tails, unexplained } = after;
  const patch = {
    owner,
    epoch,
    next,
    lastDate,
    headHash,
    taken: epoch,
    ...(handovers === undefined ? {} : { handovers: handovers as Json }),
    ...(tails === undefined ? {} : { tails: tails as Json }),
    ...(unexplained === undefined ? {} : { unexplained }),
  };
  return { command: 'book.take-over', changes: [patchRow('books', book, patch)] };
}
