import { auditBook } from '@shared/domain/book-audit';
import { isAfterEnd } from '@shared/domain/numbering';
import { sha256 } from '@shared/node/sha256';
import type { Book, NumberEntry } from '@shared/schema/books';
import type { Unit } from '@shared/schema/people';

/**
 * What is wrong with the books (invariants N1 to N5 and N7), numbers of books that do not exist, and numbers dated after the
 * last day of their unit.
 */
export async function bookFaults(
  books: readonly Book[],
  numbers: readonly NumberEntry[],
  units: readonly Unit[],
): Promise<readonly string[]> {
  const entries = new Map<string, NumberEntry[]>(books.map(({ id }) => [id, []]));
  const faults: string[] = [];
  for (const entry of numbers) {
    const list = entries.get(entry.book);
    if (list === undefined) faults.push(`number ${entry.id}: no book ${entry.book}`);
    else list.push(entry);
  }
  const unitOf = new Map(units.map((unit) => [unit.id, unit]));
  for (const { id, date, unit } of numbers) {
    if (isAfterEnd(date, unitOf.get(unit) ?? null))
      faults.push(`number ${id}: dated ${date}, after the last day of its unit`);
  }
  for (const book of books) {
    for (const { n, fault } of await auditBook(book, entries.get(book.id) ?? [], sha256))
      faults.push(`book ${book.id}: ${fault} at ${n}`);
  }
  return faults;
}
