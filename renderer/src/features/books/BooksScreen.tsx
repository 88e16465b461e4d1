import { Button } from '@mantine/core';
import { registerCsv } from '@shared/print/register-csv';
import { AppError } from '@shared/result/result';
import type { Book } from '@shared/schema/books';
import type { FileRef } from '@shared/schema/values';
import { useState } from 'react';
import { address, navigate } from '../../app/router';
import { usePeople, useSession, useUnits } from '../../data';
import { t } from '../../i18n';
import { invoke } from '../../platform/desktop';
import { Chips, ChoiceField, ErrorNotice, TextField, toast, useCommands, useTask, useToday } from '../../ui';
import { BookState } from './BookState';
import { PrintedRegister } from './PrintedRegister';
import { RegisterFaults } from './RegisterFaults';
import { RegisterGrid } from './RegisterGrid';
import { coverOf, matchingLines, registerFileName } from './register-data';
import { type Register, useBookYears, useRegister } from './use-register';

const kinds = ['incoming', 'outgoing'] as const;

type Properties = { readonly kind: string; readonly year: string };

/** Sổ: the registers of the unit as on paper, to read, search, print and export. */
export function BooksScreen({ kind: wanted, year: wantedYear }: Properties) {
  const kind: Book['kind'] = wanted === 'outgoing' ? 'outgoing' : 'incoming';
  const present = Number(useToday().slice(0, 4));
  const year = /^\d{4}$/.test(wantedYear) ? Number(wantedYear) : present;
  const years = useBookYears(kind, present);
  const people = usePeople();
  const register = useRegister(kind, year);
  const [query, setQuery] = useState('');
  const [printed, setPrinted] = useState<FileRef | null>(null);
  const output = useOutput(kind, year, register, setPrinted);
  if (printed !== null) return <PrintedRegister file={printed} onBack={() => setPrinted(null)} />;
  const shown = matchingLines(register.views, (view) => view.cells.join(' '), query);
  const go = (toKind: Book['kind'], toYear: number): void =>
    navigate(address(`/books/${toKind}`, { year: toYear === present ? '' : String(toYear) }), {
      replace: true,
    });
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
          onYear={(next) => go(kind, next)}
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
  onYear,
  lastBy,
}: {
  readonly kind: Book['kind'];
  readonly year: number;
  readonly years: readonly number[];
  readonly onYear: (year: number) => void;
  readonly lastBy: string;
}) {
  const { unit, device } = useSession();
  const present = Math.max(...years);
  return (
    <div className="cv-book-tools">
      <div className="cv-grow">
        <h1>{t.books.heads[kind]}</h1>
        <p className="cv-soft">{unit?.name ?? device.unitName}</p>
        {year === present ? (
          <BookState kind={kind} lastBy={lastBy} />
        ) : (
          <p className="cv-soft">{t.books.pastHint}</p>
        )}
      </div>
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
      const cover = coverOf({ year }, register.entries, unit, superior, today);
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
