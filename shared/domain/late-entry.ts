import type { Book, NumberEntry, Tail } from '../schema/books';
import { checkEntry, type EntryFault, entryHash, headAfter, numberId, type Sha256 } from './numbering';

/** What an accepted entry changes in its book; `replaces`: it takes the place of a placeholder. */
export type Accepted = {
  readonly patch: Partial<Book>;
  readonly replaces: boolean;
};

/**
 * Whether a book takes an entry of this device: as its next one, or as a late one of an earlier owner up to the place
 * where his time ended. `present` is the row that stands under the number already, or null.
 *
 * A number of a lost device goes into its placeholder only: when that was written from paper, the day must be the same.
 */
export async function acceptEntry(
  book: Book,
  entry: NumberEntry,
  device: string,
  present: NumberEntry | null,
  sha256: Sha256,
): Promise<Accepted | EntryFault> {
  if (entry.epoch === book.epoch && book.owner === device) {
    const fault = await checkEntry(book, entry, device, sha256);
    return fault ?? { patch: headAfter(entry), replaces: false };
  }
  const tail = book.tails?.[String(entry.epoch)];
  if (book.closed !== undefined) return 'BOOK_CLOSED';
  if (tail === undefined || tail.device !== device || entry.n >= tail.end) return 'BOOK_NOT_HELD';
  const fault = tailFault(book, tail, entry) ?? placeFault(tail, entry, present);
  if (fault !== null) return fault;
  if (entry.hash !== (await entryHash(entry, sha256))) return 'INVALID_INPUT';
  return { patch: afterLate(book, tail, entry), replaces: present !== null };
}

function tailFault(book: Book, tail: Tail, entry: NumberEntry): EntryFault | null {
  if (entry.n < tail.next || entry.id !== numberId(book.id, entry.n)) return 'NUMBER_TAKEN';
  if (!tail.lost && entry.n > tail.next) return 'BOOK_CHAIN_BROKEN';
  if (!entry.date.startsWith(`${book.year}-`)) return 'BOOK_YEAR_MISMATCH';
  if (entry.date < tail.lastDate || entry.date > tail.endDate) return 'BOOK_DATE_BACKWARDS';
  if (entry.book !== book.id || entry.unit !== book.unit || entry.status !== 'issued') return 'INVALID_INPUT';
  if (entry.n === tail.next && entry.prev !== tail.headHash) return 'BOOK_CHAIN_BROKEN';
  const last = entry.n === tail.end - 1 && tail.endHash !== '';
  return last && entry.hash !== tail.endHash ? 'INVALID_INPUT' : null;
}

function placeFault(tail: Tail, entry: NumberEntry, present: NumberEntry | null): EntryFault | null {
  if (!tail.lost) return present === null ? null : 'NUMBER_TAKEN';
  if (present?.status === 'lost-device') return null;
  return present?.status === 'paper' && present.date === entry.date ? null : 'NUMBER_TAKEN';
}

function afterLate(book: Book, tail: Tail, entry: NumberEntry): Partial<Book> {
  const later: Tail = { ...tail, ...headAfter(entry) };
  const tails = { ...book.tails, [String(entry.epoch)]: later };
  const { unexplained } = book;
  return unexplained === undefined
    ? { tails }
    : { tails, unexplained: unexplained.filter((n) => n !== entry.n) };
}
