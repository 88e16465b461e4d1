import { auditBook } from '@shared/domain/book-audit';
import { bookId } from '@shared/domain/numbering';
import type { Stored } from '@shared/domain/plan';
import { registerCells } from '@shared/print/register-rows';
import type { IncomingRegisterRow, OutgoingRegisterRow } from '@shared/print/register-types';
import type { Book, NumberEntry } from '@shared/schema/books';
import type { Incoming, Outgoing } from '@shared/schema/documents';
import { useEffect, useMemo, useState } from 'react';
import {
  commonSeries,
  sha256Text,
  usePeople,
  useRow,
  useRows,
  useRowsById,
  useSession,
  useUnitBooks,
  useUnits,
} from '../../data';
import { t } from '../../i18n';
import { incomingLines, outgoingLines, type RegisterLine, type RegisterNames } from './register-rows';

export type Fault = Awaited<ReturnType<typeof auditBook>>[number];
/** One line of the book with the ten cells as they are printed. */
export type RegisterView = Pick<RegisterLine<unknown>, 'key' | 'n' | 'document' | 'kind'> & {
  readonly cells: readonly string[];
};
export type Register = {
  readonly loading: boolean;
  readonly book: Stored<'books'> | null;
  readonly entries: readonly NumberEntry[];
  readonly views: readonly RegisterView[];
  readonly rows:
    | { readonly book: 'incoming'; readonly rows: readonly IncomingRegisterRow[] }
    | { readonly book: 'outgoing'; readonly rows: readonly OutgoingRegisterRow[] };
  readonly faults: readonly Fault[];
};

const nothing: readonly string[] = [];

/** The live book of a kind, year and series of this unit, line by line. */
export function useRegister(kind: Book['kind'], year: number, series: string): Register {
  const { device } = useSession();
  const id = bookId(device.unit === '' ? '-' : device.unit, kind, year, series);
  const book = useRow('books', id);
  const numbers = useRows('numbers', {
    selector: { book: id },
    sort: [{ book: 'asc' }, { n: 'asc' }],
  });
  const entries = useMemo(() => numbers ?? [], [numbers]);
  const named = useMemo(() => entries.map(({ document }) => document), [entries]);
  const incoming = useRowsById('incoming', kind === 'incoming' ? named : nothing);
  const outgoing = useRowsById('outgoing', kind === 'outgoing' ? named : nothing);
  const names = useRegisterNames();
  const lines = useMemo(
    () => registerOf(kind, entries, incoming ?? [], outgoing ?? [], names),
    [kind, entries, incoming, outgoing, names],
  );
  const documents = kind === 'incoming' ? incoming : outgoing;
  return {
    loading: numbers === null || documents === null || book === undefined,
    book: book ?? null,
    entries,
    ...lines,
    faults: useAudit(book ?? null, entries),
  };
}

function registerOf(
  kind: Book['kind'],
  entries: readonly NumberEntry[],
  incoming: readonly Incoming[],
  outgoing: readonly Outgoing[],
  names: RegisterNames,
): Pick<Register, 'views' | 'rows'> {
  if (kind === 'incoming') {
    const lines = incomingLines(entries, byId(incoming), names);
    const rows = lines.map((line) => line.row);
    return { views: viewsOf(lines, registerCells('incoming', rows)), rows: { book: 'incoming', rows } };
  }
  const lines = outgoingLines(entries, byId(outgoing), names);
  const rows = lines.map((line) => line.row);
  return { views: viewsOf(lines, registerCells('outgoing', rows)), rows: { book: 'outgoing', rows } };
}

function viewsOf(
  lines: readonly RegisterLine<unknown>[],
  cells: readonly (readonly string[])[],
): readonly RegisterView[] {
  return lines.map(({ key, n, document, kind }, index) => ({
    key,
    n,
    document,
    kind,
    cells: cells[index] ?? [],
  }));
}

function byId<T extends { readonly id: string }>(rows: readonly T[]): ReadonlyMap<string, T> {
  return new Map(rows.map((row) => [row.id, row]));
}

function useRegisterNames(): RegisterNames {
  const people = usePeople();
  const units = useUnits();
  const { words } = t.books;
  return useMemo(
    () => ({
      person: (id) => people.get(id)?.name ?? '',
      unit: (id) => units.get(id)?.name ?? '',
      words,
    }),
    [people, units, words],
  );
}

/** Gaps, doubles and broken links of the book, looked for again whenever an entry is added. */
function useAudit(book: Book | null, entries: readonly NumberEntry[]): readonly Fault[] {
  const [faults, setFaults] = useState<readonly Fault[]>([]);
  useEffect(() => {
    let left = false;
    const found = book === null ? Promise.resolve([]) : auditBook(book, entries, sha256Text);
    void found.then((known) => {
      if (!left) setFaults(known);
    });
    return () => {
      left = true;
    };
  }, [book, entries]);
  return faults;
}

/** Years of which this device knows a book of the unit, newest first; the present year is always among them. */
export function useBookYears(kind: Book['kind'], present: number): readonly number[] {
  const books = useUnitBooks();
  return useMemo(() => {
    const years = (books ?? []).filter((book) => book.kind === kind).map(({ year }) => year);
    return [...new Set([present, ...years])].sort((a, b) => b - a);
  }, [books, kind, present]);
}

/** The books of a kind and year, the common one first. */
export function useSeries(kind: Book['kind'], year: number): readonly Stored<'books'>[] {
  const books = useUnitBooks();
  return useMemo(
    () =>
      (books ?? [])
        .filter((book) => book.kind === kind && book.year === year)
        .sort((a, b) => Number(b.series === commonSeries) - Number(a.series === commonSeries)),
    [books, kind, year],
  );
}
