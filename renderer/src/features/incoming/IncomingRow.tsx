import { formatNumber } from '@shared/domain/numbering';
import type { Stored } from '@shared/domain/plan';
import { shortDate } from '@shared/text/time';
import { t } from '../../i18n';
import { DeadlineTag, type Meaning, StatusTag, UrgencyTag } from '../../ui';
import { numberAndSymbol } from './incoming-view';

type Row = Stored<'incoming'>;

const meanings: Readonly<Record<Row['state'], Meaning>> = {
  arrived: 'waiting',
  registered: 'plain',
  submitted: 'plain',
  assigned: 'plain',
  'in-progress': 'plain',
  done: 'good',
  returned: 'bad',
};

/** The state of a document as a word. */
export function StateTag({ state }: { readonly state: Row['state'] }) {
  return <StatusTag meaning={meanings[state]}>{t.incoming.states[state]}</StatusTag>;
}

/** Text of a row for type-ahead and screen readers. */
export function rowText(row: Row): string {
  const number = row.arrivalNumber === 0 ? '' : formatNumber(row.arrivalNumber);
  return [number, numberAndSymbol(row), row.subject, row.issuer, t.incoming.states[row.state]]
    .filter((part) => part !== '')
    .join(', ');
}

/** Two lines: số đến and trích yếu; symbol, issuer and day. */
export function IncomingRow({
  row,
  today,
  compact,
}: {
  readonly row: Row;
  readonly today: string;
  readonly compact: boolean;
}) {
  const closed = row.state === 'done' || row.state === 'returned';
  const second = [numberAndSymbol(row), row.issuer, shortDate(row.date)].filter((part) => part !== '');
  return (
    <div className="cv-doc">
      <div className="cv-doc-first">
        <span className="cv-doc-number">
          {row.arrivalNumber === 0 ? '–' : formatNumber(row.arrivalNumber)}
        </span>
        <span className="cv-ellipsis">{row.subject}</span>
      </div>
      <div className="cv-doc-side">
        <UrgencyTag urgency={row.urgency} />
        {compact || closed ? null : <DeadlineTag due={row.dueDate} today={today} />}
      </div>
      {compact ? null : (
        <>
          <div className="cv-doc-second cv-ellipsis">{second.join(' · ')}</div>
          <div className="cv-doc-side">
            <StateTag state={row.state} />
          </div>
        </>
      )}
    </div>
  );
}
