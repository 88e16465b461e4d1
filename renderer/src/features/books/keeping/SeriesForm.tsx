import { copySeries, copyTypes } from '@shared/domain/book-series';
import type { Stored } from '@shared/domain/plan';
import type { Book } from '@shared/schema/books';
import { useState } from 'react';
import { t } from '../../../i18n';
import { ChoiceField, TextAreaField, TextField, toast, useTask, useToday } from '../../../ui';
import { typeName, typeOf } from './book-words';
import { KeepingForm } from './KeepingForm';
import { useKeeping } from './use-keeping';

const kinds = ['outgoing', 'incoming'] as const;

/** A new series (Điều 15.1.c), or the title, types and symbol rule of one. */
export function SeriesForm({
  book,
  onClose,
}: {
  /** Null for a new one. */
  readonly book: Stored<'books'> | null;
  readonly onClose: () => void;
}) {
  const keeping = useKeeping();
  const task = useTask();
  const present = Number(useToday().slice(0, 4));
  const [kind, setKind] = useState<Book['kind']>('outgoing');
  const [year, setYear] = useState(present);
  const [series, setSeries] = useState('');
  const [title, setTitle] = useState(book?.title ?? '');
  const [types, setTypes] = useState((book?.types ?? []).map(typeName).join('\n'));
  const [symbol, setSymbol] = useState(book?.symbol ?? '');
  const words = t.keeping.series;
  /** Bản sao: one series a year for SY, SL and TrS. */
  const chooseCopies = (): void => {
    setKind('outgoing');
    setSeries(copySeries);
    setTitle(words.copies);
    setTypes(copyTypes.map(typeName).join('\n'));
  };
  const save = async (): Promise<void> => {
    const lines = types.split('\n').map((line) => line.trim());
    const form = { title, types: lines.filter((line) => line !== '').map(typeOf), symbol: symbol.trim() };
    if (book === null) await keeping.create({ kind, year, series: series.trim(), ...form });
    else await keeping.edit(book.id, form);
    toast(words.saved);
    onClose();
  };
  return (
    <KeepingForm
      title={book === null ? words.add : t.keeping.actions.edit}
      save={words.save}
      task={task}
      onSave={save}
      onClose={onClose}
    >
      {book === null ? (
        <div className="cv-row">
          <button type="button" className="cv-chip" onClick={chooseCopies}>
            {words.copies}
          </button>
        </div>
      ) : null}
      {book === null ? (
        <div className="cv-row">
          <ChoiceField
            label={words.kind}
            value={kind}
            choices={kinds.map((value) => ({ value, label: t.books.kinds[value] }))}
            onChange={(value) => setKind(value === 'incoming' ? 'incoming' : 'outgoing')}
          />
          <ChoiceField
            label={words.year}
            value={String(year)}
            choices={[present, present + 1].map((value) => ({ value: String(value), label: String(value) }))}
            onChange={(value) => setYear(Number(value))}
          />
          <TextField
            label={words.code}
            value={series}
            onChange={setSeries}
            maxLength={31}
            required
            focusFirst
          />
        </div>
      ) : null}
      <TextField label={words.title} value={title} onChange={setTitle} maxLength={200} required />
      {(book?.kind ?? kind) === 'outgoing' ? (
        <>
          <TextAreaField
            label={words.types}
            hint={words.typesHint}
            value={types}
            onChange={setTypes}
            rows={3}
          />
          <TextField
            label={words.symbol}
            hint={words.symbolHint}
            value={symbol}
            onChange={setSymbol}
            maxLength={30}
          />
        </>
      ) : null}
    </KeepingForm>
  );
}
