import { refuseClosing } from '@shared/domain/book-series';
import { followHandovers, type LostNumbers } from '@shared/domain/handover';
import { type Accepted, acceptEntry } from '@shared/domain/late-entry';
import { type Neighbours, refuseDate, refuseMark, withoutNumber } from '@shared/domain/number-marks';
import { readIssuedNumber } from '@shared/domain/number-slips';
import {
  bookOfNumber,
  type EntryFault,
  headAfter,
  newBook,
  numberId,
  parseBookId,
  type Sha256,
} from '@shared/domain/numbering';
import { AppError } from '@shared/result/result';
import { type Book, bookSchema, type Handover, type NumberEntry } from '@shared/schema/books';
import { rowSchemas } from '@shared/schema/rows';
import type { Json } from '@shared/schema/values';
import type { Change, Operation } from '@shared/sync/operation';
import { sameJson } from '@shared/sync/patch';
import type { Author } from './author';
import { bookDifference } from './book-difference';
import { refuseForgedHandovers } from './handover-proofs';
import type { RowKey, SyncTransaction } from './port';

export type Rows = (coll: Change['coll'], id: string) => Readonly<Record<string, unknown>> | null;

/** What an operation does once the rules of books have been applied: some of its changes are the server's own words. */
export type Settled = {
  readonly changes: readonly Change[];
  /** Ids of books and numbers whose changes were worked out here: they hold whatever another device wrote meanwhile. */
  readonly decided: ReadonlySet<string>;
  readonly lost: readonly { readonly book: Book; readonly numbers: LostNumbers }[];
};

const asItCame = (operation: Operation): Settled => ({
  changes: operation.changes,
  decided: new Set(),
  lost: [],
});

const numbered = {
  'incoming.register': { coll: 'incoming', kind: 'incoming', field: 'arrivalNumber' },
  'outgoing.number': { coll: 'outgoing', kind: 'outgoing', field: 'number' },
  'incoming.number-copy': { coll: 'incoming', kind: 'outgoing', field: null },
  'outgoing.number-copy': { coll: 'outgoing', kind: 'outgoing', field: null },
  'book.number-for': { coll: null, kind: 'outgoing', field: null },
} as const;

/** Rows that the rules of books look at besides those that the operation names: the books of numbers, their neighbours. */
export function rowsOfBooks(operation: Operation): readonly RowKey[] {
  const numbers = operation.changes.filter(({ coll }) => coll === 'numbers').map(({ id }) => id);
  const books = numbers.map((id) => ({ coll: 'books' as const, id: bookOfNumber(id) }));
  const around = numbers.flatMap((id) => {
    const n = Number(id.slice(id.lastIndexOf(':') + 1));
    return [n - 1, n + 1].map((other) => ({
      coll: 'numbers' as const,
      id: numberId(bookOfNumber(id), other),
    }));
  });
  const slips = operation.changes.flatMap(({ coll, patch }) =>
    coll === 'outgoing' && typeof patch['numberProof'] === 'string' ? issuedRow(patch['numberProof']) : [],
  );
  return [...books, ...around, ...slips];
}

function issuedRow(slip: string): readonly RowKey[] {
  const { book, n } = readIssuedNumber(slip);
  return [{ coll: 'numbers', id: numberId(book, n) }];
}

/**
 * The book as it stood before an operation that numbers in it; one that this server has lost with a restore is begun anew
 * when the operation brings the proofs from its first day.
 */
export function withLostBooks(operation: Operation, rows: Rows): Rows {
  return (coll, id) => {
    const row = rows(coll, id);
    if (row !== null || coll !== 'books') return row;
    const change = operation.changes.find((known) => known.coll === 'books' && known.id === id);
    const first = (change?.patch['handovers'] as Readonly<Record<string, unknown>> | undefined)?.['0'];
    const parts = first === undefined || change?.create === true ? null : parseBookId(id);
    return parts === null ? null : newBook(parts.unit, parts.kind, parts.year, parts.series);
  };
}

/**
 * Applies the rules of books (Điều 15, 16, 22) to an operation. Errors: those of `acceptEntry` and `followHandovers`,
 * BOOK_HAS_GAPS, WRONG_STATE, NUMBER_DATE_OUT_OF_ORDER; INVALID_INPUT when its changes do not belong together.
 */
export async function settleBooks(
  tx: SyncTransaction,
  operation: Operation,
  author: Author,
  rows: Rows,
  sha256: Sha256,
): Promise<Settled> {
  switch (operation.command) {
    case 'incoming.register':
    case 'outgoing.number':
    case 'book.number-for':
    case 'incoming.number-copy':
    case 'outgoing.number-copy':
      return settleEntry(tx, operation, author, rows, sha256);
    case 'book.hand-over':
    case 'book.take-over':
      return settleOwner(tx, operation, author, rows);
    case 'book.create':
      return settleNewBooks(operation, rows);
    case 'outgoing.take-number':
      await checkIssuedNumber(tx, operation, author, rows);
      return asItCame(operation);
    case 'book.edit':
    case 'book.close':
    case 'book.void':
    case 'book.complete':
    case 'book.explain':
      return settleMark(operation, author, rows);
    default:
      return asItCame(operation);
  }
}

/** Exactly one entry, the head of its book and, unless the document is elsewhere, the document it is for. */
async function settleEntry(
  tx: SyncTransaction,
  operation: Operation,
  author: Author,
  rows: Rows,
  sha256: Sha256,
): Promise<Settled> {
  const rule = numbered[operation.command as keyof typeof numbered];
  const entryChange = only(operation, 'numbers');
  const head = only(operation, 'books');
  const stored = withLostBooks(operation, rows)('books', head.id) as Book | null;
  if (stored === null) throw new AppError('NOT_FOUND', 'book');
  const parsed = rowSchemas.numbers.safeParse(entryChange.patch);
  if (!parsed.success || stored.kind !== rule.kind) throw new AppError('INVALID_INPUT', 'numbering');
  const entry = parsed.data;
  // Words of its own stand in the entry of a copy only; a mark is never given together with a number.
  const ofCopy = operation.command.endsWith('.number-copy');
  if (ofCopy !== (entry.paper !== undefined) || entry.settled !== undefined)
    throw new AppError('INVALID_INPUT', 'entry');
  const { taken: _taken, handovers: _handovers, ...follows } = head.patch;
  if (!sameJson(follows, headAfter(entry))) throw new AppError('INVALID_INPUT', 'numbering');
  if (rule.coll !== null) checkDocument(only(operation, rule.coll), rule.field, entry);
  const { book, lost } = await follow(tx, stored, head.patch['handovers'], author);
  const present = rows('numbers', entry.id) as NumberEntry | null;
  const accepted = accept(await acceptEntry(book, entry, author.device, present, sha256), book);
  const after: Book = { ...book, ...accepted.patch, ...takenBy(author, book, entry) };
  if (present !== null && !accepted.replaces) throw new AppError('NUMBER_TAKEN', entry.id);
  if (accepted.replaces) refuseDate(stored, entry, entry.date, neighboursOf(entry, rows));
  return {
    changes: operation.changes.map((change) =>
      change === head ? bookChange(head.id, rows('books', head.id) !== null, stored, after) : change,
    ),
    decided: new Set([head.id, entry.id]),
    lost: lost.map((numbers) => ({ book, numbers })),
  };
}

function takenBy({ device }: Author, book: Book, { epoch }: NumberEntry): Partial<Book> {
  return book.owner === device && book.epoch === epoch && book.handovers !== undefined
    ? { taken: epoch }
    : {};
}

function accept(accepted: Accepted | EntryFault, book: Book): Accepted {
  if (typeof accepted === 'string') throw new AppError(accepted, book.id);
  return accepted;
}

/** The number stands in the document itself, or, with `field` null, in the copy of it that the entry names. */
function checkDocument(document: Change, field: string | null, entry: NumberEntry): void {
  const copy = document.patch[`electronicCopies.${entry.document}`];
  const belongs =
    field === null
      ? sameJson(copy, { ...asRecord(copy), number: entry.n, bookId: entry.book, date: entry.date })
      : entry.document === document.id &&
        document.patch['bookId'] === entry.book &&
        document.patch[field] === entry.n;
  if (!belongs) throw new AppError('INVALID_INPUT', 'numbering');
}

/** A handover by its giver, or its taking over by the next owner: whichever is told first is carried out. */
async function settleOwner(
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

async function follow(tx: SyncTransaction, stored: Book, patch: Json | undefined, author: Author) {
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

/** A book begins empty and free. One that is there already stays as it is: two machines may open the same year. */
function settleNewBooks(operation: Operation, rows: Rows): Settled {
  const changes = operation.changes.filter(({ id, patch }) => {
    const parts = parseBookId(id);
    if (parts === null) throw new AppError('INVALID_INPUT', 'book');
    const { title: _title, types: _types, symbol: _symbol, ...rest } = patch;
    const fresh = newBook(parts.unit, parts.kind, parts.year, parts.series);
    if (!sameJson(rest, fresh)) throw new AppError('INVALID_INPUT', 'book');
    return rows('books', id) === null;
  });
  return { changes, decided: new Set(), lost: [] };
}

/** Marks on numbers and books: only in an open book, and the list of unexplained numbers follows from them. */
function settleMark(operation: Operation, author: Author, rows: Rows): Settled {
  const changes: Change[] = [];
  const decided = new Set<string>();
  for (const change of operation.changes) {
    if (change.coll === 'books') {
      if (operation.command !== 'book.edit' && operation.command !== 'book.close') continue;
      const book = rows('books', change.id) as Book;
      if (operation.command === 'book.close') refuseClosing(book, author.device);
      else if (book.closed !== undefined) throw new AppError('BOOK_CLOSED', book.id);
    }
    if (change.coll === 'numbers') {
      const book = markedBook(operation, change, rows);
      if (operation.command !== 'book.void') {
        decided.add(book.id);
        const unexplained = withoutNumber(book, (rows('numbers', change.id) as NumberEntry).n);
        changes.push(bookChange(book.id, true, book, { ...book, unexplained }));
      }
    }
    changes.push(change);
  }
  return { changes, decided, lost: [] };
}

function markedBook(operation: Operation, change: Change, rows: Rows): Book {
  if (operation.changes.filter(({ coll }) => coll === 'numbers').length !== 1)
    throw new AppError('INVALID_INPUT', 'numbers');
  const entry = rows('numbers', change.id) as NumberEntry;
  const book = rows('books', entry.book) as Book | null;
  if (book === null) throw new AppError('NOT_FOUND', 'book');
  refuseMark(book, entry, operation.command === 'book.void' ? ['issued'] : ['lost-device']);
  const { status, reason, date, paper } = change.patch;
  const right =
    operation.command === 'book.complete'
      ? status === 'paper' && paper !== undefined && typeof date === 'string'
      : status === (operation.command === 'book.void' ? 'void' : undefined) && isFilled(reason);
  if (!right) throw new AppError('INVALID_INPUT', 'mark');
  const document = operation.changes.find(({ coll }) => coll === 'outgoing');
  if (document !== undefined && (document.id !== entry.document || document.patch['state'] !== 'cancelled'))
    throw new AppError('INVALID_INPUT', 'document');
  if (operation.command === 'book.complete' && typeof date === 'string')
    refuseDate(book, entry, date, neighboursOf(entry, rows));
  return book;
}

function neighboursOf({ book, n }: NumberEntry, rows: Rows): Neighbours {
  const at = (other: number) => rows('numbers', numberId(book, other)) as NumberEntry | null;
  return { before: at(n - 1), after: at(n + 1) };
}

const isFilled = (value: Json | undefined) => typeof value === 'string' && value.trim() !== '';

/** A number that came on a slip: signed by a machine of the unit, for this document, and the same as in the book. */
async function checkIssuedNumber(
  tx: SyncTransaction,
  operation: Operation,
  { unit }: Author,
  rows: Rows,
): Promise<void> {
  const { id, patch } = only(operation, 'outgoing');
  const { numberProof } = patch;
  const slip = readIssuedNumber(typeof numberProof === 'string' ? numberProof : '');
  const same =
    slip.document === id &&
    patch['number'] === slip.n &&
    patch['bookId'] === slip.book &&
    patch['date'] === slip.date &&
    patch['state'] === 'numbered' &&
    parseBookId(slip.book)?.unit === unit;
  if (!same) throw new AppError('INVALID_INPUT', 'slip');
  if (!(await tx.deviceProved(slip.device, unit, slip.text, slip.proof)))
    throw new AppError('BOOK_TOKEN_INVALID', 'proof');
  const entry = rows('numbers', numberId(slip.book, slip.n)) as NumberEntry | null;
  if (entry !== null && entry.document !== id) throw new AppError('NUMBER_TAKEN', entry.id);
}

const asRecord = (value: Json | undefined) =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};

function only(operation: Operation, coll: Change['coll']): Change {
  const [found, ...more] = operation.changes.filter((change) => change.coll === coll);
  if (found === undefined || more.length > 0) throw new AppError('INVALID_INPUT', coll);
  return found;
}

/** The change that brings the stored book to where it is now. */
function bookChange(id: string, exists: boolean, stored: Book, after: Book): Change {
  const patch = bookDifference(exists ? stored : null, after);
  return { coll: 'books', id, base: 0, create: !exists, patch };
}
