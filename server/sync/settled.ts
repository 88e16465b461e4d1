import type { LostNumbers } from '@shared/domain/handover';
import type { Neighbours } from '@shared/domain/number-marks';
import { numberId } from '@shared/domain/numbering';
import { AppError } from '@shared/result/result';
import type { Book, NumberEntry } from '@shared/schema/books';
import type { Change, Operation } from '@shared/sync/operation';
import { bookDifference } from './book-difference';

export type Rows = (coll: Change['coll'], id: string) => Readonly<Record<string, unknown>> | null;

/** What an operation does once the rules of books have been applied: some of its changes are the server's own words. */
export type Settled = {
  readonly changes: readonly Change[];
  /** Ids of books and numbers whose changes were worked out here: they hold whatever another device wrote meanwhile. */
  readonly decided: ReadonlySet<string>;
  readonly lost: readonly { readonly book: Book; readonly numbers: LostNumbers }[];
};

/** The one change of an operation in a collection; INVALID_INPUT when there is none or more. */
export function only(operation: Operation, coll: Change['coll']): Change {
  const [found, ...more] = operation.changes.filter((change) => change.coll === coll);
  if (found === undefined || more.length > 0) throw new AppError('INVALID_INPUT', coll);
  return found;
}

/** The change that brings the stored book to where it is now. */
export function bookChange(id: string, exists: boolean, stored: Book, after: Book): Change {
  const patch = bookDifference(exists ? stored : null, after);
  return { coll: 'books', id, base: 0, create: !exists, patch };
}

/** The entries before and after one, as far as they are there. */
export function neighboursOf({ book, n }: NumberEntry, rows: Rows): Neighbours {
  const at = (other: number) => rows('numbers', numberId(book, other)) as NumberEntry | null;
  return { before: at(n - 1), after: at(n + 1) };
}
