import { commonSeries } from '@shared/domain/book-series';
import { bookId } from '@shared/domain/numbering';
import type { Desktop } from '@shared/ipc/desktop';
import { AppError, unwrap } from '@shared/result/result';
import type { Book } from '@shared/schema/books';
import { dayInHanoi } from '@shared/text/time';
import type { LocalStore } from './local-store';

export { commonSeries };

/** Id of this year's book of a unit. */
export function currentBookId(unit: string, kind: Book['kind'], nowMs: number): string {
  return bookId(unit, kind, Number(dayInHanoi(nowMs).slice(0, 4)), commonSeries);
}

/** A book by what it is for. */
export type BookKey = Pick<Book, 'kind' | 'year' | 'series'>;

/** {@link takeFreeBook} for this year's common book. */
export function acquireBook(
  desktop: Desktop,
  store: LocalStore,
  kind: Book['kind'],
  nowMs: number,
): Promise<void> {
  return takeFreeBook(desktop, store, {
    kind,
    year: Number(dayInHanoi(nowMs).slice(0, 4)),
    series: commonSeries,
  });
}

/**
 * Asks the server for a book that nobody holds. BOOK_NOT_HELD (detail: name of the holder) when another device has it;
 * BOOK_UNSENT_WORK while own work on it waits; OFFLINE or SERVER_UNREACHABLE without a connection: a free book can only
 * be given by the server. BOOK_AWAITS_MACHINES (detail: their names) while a restored server has not heard from every machine;
 * EPOCH_CHANGED when it was restored just now.
 */
export async function takeFreeBook(desktop: Desktop, store: LocalStore, key: BookKey): Promise<void> {
  await refuseUnsent(store, key);
  const request = { ...key, action: 'acquire', next: 0, headHash: '' } as const;
  const answer = unwrap(await desktop.invoke('net:lease', request));
  await store.storeAnswer(answer);
  if (!answer.granted) throw new AppError('BOOK_NOT_HELD', answer.owner);
}

/** What waits would be laid over the book that the server gives, and number on at an old place. */
async function refuseUnsent(store: LocalStore, { kind, year, series }: BookKey): Promise<void> {
  const waiting = await store.outboxEntries('pending', 1000);
  const about = `:${kind}:${year}:${series}`;
  const unsent = waiting.some(({ operation }) =>
    operation.changes.some(({ coll, id }) => coll === 'books' && id.endsWith(about)),
  );
  if (unsent) throw new AppError('BOOK_UNSENT_WORK', about.slice(1));
}
