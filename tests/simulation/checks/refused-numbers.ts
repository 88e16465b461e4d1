import { bookOfNumber } from '@shared/domain/numbering';
import type { Operation } from '@shared/sync/operation';
import type { ServerState } from '../server/state';

/** A document went another way while it was given a number: the server refuses the number together with the rest. */
const races: ReadonlySet<string> = new Set(['WRONG_STATE', 'NOT_ALLOWED', 'FORBIDDEN', 'NOT_FOUND']);

/** The book in which an operation gives a number, or null. */
export function numberedBook({ changes }: Pick<Operation, 'changes'>): string | null {
  const entry = changes.find(({ coll, create }) => coll === 'numbers' && create);
  return entry === undefined ? null : bookOfNumber(entry.id);
}

/**
 * Books in which a number that was shown has been refused for the sake of its document. What follows in such a book is
 * known to go wrong: the number is missing, or given to another document.
 */
export function booksWithRefusedNumbers(state: ServerState): ReadonlySet<string> {
  const books = [...state.operations.values()].map(({ body, result }) =>
    result.status === 'rejected' && races.has(result.reason) ? numberedBook(body) : null,
  );
  return new Set(books.flatMap((book) => book ?? []));
}
