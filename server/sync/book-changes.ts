import { readIssuedNumber } from '@shared/domain/number-slips';
import { bookOfNumber, numberId, type Sha256 } from '@shared/domain/numbering';
import type { Operation } from '@shared/sync/operation';
import type { Author } from './author';
import { settleMark, settleNewBooks } from './book-marks';
import { checkIssuedNumber, settleEntry } from './entry-changes';
import { settleOwner } from './owner-changes';
import type { RowKey, SyncTransaction } from './port';
import type { Rows, Settled } from './settled';

const asItCame = (operation: Operation): Settled => ({
  changes: operation.changes,
  decided: new Set(),
  lost: [],
});

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
