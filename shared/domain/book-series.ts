import { AppError } from '../result/result';
import type { Book } from '../schema/books';
import { copyForms } from '../schema/signature-state';
import { documentTypes } from './document-types';
import { awaitedNumbers } from './handover';
import { bookId, newBook } from './numbering';
import { type Context, createRow, type Plan, patchRow, type Stored } from './plan';

/** The series that every office begins with. */
export const commonSeries = 'chung';

/** Bản sao: SY, SL and TrS share one series a year (Phụ lục I, Phần II). */
export const copySeries = 'ban-sao';
export const copyTypes: readonly string[] = copyForms;

/** What people decide about a series (Điều 15.1.c). */
export type SeriesForm = {
  readonly kind: Book['kind'];
  readonly year: number;
  readonly series: string;
  readonly title: string;
  readonly types: readonly string[];
  readonly symbol: string;
};

/** Makes a book. INVALID_INPUT for a series name that is not short and plain; MISSING_FIELD without a title. */
export function createBook(context: Context, form: SeriesForm): Plan {
  if (!/^[a-z0-9][a-z0-9-]{0,30}$/.test(form.series)) throw new AppError('INVALID_INPUT', 'series');
  if (form.title.trim() === '') throw new AppError('MISSING_FIELD', 'title');
  const book = newBook(context.person.unit, form.kind, form.year, form.series);
  const { title, types, symbol } = form;
  return {
    command: 'book.create',
    changes: [createRow('books', { ...book, title: title.trim(), types: [...types], symbol })],
  };
}

/** Changes title, types and symbol rule of a book; what has been numbered stays. BOOK_CLOSED for a closed year. */
export function editBook(book: Stored<'books'>, form: Pick<SeriesForm, 'title' | 'types' | 'symbol'>): Plan {
  if (book.closed !== undefined) throw new AppError('BOOK_CLOSED', book.id);
  const { title, types, symbol } = form;
  return {
    command: 'book.edit',
    changes: [patchRow('books', book, { title: title.trim(), types: [...types], symbol })],
  };
}

/** Mở sổ năm mới: the same series for the next year, all empty. NOT_FOUND when every one of them is there already. */
export function openYear(context: Context, books: readonly Book[], year: number): Plan {
  const present = new Set(books.map(({ id }) => id));
  const changes = books
    .filter((book) => book.year === year - 1 && book.unit === context.person.unit)
    .filter((book) => !present.has(bookId(book.unit, book.kind, year, book.series)))
    .map(({ unit, kind, series, title = '', types = [], symbol = '' }) =>
      createRow('books', { ...newBook(unit, kind, year, series), title, types: [...types], symbol }),
    );
  if (changes.length === 0) throw new AppError('NOT_FOUND', String(year));
  return { command: 'book.create', changes };
}

/** Why a year cannot be closed yet: numbers awaited from another machine, and numbers nobody has explained. */
export function closingObstacles(book: Book): {
  readonly awaited: readonly number[];
  readonly unexplained: readonly number[];
} {
  return { awaited: awaitedNumbers(book), unexplained: book.unexplained ?? [] };
}

/**
 * Khóa sổ: nothing can be added afterwards. Only the owner may, so that no number is on its way.
 * Errors: BOOK_CLOSED, BOOK_NOT_HELD, BOOK_HAS_GAPS (detail: the numbers).
 */
export function closeBook(context: Context, book: Stored<'books'>): Plan {
  refuseClosing(book, context.device);
  const closed = { at: context.now, by: context.person.id };
  return { command: 'book.close', changes: [patchRow('books', book, { closed })] };
}

/** The rule of {@link closeBook}, for the server too. */
export function refuseClosing(book: Book, device: string): void {
  if (book.closed !== undefined) throw new AppError('BOOK_CLOSED', book.id);
  if (book.owner !== device) throw new AppError('BOOK_NOT_HELD', book.id);
  const { awaited, unexplained } = closingObstacles(book);
  const gaps = [...awaited, ...unexplained];
  if (gaps.length > 0) throw new AppError('BOOK_HAS_GAPS', gaps.slice(0, 20).join(', '));
}

/**
 * The book that numbers a document: the open one of its year whose types name it, else the one without types. Gives null
 * where the unit has neither.
 */
export function bookFor<B extends Book>(
  books: readonly B[],
  wanted: {
    readonly unit: string;
    readonly kind: Book['kind'];
    readonly year: number;
    readonly type: string;
  },
): B | null {
  const open = books
    .filter(({ unit, kind, year }) => unit === wanted.unit && kind === wanted.kind && year === wanted.year)
    .filter(({ closed }) => closed === undefined)
    .sort((a, b) => a.id.localeCompare(b.id, 'en'));
  const own = open.find(({ types = [] }) => types.includes(wanted.type));
  const rest = open.filter(({ types = [] }) => types.length === 0);
  return own ?? rest.find(({ series }) => series === commonSeries) ?? rest[0] ?? null;
}

/** Symbol of a document by the rule of its book, e.g. `{type}-UBKT` → `TB-UBKT`; '' where the book has none. */
export function symbolBy(book: Pick<Book, 'symbol'>, type: string): string {
  const abbreviation = documentTypes.find(({ name }) => name === type)?.abbreviation ?? '';
  const rule = book.symbol ?? '';
  return abbreviation === '' ? rule.replace(/\{type\}-?/, '') : rule.replace('{type}', abbreviation);
}
