import { owesNumbers } from '../../domain/handover';
import { AppError } from '../../result/result';
import type { Book } from '../../schema/books';
import type { LeaseResponse } from '../protocol';
import type { Exclusive } from './exclusive';
import type { LocalStore } from './local-store';

/** Where a book is asked for; `lock`: one asking at a time over all windows of this device. */
export type Asking = { readonly store: LocalStore; readonly lock: Exclusive };

/**
 * Asks the server for a book of a lost machine, or for the numbers that the owner of an earlier `epoch` still owes, and stores
 * what it says. One after another: two windows that asked at once could number on two different words of a server that was
 * restored in between. Errors: BOOK_NOT_HELD when the book has moved on meanwhile; those of `ask` and of `storeAnswer`.
 */
export function takeLostBook(
  { store, lock }: Asking,
  { book: id, epoch }: { readonly book: string; readonly epoch: number },
  ask: () => Promise<LeaseResponse>,
): Promise<LeaseResponse> {
  return lock.run(async () => {
    const book = await store.read('books', id);
    if (book === null || !isOpen(book, epoch)) throw new AppError('BOOK_NOT_HELD', id);
    const answer = await ask();
    await store.storeAnswer(answer);
    return answer;
  });
}

/** Whether this epoch is the present one, or its owner still owes numbers. */
function isOpen({ epoch, tails }: Book, asked: number): boolean {
  return asked === epoch || owesNumbers(tails?.[String(asked)]);
}
