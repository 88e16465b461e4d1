import type { Book, NumberEntry } from '@shared/schema/books';
import type { World } from '../world';

/** The last line of the paper book: it has every number that anybody was ever shown. */
export function paperBook(
  world: World,
  book: Book,
): { readonly lastNumber: number; readonly lastDate: string } {
  const shown = world.acknowledged
    .flatMap(({ operation }) => operation.changes)
    .filter(({ coll, create }) => coll === 'numbers' && create)
    .map(({ patch }) => patch as unknown as NumberEntry)
    .filter((entry) => entry.book === book.id);
  return {
    lastNumber: Math.max(book.next - 1, ...shown.map(({ n }) => n)),
    lastDate: [book.lastDate, ...shown.map(({ date }) => date)].sort().at(-1) ?? '',
  };
}
