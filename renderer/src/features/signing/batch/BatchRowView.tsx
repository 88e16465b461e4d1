import { t } from '../../../i18n';
import { type Meaning, StatusTag } from '../../../ui';
import { numberAndSymbol } from '../../outgoing/words';
import type { BatchRow, RowResult } from './batch-rows';

type Properties = {
  readonly row: BatchRow;
  readonly result: RowResult | null;
  readonly dropped: boolean;
  readonly present: boolean;
};

/** One document of the batch: trích yếu, whose signature it waits for, how it came out. */
export function BatchRowView({ row, result, dropped, present }: Properties) {
  const { meaning, text } = statusWords(result, dropped, present);
  const words = t.signingActs.batch;
  return (
    <div className="cv-doc" data-dropped={dropped && result === null ? '' : undefined}>
      <div className="cv-doc-first">
        <span className="cv-ellipsis cv-grow">{row.document.subject}</span>
      </div>
      <div className="cv-doc-side" />
      <div className="cv-doc-second cv-ellipsis">
        {[numberAndSymbol(row.document), result === null ? words.acts[row.act] : '']
          .filter((part) => part !== '')
          .join(' · ')}
      </div>
      <div className="cv-doc-side">
        <StatusTag meaning={meaning}>{text}</StatusTag>
      </div>
    </div>
  );
}

/** What type-ahead looks at. */
export function rowText({ document }: BatchRow): string {
  return document.subject;
}

function statusWords(
  result: RowResult | null,
  dropped: boolean,
  present: boolean,
): { readonly meaning: Meaning; readonly text: string } {
  const words = t.signingActs.batch.status;
  switch (result?.status) {
    case 'running':
      return { meaning: 'waiting', text: words.running };
    case 'done':
      return result.level === 'B-B'
        ? { meaning: 'good', text: words.doneWithoutTime }
        : { meaning: 'good', text: words.done };
    case 'failed':
      return { meaning: 'bad', text: words.failed };
    case undefined:
      if (!present) return { meaning: 'warn', text: words.absent };
      return dropped ? { meaning: 'plain', text: words.dropped } : { meaning: 'plain', text: words.ready };
  }
}
