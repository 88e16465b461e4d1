import { formatNumber } from '@shared/domain/numbering';
import type { Outgoing } from '@shared/schema/documents';
import type { HistoryEntry } from '@shared/schema/values';
import { t } from '../../i18n';
import type { Meaning } from '../../ui';
import type { DeliveryView } from './delivery-view';

/** `35/KH-LĐLĐ`, or only `…/KH-LĐLĐ` while there is no number. */
export function numberAndSymbol(document: Pick<Outgoing, 'number' | 'symbol'>): string {
  return document.number === 0
    ? `…/${document.symbol}`
    : `${formatNumber(document.number)}/${document.symbol}`;
}

/** Word and meaning of a document's state; a returned draft says so. */
export function stateWords(document: Pick<Outgoing, 'state' | 'returnReason'>): {
  readonly meaning: Meaning;
  readonly text: string;
} {
  const { state } = document;
  if (state === 'draft' && document.returnReason !== '') return { meaning: 'bad', text: t.outgoing.returned };
  const meanings: Partial<Record<Outgoing['state'], Meaning>> = {
    issued: 'good',
    'waiting-number': 'warn',
    cancelled: 'bad',
  };
  return { meaning: meanings[state] ?? 'plain', text: t.outgoing.states[state] };
}

/** Word and meaning of a delivery (QCVN 102: 01 đến … 06 hoàn thành). */
export function deliveryWords({ status }: Pick<DeliveryView, 'status'>): {
  readonly meaning: Meaning;
  readonly text: string;
} {
  const meanings: Readonly<Record<DeliveryView['status'], Meaning>> = {
    sending: 'waiting',
    '01': 'plain',
    '02': 'bad',
    '03': 'good',
    '05': 'good',
    '06': 'good',
  };
  return { meaning: meanings[status], text: t.outgoing.deliveries.statuses[status] };
}

/** What an entry of the trail says, with its detail where a person can read it. */
export function historyWords(entry: HistoryEntry): string {
  const words: Readonly<Record<string, string>> = t.outgoing.history;
  const what = Object.hasOwn(words, entry.what) ? (words[entry.what] ?? '') : t.outgoing.historyOther;
  if (entry.what === 'outgoing.return') return `${what}: ${entry.detail}`;
  if (entry.what === 'outgoing.number') return `${what} ${formatNumber(Number(entry.detail))}`;
  return what;
}
