import type { Urgency } from '@shared/schema/values';
import { t } from '../i18n';
import { daysBetween } from './date-input';

export type Meaning = 'bad' | 'warn' | 'good' | 'waiting' | 'plain';

const signs: Readonly<Record<Meaning, string>> = { bad: '✕', warn: '!', good: '✓', waiting: '⇅', plain: '' };

/** A word with a meaning: colour, sign and word say the same. */
export function StatusTag({ meaning, children }: { readonly meaning: Meaning; readonly children: string }) {
  return (
    <span className="cv-tag" data-meaning={meaning}>
      {signs[meaning] === '' ? null : <span aria-hidden="true">{signs[meaning]}</span>}
      {children}
    </span>
  );
}

/** Độ khẩn as a label in capitals; nothing for ordinary documents. */
export function UrgencyTag({ urgency }: { readonly urgency: Urgency }) {
  if (urgency === 'normal') return null;
  return (
    <span className="cv-urgency" data-urgency={urgency}>
      {t.common.urgency[urgency]}
    </span>
  );
}

/** How near a deadline is; red when overdue, amber in the last three days. Nothing without a deadline. */
export function DeadlineTag({
  due,
  today,
  done = false,
}: {
  readonly due: string;
  readonly today: string;
  readonly done?: boolean;
}) {
  if (due === '') return null;
  const left = daysBetween(today, due);
  const plain = t.common.deadline.due(`${due.slice(8, 10)}/${due.slice(5, 7)}`);
  if (done || left > 3) return <span className="cv-soft cv-small">{plain}</span>;
  if (left < 0) return <StatusTag meaning="bad">{t.common.deadline.overdue(-left)}</StatusTag>;
  return (
    <StatusTag meaning="warn">
      {left === 0 ? t.common.deadline.today : t.common.deadline.soon(left)}
    </StatusTag>
  );
}
