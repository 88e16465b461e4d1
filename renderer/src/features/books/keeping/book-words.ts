import { commonSeries, copyTypes } from '@shared/domain/book-series';
import type { Book } from '@shared/schema/books';
import type { KnownDevice } from '../../../data';
import { t } from '../../../i18n';
import type { Meaning } from '../../../ui';

/** What people call a series: its title, or "Sổ chung". */
export function seriesName({ title, series }: Pick<Book, 'title' | 'series'>): string {
  if (title !== undefined && title !== '') return title;
  return series === commonSeries ? t.keeping.common : series;
}

/** A book with its kind, year and series, e.g. "Sổ văn bản đi 2026: Sổ chung". */
export function bookName(book: Book): string {
  return t.keeping.name(t.books.kinds[book.kind], seriesName(book), book.year);
}

/** A type of document as people write it; forms of copies have ids of their own. */
export function typeName(type: string): string {
  const forms: Readonly<Record<string, string>> = t.signingActs.copies.forms;
  return Object.hasOwn(forms, type) ? (forms[type] ?? type) : type;
}

/** The type that a person has written; the inverse of {@link typeName}. */
export function typeOf(name: string): string {
  const form = copyTypes.find((type) => typeName(type) === name);
  return form ?? name;
}

export type BookState = 'here' | 'free' | 'elsewhere' | 'closed';

/** How a book stands towards this device. */
export function stateOf(book: Pick<Book, 'owner' | 'closed'>, device: string): BookState {
  if (book.closed !== undefined) return 'closed';
  if (book.owner === '') return 'free';
  return book.owner === device ? 'here' : 'elsewhere';
}

export const meanings: Readonly<Record<BookState, Meaning>> = {
  here: 'good',
  free: 'warn',
  elsewhere: 'plain',
  closed: 'plain',
};

/** Name of the machine that holds a book; the end of its id where the directory does not know it. */
export function ownerName(owner: string, device: string, devices: ReadonlyMap<string, KnownDevice>): string {
  if (owner === '') return t.keeping.nobody;
  const known = devices.get(owner);
  const name = known?.name ?? t.keeping.unknownMachine(owner.slice(-4).toUpperCase());
  if (owner === device) return t.keeping.thisMachine(name);
  return known?.status === 'revoked' ? `${name} (${t.keeping.lostMachine})` : name;
}
