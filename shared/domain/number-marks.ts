import { AppError } from '../result/result';
import type { Book, NumberEntry, PaperEntry } from '../schema/books';
import type { Outgoing } from '../schema/documents';
import { type Context, historyPatch, type Plan, patchRow, type Stored } from './plan';

/** States of an outgoing document whose number may still be cancelled: it has not left the office. */
export const voidableStates: readonly Outgoing['state'][] = ['numbered', 'sealed'];

/**
 * Hủy số, with the reason: the number stays in the book and is never given again (Điều 15). The document that had it is
 * cancelled with it; an issued one is recalled or replaced instead.
 * Errors: BOOK_CLOSED, WRONG_STATE, MISSING_FIELD (reason).
 */
export function voidNumber(
  context: Context,
  book: Book,
  entry: Stored<'numbers'>,
  document: Stored<'outgoing'> | null,
  reason: string,
): Plan {
  if (reason.trim() === '') throw new AppError('MISSING_FIELD', 'reason');
  refuseMark(book, entry, ['issued']);
  const settled = { by: context.person.id, at: context.now };
  const mark = patchRow('numbers', entry, { status: 'void', reason: reason.trim(), settled });
  if (document === null) return { command: 'book.void', changes: [mark] };
  if (!voidableStates.includes(document.state)) throw new AppError('WRONG_STATE', document.state);
  const patch = { state: 'cancelled', ...historyPatch(context, 'book.void', reason.trim()) } as const;
  return { command: 'book.void', changes: [mark, patchRow('outgoing', document, patch)] };
}

/** What is copied from the paper book into a placeholder. */
export type PaperForm = Pick<PaperEntry, 'symbol' | 'subject' | 'party'> & { readonly date: string };

/**
 * Bổ sung từ sổ giấy: what the paper book says of a number of a lost device.
 * Errors: BOOK_CLOSED, WRONG_STATE, MISSING_FIELD; NUMBER_DATE_OUT_OF_ORDER when the day is not between its neighbours'.
 */
export function completeFromPaper(
  context: Context,
  book: Stored<'books'>,
  entry: Stored<'numbers'>,
  form: PaperForm,
  around: Neighbours,
): Plan {
  if (form.subject.trim() === '') throw new AppError('MISSING_FIELD', 'subject');
  refuseMark(book, entry, ['lost-device']);
  refuseDate(book, entry, form.date, around);
  const { date, symbol, subject, party } = form;
  const paper = { symbol, subject: subject.trim(), party, by: context.person.id, at: context.now };
  return {
    command: 'book.complete',
    changes: [
      patchRow('numbers', entry, { status: 'paper', date, paper }),
      patchRow('books', book, { unexplained: withoutNumber(book, entry.n) }),
    ],
  };
}

/** Giải trình khuyết số: why nothing stands under a number. Errors: BOOK_CLOSED, WRONG_STATE, MISSING_FIELD. */
export function explainGap(
  context: Context,
  book: Stored<'books'>,
  entry: Stored<'numbers'>,
  reason: string,
): Plan {
  if (reason.trim() === '') throw new AppError('MISSING_FIELD', 'reason');
  refuseMark(book, entry, ['lost-device']);
  const settled = { by: context.person.id, at: context.now };
  return {
    command: 'book.explain',
    changes: [
      patchRow('numbers', entry, { reason: reason.trim(), settled }),
      patchRow('books', book, { unexplained: withoutNumber(book, entry.n) }),
    ],
  };
}

/** The entries before and after one, where they are known. */
export type Neighbours = { readonly before: NumberEntry | null; readonly after: NumberEntry | null };

/** A mark belongs on an entry of an open book that is in one of these states. */
export function refuseMark(book: Book, entry: NumberEntry, from: readonly NumberEntry['status'][]): void {
  if (book.closed !== undefined) throw new AppError('BOOK_CLOSED', book.id);
  if (entry.book !== book.id || !from.includes(entry.status)) throw new AppError('WRONG_STATE', entry.status);
}

/**
 * Days never go back (Điều 15.1): a number that comes in between lies between the days that are known around it, and
 * within the time of the device that gave it. Errors: BOOK_YEAR_MISMATCH, NUMBER_DATE_OUT_OF_ORDER.
 */
export function refuseDate(book: Book, entry: NumberEntry, date: string, around: Neighbours): void {
  if (!date.startsWith(`${book.year}-`)) throw new AppError('BOOK_YEAR_MISMATCH', String(book.year));
  const tail = book.tails?.[String(entry.epoch)];
  const earliest = [dayOf(around.before), tail !== undefined && entry.n >= tail.next ? tail.lastDate : ''];
  const latest = [dayOf(around.after), tail?.endDate ?? ''];
  const tooEarly = earliest.some((day) => day !== '' && date < day);
  const tooLate = latest.some((day) => day !== '' && date > day);
  if (tooEarly || tooLate) throw new AppError('NUMBER_DATE_OUT_OF_ORDER', date);
}

/** The day of an entry that is known; '' for none and for a placeholder. */
function dayOf(entry: NumberEntry | null): string {
  return entry === null || entry.status === 'lost-device' ? '' : entry.date;
}

export function withoutNumber(book: Pick<Book, 'unexplained'>, n: number): number[] {
  return (book.unexplained ?? []).filter((open) => open !== n);
}
