import { type Accepted, acceptEntry } from '@shared/domain/late-entry';
import { refuseDate } from '@shared/domain/number-marks';
import { readIssuedNumber } from '@shared/domain/number-slips';
import { type EntryFault, headAfter, numberId, parseBookId, type Sha256 } from '@shared/domain/numbering';
import { AppError } from '@shared/result/result';
import type { Book, NumberEntry } from '@shared/schema/books';
import { rowSchemas } from '@shared/schema/rows';
import type { Json } from '@shared/schema/values';
import type { Change, Operation } from '@shared/sync/operation';
import { sameJson } from '@shared/sync/patch';
import type { Author } from './author';
import { withLostBooks } from './lost-books';
import { follow } from './owner-changes';
import type { SyncTransaction } from './port';
import { bookChange, neighboursOf, only, type Rows, type Settled } from './settled';

const numbered = {
  'incoming.register': { coll: 'incoming', kind: 'incoming', field: 'arrivalNumber' },
  'outgoing.number': { coll: 'outgoing', kind: 'outgoing', field: 'number' },
  'incoming.number-copy': { coll: 'incoming', kind: 'outgoing', field: null },
  'outgoing.number-copy': { coll: 'outgoing', kind: 'outgoing', field: null },
  'book.number-for': { coll: null, kind: 'outgoing', field: null },
} as const;

/** Exactly one entry, the head of its book and, unless the document is elsewhere, the document it is for. */
export async function settleEntry(
  tx: SyncTransaction,
  operation: Operation,
  author: Author,
  rows: Rows,
  sha256: Sha256,
): Promise<Settled> {
  const rule = numbered[operation.command as keyof typeof numbered];
  const entry = entryOf(operation);
  if (rule.coll !== null) checkDocument(only(operation, rule.coll), rule.field, entry);
  const settled = await settleNumber(tx, operation, author, rows, sha256, entry);
  const numbers = new Map(settled.changes.map((change) => [change.id, change]));
  return { ...settled, changes: operation.changes.map((change) => numbers.get(change.id) ?? change) };
}

/**
 * The entry and the head of its book, whatever becomes of the document. Errors: INVALID_INPUT, NOT_FOUND, those of
 * `acceptEntry` and `followHandovers`, NUMBER_DATE_OUT_OF_ORDER.
 */
export async function settleNumber(
  tx: SyncTransaction,
  operation: Operation,
  author: Author,
  rows: Rows,
  sha256: Sha256,
  entry: NumberEntry = entryOf(operation),
): Promise<Settled> {
  const rule = numbered[operation.command as keyof typeof numbered];
  const head = only(operation, 'books');
  const stored = withLostBooks(operation, rows)('books', head.id) as Book | null;
  if (stored === null) throw new AppError('NOT_FOUND', 'book');
  if (stored.kind !== rule.kind) throw new AppError('INVALID_INPUT', 'numbering');
  const { taken: _taken, handovers: _handovers, ...follows } = head.patch;
  if (!sameJson(follows, headAfter(entry))) throw new AppError('INVALID_INPUT', 'numbering');
  const { book, lost } = await follow(tx, stored, head.patch['handovers'], author);
  const present = rows('numbers', entry.id) as NumberEntry | null;
  const accepted = accept(await acceptEntry(book, entry, author.device, present, sha256), book);
  const after: Book = { ...book, ...accepted.patch, ...takenBy(author, book, entry) };
  if (present !== null && !accepted.replaces) throw new AppError('NUMBER_TAKEN', entry.id);
  if (accepted.replaces) refuseDate(stored, entry, entry.date, neighboursOf(entry, rows));
  return {
    changes: [
      bookChange(head.id, rows('books', head.id) !== null, stored, after),
      only(operation, 'numbers'),
    ],
    decided: new Set([head.id, entry.id]),
    lost: lost.map((numbers) => ({ book, numbers })),
  };
}

function entryOf(operation: Operation): NumberEntry {
  const { id, create, patch } = only(operation, 'numbers');
  const parsed = rowSchemas.numbers.safeParse(patch);
  if (!parsed.success || !create || parsed.data.id !== id) throw new AppError('INVALID_INPUT', 'numbering');
  const entry = parsed.data;
  // Words of its own stand in the entry of a copy only; a mark is never given together with a number.
  const ofCopy = operation.command.endsWith('.number-copy');
  if (ofCopy !== (entry.paper !== undefined) || entry.settled !== undefined)
    throw new AppError('INVALID_INPUT', 'entry');
  return entry;
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

/** A number that came on a slip: signed by a machine of the unit, for this document, and the same as in the book. */
export async function checkIssuedNumber(
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
  (typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {}) as Readonly<
    Record<string, Json>
  >;
