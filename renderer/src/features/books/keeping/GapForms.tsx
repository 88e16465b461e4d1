import { formatNumber } from '@shared/domain/numbering';
import type { Stored } from '@shared/domain/plan';
import { useState } from 'react';
import { t } from '../../../i18n';
import { DateField, TextAreaField, TextField, toast, useTask, useToday } from '../../../ui';
import { KeepingForm } from './KeepingForm';
import { useKeeping } from './use-keeping';

type Properties = {
  readonly book: Stored<'books'>;
  readonly entry: Stored<'numbers'>;
  readonly onClose: () => void;
};

/** Bổ sung từ sổ giấy: copies one line of the paper book. */
export function PaperForm({ book, entry, onClose }: Properties) {
  const keeping = useKeeping();
  const task = useTask();
  const today = useToday();
  const [form, setForm] = useState({ date: entry.date, symbol: '', subject: '', party: '' });
  const words = t.keeping.paper;
  const number = formatNumber(entry.n);
  const save = async (): Promise<void> => {
    await keeping.complete(book.id, entry.n, form);
    toast(words.done(number));
    onClose();
  };
  return (
    <KeepingForm title={words.title(number)} save={words.save} task={task} onSave={save} onClose={onClose}>
      <DateField
        label={words.date}
        value={form.date}
        onChange={(date) => setForm({ ...form, date })}
        today={today}
        required
      />
      <TextField
        label={words.symbol}
        value={form.symbol}
        onChange={(symbol) => setForm({ ...form, symbol })}
        maxLength={30}
      />
      <TextAreaField
        label={words.subject}
        value={form.subject}
        onChange={(subject) => setForm({ ...form, subject })}
        maxLength={500}
        rows={2}
        required
        focusFirst
      />
      <TextField
        label={words.party[book.kind]}
        value={form.party}
        onChange={(party) => setForm({ ...form, party })}
        maxLength={200}
      />
    </KeepingForm>
  );
}

/** Giải trình khuyết số. */
export function ExplainForm({ book, entry, onClose }: Properties) {
  const keeping = useKeeping();
  const task = useTask();
  const [reason, setReason] = useState(entry.reason);
  const words = t.keeping.explain;
  const number = formatNumber(entry.n);
  const save = async (): Promise<void> => {
    await keeping.explain(book.id, entry.n, reason);
    toast(words.done(number));
    onClose();
  };
  return (
    <KeepingForm title={words.title(number)} save={words.save} task={task} onSave={save} onClose={onClose}>
      <TextAreaField
        label={words.reason}
        value={reason}
        onChange={setReason}
        maxLength={500}
        rows={2}
        required
        focusFirst
      />
    </KeepingForm>
  );
}
