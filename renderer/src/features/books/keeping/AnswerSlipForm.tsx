import { readNumberRequest } from '@shared/domain/number-slips';
import { formatNumber } from '@shared/domain/numbering';
import type { Stored } from '@shared/domain/plan';
import { AppError } from '@shared/result/result';
import { useState } from 'react';
import { t } from '../../../i18n';
import { confirmFinal, DateField, Section, TextAreaField, toast, useTask, useToday } from '../../../ui';
import { KeepingForm } from './KeepingForm';
import { SlipView } from './SlipView';
import { useNumberSlips } from './use-number-slips';

/** Cấp số theo phiếu: another machine of the office asks, this one holds the book. */
export function AnswerSlipForm({
  book,
  onClose,
}: {
  readonly book: Stored<'books'>;
  readonly onClose: () => void;
}) {
  const slips = useNumberSlips();
  const task = useTask();
  const today = useToday();
  const [request, setRequest] = useState('');
  const [date, setDate] = useState(today < book.lastDate ? book.lastDate : today);
  const [answer, setAnswer] = useState<string | null>(null);
  const words = t.keeping.answer;
  if (answer !== null)
    return (
      <Section title={words.answer}>
        <SlipView label={words.answer} text={answer} hint={t.keeping.ask.hint} />
      </Section>
    );
  const save = async (): Promise<void> => {
    const question = { title: words.title, effect: words.effect(formatNumber(book.next)) };
    if (!(await confirmFinal({ ...question, counterAct: words.counter, action: words.save }))) return;
    const given = await slips.answer(request, date);
    toast(words.done(formatNumber(given.n)));
    setAnswer(given.slip);
  };
  return (
    <KeepingForm title={words.title} save={words.save} task={task} onSave={save} onClose={onClose}>
      <TextAreaField
        label={words.request}
        value={request}
        onChange={setRequest}
        rows={4}
        maxLength={4000}
        required
        focusFirst
      />
      <p className="cv-soft">{subjectOf(request)}</p>
      <DateField label={words.date} value={date} onChange={setDate} today={today} required />
    </KeepingForm>
  );
}

/** What the slip asks a number for; '' while it cannot be read. */
function subjectOf(slip: string): string {
  try {
    const { type, subject } = readNumberRequest(slip);
    return t.keeping.answer.for(type, subject);
  } catch (error) {
    if (error instanceof AppError) return '';
    throw error;
  }
}
