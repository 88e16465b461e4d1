import { formatNumber, numberId } from '@shared/domain/numbering';
import type { Stored } from '@shared/domain/plan';
import { AppError } from '@shared/result/result';
import { useState } from 'react';
import { useRow } from '../../../data';
import { t } from '../../../i18n';
import { confirmFinal, TextAreaField, TextField, toast, useTask } from '../../../ui';
import { KeepingForm } from './KeepingForm';
import { useKeeping } from './use-keeping';

/** Hủy số: which number and why; asks once, because it cannot be undone. */
export function VoidForm({
  book,
  onClose,
}: {
  readonly book: Stored<'books'>;
  readonly onClose: () => void;
}) {
  const keeping = useKeeping();
  const task = useTask();
  const [typed, setTyped] = useState('');
  const [reason, setReason] = useState('');
  const n = /^\d{1,6}$/.test(typed.trim()) ? Number(typed) : 0;
  const entry = useRow('numbers', numberId(book.id, n));
  const words = t.keeping.void;
  const found = entry?.status === 'issued';
  const save = async (): Promise<void> => {
    if (!found) throw new AppError('NOT_FOUND', typed);
    const number = formatNumber(n);
    const question = { title: words.title, effect: words.effect(number), counterAct: words.counter };
    if (!(await confirmFinal({ ...question, action: words.save }))) return;
    await keeping.void(book.id, n, reason);
    toast(words.done(number));
    onClose();
  };
  return (
    <KeepingForm
      title={words.title}
      save={words.save}
      task={task}
      disabled={!found}
      onSave={save}
      onClose={onClose}
    >
      <TextField
        label={words.number}
        value={typed}
        onChange={setTyped}
        maxLength={6}
        required
        focusFirst
        {...(typed !== '' && entry !== undefined && !found ? { problem: words.notFound } : {})}
      />
      <TextAreaField
        label={words.reason}
        value={reason}
        onChange={setReason}
        maxLength={500}
        rows={2}
        required
      />
    </KeepingForm>
  );
}
