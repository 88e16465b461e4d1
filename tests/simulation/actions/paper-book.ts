import type { Book, NumberEntry } from '@shared/schema/books';
import { numberName } from '../checks/shown-numbers';
import type { World } from '../world';

/**
 * The last line of the paper book: it has every number that anybody was ever shown, but for the last one where somebody has
 * forgotten to write it down. That number is then given again, and no program can know better.
 */
export function paperBook(
  world: World,
  book: Book,
  forgets: boolean,
): { readonly lastNumber: number; readonly lastDate: string } {
  const shown = world.acknowledged
    .flatMap(({ operation }) => operation.changes)
    .filter(({ coll, create }) => coll === 'numbers' && create)
    .map(({ patch }) => patch as unknown as NumberEntry)
    .filter((entry) => entry.book === book.id);
  const last = Math.max(book.next - 1, ...shown.map(({ n }) => n));
  const isForgotten = forgets && last >= book.next;
  if (isForgotten) world.unwritten.add(numberName(book.id, last));
  return {
    lastNumber: isForgotten ? last - 1 : last,
    lastDate: [book.lastDate, ...shown.map(({ date }) => date)].sort().at(-1) ?? '',
  };
}
