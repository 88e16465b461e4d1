import { createRow, newestFirst } from '@shared/domain/plan';
import type { Outgoing } from '@shared/schema/documents';
import type { Operation } from '@shared/sync/operation';
import { clerk, unit } from './sample-rows';

const firstDraft = Date.UTC(2026, 0, 5);
const betweenDrafts = 60_000;

/** A draft as an officer leaves it at the end of the day. The same index gives the same row. */
export function sampleDraft(index: number): Outgoing {
  const at = new Date(firstDraft + index * betweenDrafts).toISOString();
  return {
    id: `draft-${String(index).padStart(7, '0')}`,
    unit,
    newestFirst: newestFirst(at),
    state: 'draft',
    type: 'Báo cáo',
    symbol: 'BC-LĐLĐ',
    subject: `Tình hình thực hiện thu, chi tài chính công đoàn và phát triển đoàn viên, kỳ ${index}`,
    urgency: 'normal',
    signer: 'huyen-ct',
    capacity: '',
    replyTo: '',
    receivers: [],
    otherReceivers: 'Các công đoàn cơ sở trực thuộc',
    copies: 12,
    composition: null,
    body: null,
    annexes: [],
    places: null,
    bookId: '',
    number: 0,
    date: '',
    drafter: clerk,
    returnReason: '',
    deliveries: {},
    issuedAt: '',
    history: { [`h-${index}`]: { by: clerk, at, what: 'outgoing.draft', detail: '' } },
  };
}

/** The operation that makes it. */
export function draftOperation(index: number): Omit<Operation, 'op' | 'n'> {
  const draft = sampleDraft(index);
  return {
    command: 'outgoing.draft',
    actor: clerk,
    at: new Date(firstDraft + index * betweenDrafts).toISOString(),
    changes: [createRow('outgoing', draft)],
  };
}
