import type { IncomingForm } from '@shared/domain/incoming';
import { createRow, newestFirst } from '@shared/domain/plan';
import { duplicateKey } from '@shared/domain/symbols';
import { type Incoming, incomingStates } from '@shared/schema/documents';
import { operationId } from '@shared/sync/operation';
import type { WireRow } from '@shared/sync/protocol';
import type { OutboxEntry } from '../../../renderer/src/data/database';

export const unit = 'huyen';
export const clerk = 'huyen-vt';

const subjects = [
  'Kế hoạch kiểm tra việc thực hiện nhiệm vụ trọng tâm công tác công đoàn và phong trào công nhân',
  'Hướng dẫn tổ chức đại hội công đoàn cơ sở tiến tới đại hội công đoàn cấp trên nhiệm kỳ mới',
  'Báo cáo sơ kết chăm lo đời sống đoàn viên, người lao động nhân dịp Tết Nguyên đán và Tháng Công nhân',
  'Về việc góp ý dự thảo thỏa ước lao động tập thể và quy chế dân chủ ở cơ sở tại nơi làm việc',
] as const;
const issuers = [
  'Liên đoàn Lao động tỉnh An Bình',
  'Ủy ban nhân dân huyện Vĩnh Hòa',
  'Công đoàn cơ sở Công ty May Sông Tiền',
] as const;
const firstArrival = Date.UTC(2023, 0, 2);
const betweenArrivals = 20 * 60_000;
const pick = <T>(list: readonly [T, ...T[]], index: number): T => list[index % list.length] ?? list[0];

/** An incoming document as an office has it: registered, routed, with one file. The same index gives the same row. */
export function sampleIncoming(index: number): Incoming {
  const at = new Date(firstArrival + index * betweenArrivals).toISOString();
  const day = at.slice(0, 10);
  const number = String(1 + (index % 4_000));
  const symbol = 'KH-LĐLĐ';
  const issuer = pick(issuers, index);
  const sha256 = index.toString(16).padStart(64, '0');
  return {
    id: `d-${String(index).padStart(7, '0')}`,
    unit,
    newestFirst: newestFirst(at),
    state: pick(incomingStates, index * 5),
    bookId: `${unit}:incoming:${day.slice(0, 4)}:chung`,
    arrivalNumber: 1 + (index % 20_000),
    arrivalDate: day,
    number,
    symbol,
    date: day,
    issuer,
    type: 'Kế hoạch',
    subject: `${pick(subjects, index)}, đợt ${index}`,
    signerName: 'Nguyễn Thị Thu Hà',
    signerPosition: 'Chủ tịch',
    urgency: 'normal',
    pages: 1 + (index % 20),
    paperPlace: '',
    dueDate: day,
    note: '',
    duplicateKey: duplicateKey(number, symbol, `${issuer} ${index}`),
    files: [
      {
        sha256,
        size: 400_000,
        name: `ke-hoach-${index}.pdf`,
        mime: 'application/pdf',
        kind: 'pdf',
        pages: 4,
      },
    ],
    exchangeFrom: '',
    exchangeOutgoing: '',
    submittedTo: 'huyen-ct',
    assignment: { lead: 'huyen-cv', support: ['huyen-pct'], informed: [], due: day },
    opinions: { [`o-${index}`]: { by: 'huyen-ct', at, text: 'Đồng chí Khoa chủ trì tham mưu.' } },
    returnReason: '',
    result: '',
    signatures: {},
    history: {
      [`h-${index}-1`]: { by: clerk, at, what: 'incoming.register', detail: number },
      [`h-${index}-2`]: { by: 'huyen-ct', at, what: 'incoming.assign', detail: 'huyen-cv' },
    },
  };
}

/** Rows as a pull brings them. */
export function samplePage(from: number, length: number): readonly WireRow[] {
  return Array.from({ length }, (_, offset) => {
    const data = sampleIncoming(from + offset);
    return { coll: 'incoming', id: data.id, rev: from + offset + 1, gone: false, data };
  });
}

/** What a clerk types to register such a document. */
export function sampleForm(index: number): IncomingForm {
  const { number, symbol, date, issuer, type, subject, signerName, signerPosition } = sampleIncoming(index);
  return {
    number,
    symbol,
    date,
    issuer,
    type,
    subject,
    signerName,
    signerPosition,
    urgency: 'normal',
    pages: 4,
    paperPlace: '',
    dueDate: date,
    note: '',
    secrecy: 'none',
  };
}

/** An acknowledged operation that makes one document. */
export function sampleOutboxEntry(device: string, n: number): OutboxEntry {
  const document = sampleIncoming(n);
  const op = operationId(device, n);
  return {
    id: op,
    n,
    status: 'pending',
    operation: {
      op,
      n,
      command: 'incoming.register',
      actor: clerk,
      at: document.arrivalDate,
      changes: [createRow('incoming', document)],
    },
    reason: '',
  };
}
