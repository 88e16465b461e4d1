import { type Change, type Row, sha256 } from './plain-client';

/** A file reference to bytes that need not exist anywhere. */
export function fileOf(bytes: string | Uint8Array, name = 'van-ban.pdf') {
  const size = typeof bytes === 'string' ? Buffer.byteLength(bytes) : bytes.length;
  return { sha256: sha256(bytes), size, name, mime: 'application/pdf', kind: 'pdf', pages: 1 };
}

const create = (coll: string, row: Record<string, unknown> & { readonly id: string }): Change => ({
  coll,
  id: row.id,
  base: 0,
  create: true,
  patch: row,
});

/** Sets paths of a row as its author saw it. */
export function change(coll: string, row: Pick<Row, 'id' | 'rev'>, patch: Record<string, unknown>): Change {
  return { coll, id: row.id, base: row.rev, create: false, patch };
}

export function newIntake(unit: string, id: string, bytes = id): Change {
  return create('intake', {
    id,
    unit,
    newestFirst: 1,
    state: 'waiting',
    source: 'chosen',
    at: '',
    by: `${unit}-clerk`,
    file: fileOf(bytes),
    problem: '',
    incomingId: '',
    note: '',
  });
}

export function newOutgoing(unit: string, id: string, more: Record<string, unknown> = {}): Change {
  return create('outgoing', {
    id,
    unit,
    newestFirst: 1,
    state: 'draft',
    bookId: '',
    number: 0,
    symbol: 'KH-LĐLĐ',
    date: '',
    type: 'Kế hoạch',
    subject: 'Tổ chức hội thao công nhân',
    urgency: 'normal',
    drafter: `${unit}-officer`,
    signer: `${unit}-leader`,
    capacity: 'TM.',
    replyTo: '',
    receivers: [],
    otherReceivers: '',
    copies: 1,
    composition: null,
    body: fileOf(`body ${id}`),
    annexes: [],
    places: null,
    returnReason: '',
    deliveries: {},
    issuedAt: '',
    history: {},
    ...more,
  });
}

export function newIncoming(unit: string, id: string, more: Record<string, unknown> = {}): Change {
  return create('incoming', {
    id,
    unit,
    newestFirst: 1,
    state: 'registered',
    bookId: '',
    arrivalNumber: 0,
    arrivalDate: '2026-03-02',
    number: '35',
    symbol: 'KH-LĐLĐ',
    date: '2026-02-27',
    issuer: 'Liên đoàn Lao động tỉnh',
    type: 'Kế hoạch',
    subject: 'Tổ chức Tháng Công nhân',
    signerName: '',
    signerPosition: '',
    urgency: 'normal',
    pages: 1,
    paperPlace: '',
    dueDate: '',
    note: '',
    duplicateKey: '-',
    files: [],
    exchangeFrom: '',
    exchangeOutgoing: '',
    submittedTo: '',
    assignment: null,
    opinions: {},
    returnReason: '',
    result: '',
    signatures: {},
    history: {},
    ...more,
  });
}

export function newMeeting(unit: string, id: string, more: Record<string, unknown> = {}): Change {
  return create('meetings', {
    id,
    unit,
    newestFirst: 1,
    state: 'preparing',
    title: 'Hội nghị Ban Chấp hành',
    place: 'Phòng họp',
    startsAt: '2026-03-10T08:00:00+07:00',
    chair: `${unit}-leader`,
    secretary: `${unit}-secretary`,
    agenda: [{ id: 'a1', title: 'Báo cáo', minutes: 30, presenter: '' }],
    papers: [],
    participants: [],
    quorum: 'two-thirds',
    pack: null,
    attendance: {},
    votes: {},
    conclusions: {},
    startedAt: '',
    endedAt: '',
    minutesText: '',
    minutes: null,
    history: {},
    ...more,
  });
}

/** Entry and head that follow a book, by section 7 of the protocol. */
export function nextNumber(
  book: Row & { readonly data: Record<string, unknown> },
  document: string,
  date = '2026-03-02',
): { readonly n: number; readonly entry: Record<string, unknown>; readonly changes: readonly Change[] } {
  const { epoch, next, headHash } = book.data;
  const { id } = book;
  const unit = String(book.data['unit']);
  const n = Number(next);
  const entry = {
    id: `${id}:${String(n).padStart(6, '0')}`,
    unit,
    book: id,
    n,
    date,
    document,
    by: `${unit}-clerk`,
    at: '2026-03-02T08:00:00+07:00',
    epoch,
    prev: headHash,
    hash: sha256([headHash, id, n, document, date, epoch].join('|')),
    status: 'issued',
    reason: '',
  };
  const head = { next: n + 1, lastDate: date, headHash: entry.hash };
  return { n, entry, changes: [change('books', book, head), create('numbers', entry)] };
}
