import { formatNumber } from '@shared/domain/numbering';
import type { Stored } from '@shared/domain/plan';
import { shortDate } from '@shared/text/time';
import { useUnits } from '../../data';
import { t } from '../../i18n';
import { StatusTag, UrgencyTag } from '../../ui';
import { splitList } from './official-document';
import { numberAndSymbol, stateWords } from './words';

/** One document in the list: number and trích yếu, then symbol, receivers and day. */
export function OutgoingRow({
  document,
  compact,
}: {
  readonly document: Stored<'outgoing'>;
  readonly compact: boolean;
}) {
  const units = useUnits();
  const state = stateWords(document);
  const receivers = [
    ...document.receivers.map((id) => units.get(id)?.name ?? ''),
    ...splitList(document.otherReceivers),
  ].filter((name) => name !== '');
  const second = [document.symbol, receivers.join('; '), shortDate(document.date)];
  return (
    <div className="cv-doc">
      <div className="cv-doc-first">
        <span className="cv-doc-number">{document.number === 0 ? '–' : formatNumber(document.number)}</span>
        <span className="cv-ellipsis cv-grow">{document.subject}</span>
      </div>
      <div className="cv-doc-side">
        <UrgencyTag urgency={document.urgency} />
        {compact ? <StatusTag meaning={state.meaning}>{state.text}</StatusTag> : null}
      </div>
      {compact ? null : (
        <>
          <div className="cv-doc-second cv-ellipsis">{second.filter((part) => part !== '').join(' · ')}</div>
          <div className="cv-doc-side">
            <StatusTag meaning={state.meaning}>{state.text}</StatusTag>
          </div>
        </>
      )}
    </div>
  );
}

/** The accessible name of a row, also what type-ahead looks at. */
export function rowText(document: Stored<'outgoing'>): string {
  const number = document.number === 0 ? t.outgoing.noNumber : numberAndSymbol(document);
  return `${number} ${document.subject}, ${stateWords(document).text}`;
}
