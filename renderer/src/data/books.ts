import { bookId } from '@shared/domain/numbering';
import type { Desktop } from '@shared/ipc/desktop';
import { AppError, unwrap } from '@shared/result/result';
import type { Book } from '@shared/schema/books';
import { dayInHanoi } from '@shared/text/time';
import type { LocalStore } from './local-store';

/** The one series that every office begins with; further series are data of the unit. */
export const commonSeries = 'chung';

/** Id of this year's book of a unit. */
export function currentBookId(unit: string, kind: Book['kind'], nowMs: number): string {
  return bookId(unit, kind, Number(dayInHanoi(nowMs).slice(0, 4)), commonSeries);
}

/**
 * Asks the server for the book of this year. BOOK_NOT_HELD (detail: name of the holder) when another device has it;
 * OFFLINE or SERVER_UNREACHABLE without a connection: a lease can only be given by the server.
 */
export async function acquireBook(
  desktop: Desktop,
  store: LocalStore,
  kind: Book['kind'],
  nowMs: number,
): Promise<void> {
  const year = Number(dayInHanoi(nowMs).slice(0, 4));
  const answer = unwrap(
    await desktop.invoke('net:lease', {
      kind,
      year,
      series: commonSeries,
      action: 'acquire',
      next: 0,
      headHash: '',
    }),
  );
  await store.storeRows([answer.row]);
  if (!answer.granted) throw new AppError('BOOK_NOT_HELD', answer.owner);
}
