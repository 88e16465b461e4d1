import { AppError } from '../result/result';
import type { Book, NumberEntry } from '../schema/books';
import type { Unit } from '../schema/people';

/** SHA-256 of a text in lower-case hex; given from outside because each runtime has its own. */
export type Sha256 = (text: string) => Promise<string>;

/** `<unit>:<kind>:<year>:<series>`. */
export function bookId(unit: string, kind: Book['kind'], year: number, series: string): string {
  return `${unit}:${kind}:${year}:${series}`;
}

/** Id of a number row: sorts in the order of the book. */
export function numberId(book: string, n: number): string {
  return `${book}:${String(n).padStart(6, '0')}`;
}

/** Điều 15, Phụ lục I.II.3.c: numbers below ten are written with a leading zero. */
export function formatNumber(n: number): string {
  return String(n).padStart(2, '0');
}

/** A new, empty book of a year. Numbers run from 01 on 1 January (Điều 15.1, 22.2). */
export function newBook(unit: string, kind: Book['kind'], year: number, series: string): Book {
  return {
    id: bookId(unit, kind, year, series),
    unit,
    kind,
    year,
    series,
    owner: '',
    epoch: 0,
    next: 1,
    lastDate: '',
    headHash: '',
  };
}

/** The parts of a book's id; null for a text that is none. */
export function parseBookId(id: string): Pick<Book, 'unit' | 'kind' | 'year' | 'series'> | null {
  const [unit, kind, year, series, more] = id.split(':');
  if (unit === undefined || series === undefined || more !== undefined) return null;
  if ((kind !== 'incoming' && kind !== 'outgoing') || !/^\d{4}$/.test(year ?? '')) return null;
  return { unit, kind, year: Number(year), series };
}

/** The book that a number row belongs to, by its id. */
export function bookOfNumber(id: string): string {
  return id.slice(0, Math.max(0, id.lastIndexOf(':')));
}

/** What an entry writes into its book; with the first one of an epoch goes the proof that this device may number. */
export type Head = Pick<Book, 'next' | 'lastDate' | 'headHash'> & Partial<Pick<Book, 'taken' | 'handovers'>>;

export type NumberRequest = {
  readonly document: string;
  readonly date: string;
  readonly by: string;
  readonly at: string;
};

/**
 * The next entry of a book and the head that follows it, to be written in one operation.
 *
 * Errors: BOOK_CLOSED after the year was closed; BOOK_NOT_HELD when `device` is not the owner; BOOK_YEAR_MISMATCH when the day is not in the book's year;
 * BOOK_DATE_BACKWARDS when the day lies before the last entry (Điều 15.1: by order and time of issue).
 */
export async function nextEntry(
  book: Book,
  request: NumberRequest,
  device: string,
  sha256: Sha256,
): Promise<{ readonly entry: NumberEntry; readonly head: Head }> {
  if (book.closed !== undefined) throw new AppError('BOOK_CLOSED', book.id);
  if (book.owner !== device) throw new AppError('BOOK_NOT_HELD', book.id);
  if (!request.date.startsWith(`${book.year}-`)) throw new AppError('BOOK_YEAR_MISMATCH', String(book.year));
  if (book.lastDate !== '' && request.date < book.lastDate)
    throw new AppError('BOOK_DATE_BACKWARDS', book.lastDate);
  const unhashed: NumberEntry = {
    id: numberId(book.id, book.next),
    unit: book.unit,
    book: book.id,
    n: book.next,
    date: request.date,
    document: request.document,
    by: request.by,
    at: request.at,
    epoch: book.epoch,
    prev: book.headHash,
    hash: '',
    status: 'issued',
    reason: '',
  };
  const entry = { ...unhashed, hash: await entryHash(unhashed, sha256) };
  return { entry, head: { ...headAfter(entry), ...proofOf(book) } };
}

/** The head of a book after an entry. */
export function headAfter(entry: NumberEntry): Pick<Book, 'next' | 'lastDate' | 'headHash'> {
  return { next: entry.n + 1, lastDate: entry.date, headHash: entry.hash };
}

function proofOf(book: Book): Partial<Pick<Book, 'taken' | 'handovers'>> {
  if (book.handovers === undefined || book.taken === book.epoch) return {};
  return { taken: book.epoch, handovers: book.handovers };
}

/** Link of the chain of a book: binds an entry to everything before it. */
export function entryHash(entry: NumberEntry, sha256: Sha256): Promise<string> {
  return sha256([entry.prev, entry.book, entry.n, entry.document, entry.date, entry.epoch].join('|'));
}

/** A clock may be ahead of the server's by this much before it gives no more numbers. */
const mostAheadMs = 86_400_000;

/** CLOCK_AHEAD for a clock more than a day ahead: its day would stand in the book, and no earlier one could follow. */
export function refuseFastClock(aheadMs: number): void {
  if (aheadMs > mostAheadMs) throw new AppError('CLOCK_AHEAD', String(Math.round(aheadMs / mostAheadMs)));
}

/**
 * Whether a day lies after the last one of a unit (it was merged, say): the number belongs in a book of its successor. A unit
 * that this machine does not know has no end.
 */
export function isAfterEnd(day: string, unit: Pick<Unit, 'validTo'> | null): boolean {
  return unit !== null && unit.validTo !== '' && day > unit.validTo;
}

export type EntryFault =
  | 'BOOK_CLOSED'
  | 'BOOK_NOT_HELD'
  | 'NUMBER_TAKEN'
  | 'BOOK_CHAIN_BROKEN'
  | 'BOOK_DATE_BACKWARDS'
  | 'BOOK_YEAR_MISMATCH'
  | 'INVALID_INPUT';

/**
 * Checks an entry against the book it claims to continue, as the server does before it accepts a number.
 * Gives null when the entry is lawful, otherwise what is wrong with it.
 */
export async function checkEntry(
  book: Book,
  entry: NumberEntry,
  device: string,
  sha256: Sha256,
): Promise<EntryFault | null> {
  if (book.closed !== undefined) return 'BOOK_CLOSED';
  if (book.owner !== device || entry.epoch !== book.epoch) return 'BOOK_NOT_HELD';
  if (entry.n < book.next || entry.id !== numberId(book.id, entry.n)) return 'NUMBER_TAKEN';
  if (entry.n > book.next) return 'BOOK_CHAIN_BROKEN';
  if (!entry.date.startsWith(`${book.year}-`)) return 'BOOK_YEAR_MISMATCH';
  if (book.lastDate !== '' && entry.date < book.lastDate) return 'BOOK_DATE_BACKWARDS';
  if (entry.book !== book.id || entry.unit !== book.unit) return 'INVALID_INPUT';
  if (entry.prev !== book.headHash) return 'BOOK_CHAIN_BROKEN';
  if (entry.status !== 'issued') return 'INVALID_INPUT';
  return entry.hash === (await entryHash(entry, sha256)) ? null : 'INVALID_INPUT';
}
