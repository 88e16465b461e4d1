import type { RegisterCover } from '@shared/print/register-types';
import type { Book, NumberEntry } from '@shared/schema/books';
import type { Unit } from '@shared/schema/people';
import { inCapitals } from '@shared/text/capitals';
import { dayInHanoi } from '@shared/text/time';
import { plainText } from '../../ui/match-text';

/** Cover and first page of a book: year, days and numbers it spans so far (NĐ 30/2020, Phụ lục IV); an empty book runs to `today`. */
export function coverOf(
  book: Pick<Book, 'year' | 'title' | 'closed'>,
  entries: readonly NumberEntry[],
  unit: Unit,
  superior: string,
  today: string,
): RegisterCover {
  const sorted = [...entries].sort((a, b) => a.n - b.n);
  const first = sorted[0];
  const last = sorted.at(-1);
  return {
    superior: inCapitals(superior),
    issuer: inCapitals(unit.name),
    year: book.year,
    from: first?.date ?? `${book.year}-01-01`,
    to: last?.date ?? today,
    fromNumber: first?.n ?? null,
    toNumber: last?.n ?? null,
    volume: 1,
    ...(book.title === undefined || book.title === '' ? {} : { series: book.title }),
    ...(book.closed === undefined ? {} : { closedOn: dayInHanoi(Date.parse(book.closed.at)) }),
  };
}

/** Name of the file of a printed book, with the day it was printed: `So-dang-ky-van-ban-den-2026-(2026-11-21).pdf`. */
export function registerFileName(
  kind: Book['kind'],
  year: number,
  today: string,
  extension: 'pdf' | 'csv',
): string {
  const title = kind === 'incoming' ? 'So-dang-ky-van-ban-den' : 'So-dang-ky-van-ban-di';
  return `${title}-${year}-(${today}).${extension}`;
}

/** Lines whose text contains every word of the query, letter case and marks ignored. */
export function matchingLines<Line>(
  lines: readonly Line[],
  textOf: (line: Line) => string,
  query: string,
): readonly Line[] {
  const words = plainText(query)
    .split(' ')
    .filter((word) => word !== '');
  if (words.length === 0) return lines;
  return lines.filter((line) => {
    const text = plainText(textOf(line));
    return words.every((word) => text.includes(word));
  });
}
