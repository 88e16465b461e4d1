import type { NumberEntry } from '@shared/schema/books';
import type { Acknowledged } from '../world';

/** How a number of a book is named. */
export function numberName(book: string, n: number): string {
  return `${book} ${n}`;
}

/**
 * N1 and N6 at the desks: of all numbers that anybody was ever shown, none stands on two documents. `unwritten` are those of
 * lost machines that are not in the paper book.
 */
export function shownNumberProblems(
  acknowledged: readonly Acknowledged[],
  unwritten: ReadonlySet<string>,
): readonly string[] {
  const documents = new Map<string, string>();
  const problems: string[] = [];
  for (const { device, operation } of acknowledged) {
    for (const { coll, create, patch } of operation.changes) {
      const entry = patch as unknown as NumberEntry;
      if (coll !== 'numbers' || !create) continue;
      const number = numberName(entry.book, entry.n);
      if (unwritten.has(number)) continue;
      const known = documents.get(number);
      if (known !== undefined && known !== entry.document)
        problems.push(`N1: ${device} gave number ${number} to ${entry.document}, which ${known} has`);
      documents.set(number, entry.document);
    }
  }
  return problems;
}
