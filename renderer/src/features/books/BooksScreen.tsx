import { Button } from '@mantine/core';
import type { Stored } from '@shared/domain/plan';
import { registerCsv } from '@shared/print/register-csv';
import { AppError } from '@shared/result/result';
import type { Book } from '@shared/schema/books';
import type { FileRef } from '@shared/schema/values';
import { useState } from 'react';
import { address, navigate } from '../../app/router';
import { commonSeries, usePeople, useSession, useUnits } from '../../data';
import { t } from '../../i18n';
import { invoke } from '../../platform/desktop';
import { Chips, ChoiceField, ErrorNotice, TextField, toast, useCommands, useTask, useToday } from '../../ui';
import { BookState } from './BookState';
import { seriesName } from './keeping/book-words';
import { PrintedRegister } from './PrintedRegister';
import { RegisterFaults } from './RegisterFaults';
import { RegisterGrid } from './RegisterGrid';
import { coverOf, matchingLines, registerFileName } from './register-data';
import { type Register, useBookYears, useRegister, useSeries } from './use-register';

const kinds = ['incoming', 'outgoing'] as const;

type Properties = { readonly kind: string; readonly year: string; readonly series: string };

/** Sổ: the registers of the unit as on paper, to read, search, print and export. */
export function BooksScreen({ kind: wanted, year: wantedYear, series: wantedSeries }: Properties) {
  const kind: Book['kind'] = wanted === 'outgoing' ? 'outgoing' : 'incoming';
  const present = Number(useToday().slice(0, 4));
  const year = /^\d{4}$/.test(wantedYear) ? Number(wantedYear) : present;
  const years = useBookYears(kind, present);
  const people = usePeople();
  const series = wantedSeries === '' ? commonSeries : wantedSeries;
  const register = useRegister(kind, year, series);
  const [query, setQuery] = useState('');
  const [printed, setPrinted] = useState<FileRef | null>(null);
  const output = useOutput(kind, year, register, setPrinted);
  if (printed !== null) return <PrintedRegister file={printed} onBack={() => setPrinted(null)} />;
  const shown = matchingLines(register.views, (view) => view.cells.join(' '), query);
  const go = (toKind: Book['kind'], toYear: number, toSeries = ''): void => {
    const shownYear = toYear === present ? '' : String(toYear);
    navigate(address(`/books/${toKind}`, { year: shownYear, series: toSeries }), { replace: true });
  };
  return (
    <div className="cv-list-pane cv-book">
      <header className="cv-list-head">
        <Chips
          label={t.books.title}
          chips={kinds.map((key) => ({ key, label: t.books.kinds[key] }))}
          value={kind}
          onChange={(next) => go(next, year)}
        />
        <BookHead
          kind={kind}
          year={year}
          years={years}
          book={register.book}
          series={series}
          onYear={(next) => go(kind, next)}
          onSeries={(next) => go(kind, year, next)}
          lastBy={people.get(register.entries.at(-1)?.by ?? '')?.name ?? ''}
        />
        <div className="cv-book-tools">
          <div className="cv-book-search">
            <TextField label={t.books.search} value={query} onChange={setQuery} />
          </div>
          <span className="cv-grow cv-soft">
            {register.faults.length === 0 && register.entries.length > 0 ? t.books.auditGood : ''}
          </span>
          <Button disabled={output.busy || register.loading} onClick={() => void output.saveCsv()}>
            {t.books.csv}
          </Button>
          <Button
            variant="filled"
            disabled={output.busy || register.loading}
            onClick={() => void output.print()}
          >
            {output.busy ? t.books.printing : t.books.print}
          </Button>
        </div>
        {output.error === null ? null : <ErrorNotice error={output.error} onDismiss={output.clear} />}
        <RegisterFaults faults={register.faults} />
      </header>
      {register.loading ? (
        <p className="cv-book-loading">{t.common.list.loading}</p>
      ) : (
        <RegisterGrid kind={kind} views={shown} searching={query.trim() !== ''} />
      )}
    </div>
  );
}

function BookHead({
  kind,
  year,
  years,
  book,
  series,
  onYear,
  onSeries,
  lastBy,
}: {
  readonly kind: Book['kind'];
  readonly year: number;
  readonly years: readonly number[];
  readonly book: Stored<'books'> | null;
  readonly series: string;
  readonly onYear: (year: number) => void;
  readonly onSeries: (series: string) => void;
  readonly lastBy: string;
}) {
  const { unit, device } = useSession();
  return (
    <div className="cv-book-tools">
      <div className="cv-grow">
        <h1>{t.books.heads[kind]}</h1>
        <p className="cv-soft">{unit?.name ?? device.unitName}</p>
        <BookState book={book} kind={kind} year={year} lastBy={lastBy} />
      </div>
      <SeriesChoice kind={kind} year={year} series={series} onSeries={onSeries} />
      <div className="cv-book-year">
        <ChoiceField
          label={t.books.year}
          value={String(year)}
          choices={[...new Set([...years, year])].map((known) => ({
            value: String(known),
            label: String(known),
          }))}
          onChange={(next) => onYear(Number(next))}
        />
      </div>
    </div>
  );
}

/** The series of a year, where the unit has more than the common one. */
function SeriesChoice({
  kind,
  year,
  series,
  onSeries,
}: {
  readonly kind: Book['kind'];
  readonly year: number;
  readonly series: string;
  readonly onSeries: (series: string) => void;
}) {
  const books = useSeries(kind, year);
  if (books.length < 2) return null;
  return (
    <div className="cv-book-series">
      <ChoiceField
        label={t.keeping.book}
        value={series}
        choices={books.map((book) => ({ value: book.series, label: seriesName(book) }))}
        onChange={onSeries}
      />
    </div>
  );
}

/** Print and CSV of the whole book, whatever the search shows. */
function useOutput(kind: Book['kind'], year: number, register: Register, onPrinted: (file: FileRef) => void) {
  const { unit } = useSession();
  const units = useUnits();
  const today = useToday();
  const task = useTask();
  const print = async (): Promise<void> => {
    await task.run(async () => {
      if (unit === null) throw new AppError('NOT_FOUND', 'unit');
      const superior = units.get(unit.superior)?.name ?? '';
      const cover = coverOf(register.book ?? { year }, register.entries, unit, superior, today);
      const data =
        register.rows.book === 'incoming'
          ? { book: 'incoming' as const, cover, rows: [...register.rows.rows] }
          : { book: 'outgoing' as const, cover, rows: [...register.rows.rows] };
      const name = registerFileName(kind, year, today, 'pdf');
      const { file } = await invoke('print:make', { name, job: { kind: 'register', data } });
      onPrinted(file);
    });
  };
  const saveCsv = async (): Promise<void> => {
    await task.run(async () => {
      const text =
        register.rows.book === 'incoming'
          ? registerCsv('incoming', register.rows.rows)
          : registerCsv('outgoing', register.rows.rows);
      const name = registerFileName(kind, year, today, 'csv');
      const { saved } = await invoke('files:save-text', { text, name });
      if (saved) toast(t.books.csvSaved);
    });
  };
  useCommands([
    { id: 'books.print', title: t.books.print, shortcut: 'Ctrl+P', run: print },
    { id: 'books.csv', title: t.books.csv, run: saveCsv },
  ]);
  return { busy: task.busy, error: task.error, clear: task.clear, print, saveCsv };
}
