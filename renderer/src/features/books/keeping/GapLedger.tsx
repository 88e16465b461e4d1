import { Button } from '@mantine/core';
import { awaitedNumbers } from '@shared/domain/handover';
import { formatNumber } from '@shared/domain/numbering';
import type { Stored } from '@shared/domain/plan';
import { refusalIn } from '@shared/domain/refused-number';
import type { NumberEntry } from '@shared/schema/books';
import { useState } from 'react';
import { useRows, useSession } from '../../../data';
import { t } from '../../../i18n';
import { Section, StatusTag } from '../../../ui';
import { ExplainForm, PaperForm } from './GapForms';

type Open = { readonly n: number; readonly form: 'complete' | 'explain' };

/** Khuyết số: every number of the book that is cancelled, missing, explained or written from paper, with its reason. */
export function GapLedger({ book }: { readonly book: Stored<'books'> }) {
  const { person } = useSession();
  const numbers = useRows('numbers', {
    selector: { book: book.id },
    sort: [{ book: 'asc' }, { n: 'asc' }],
  });
  const [open, setOpen] = useState<Open | null>(null);
  const words = t.keeping.gaps;
  const marked = (numbers ?? []).filter(({ status }) => status !== 'issued');
  const known = new Set((numbers ?? []).map(({ n }) => n));
  const awaited = awaitedNumbers(book).filter((n) => !known.has(n));
  const may = person?.roles.includes('clerk') === true && book.closed === undefined;
  return (
    <Section title={words.title}>
      {marked.length + awaited.length === 0 ? <p className="cv-soft">{words.none}</p> : null}
      <ul className="cv-gaps">
        {awaited.map((n) => (
          <li key={n} className="cv-row">
            <span className="cv-gap-number">{words.number(formatNumber(n))}</span>
            <StatusTag meaning="waiting">{words.awaited}</StatusTag>
          </li>
        ))}
        {marked.map((entry) => (
          <li key={entry.id}>
            <div className="cv-row">
              <span className="cv-gap-number">{words.number(formatNumber(entry.n))}</span>
              <span className="cv-grow">{gapText(entry)}</span>
              {may && entry.status === 'lost-device' ? (
                <>
                  <Button onClick={() => setOpen({ n: entry.n, form: 'complete' })}>{words.complete}</Button>
                  <Button onClick={() => setOpen({ n: entry.n, form: 'explain' })}>{words.explain}</Button>
                </>
              ) : null}
            </div>
            {open?.n !== entry.n ? null : open.form === 'complete' ? (
              <PaperForm book={book} entry={entry} onClose={() => setOpen(null)} />
            ) : (
              <ExplainForm book={book} entry={entry} onClose={() => setOpen(null)} />
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}

function gapText({ status, reason, paper }: NumberEntry): string {
  const words = t.keeping.gaps;
  if (status === 'void') return words.voided(refusalIn(reason) === null ? reason : words.refused);
  if (status === 'paper') return words.paper(paper?.subject ?? '');
  return reason === '' ? words.open : words.explained(reason);
}
