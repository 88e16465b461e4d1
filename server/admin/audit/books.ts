import { auditBook } from '@shared/domain/book-audit';
import { sha256 } from '@shared/node/sha256';
import type { Book, NumberEntry } from '@shared/schema/books';

/** What is wrong with the books (invariants N1 to N5 and N7), and numbers of books that do not exist. */
export async function bookFaults(
  books: readonly Book[],
  numbers: readonly NumberEntry[],
): Promise<readonly string[]> {
  const entries = new Map<string, NumberEntry[]>(books.map(({ id }) => [id, []]));
  const faults: string[] = [];
  for (const entry of numbers) {
    const list = entries.get(entry.book);
    if (list === undefined) faults.push(`number ${entry.id}: no book ${entry.book}`);
    else list.push(entry);
  }
  for (const book of books) {
    for (const { n, fault } of await auditBook(book, entries.get(book.id) ?? [], sha256))
      faults.push(`book ${book.id}: ${fault} at ${n}`);
  }
  return faults;
}
