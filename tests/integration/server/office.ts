import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runAdmin } from '../../../server/cli/run-admin';
import { type RunningServer, type ServerOptions, startServer } from '../../../server/server';
import { type Change, PlainClient, type Row, sha256 } from './plain-client';

/** A running server of one suite, its clock, and offices made for single tests. */
export type Office = {
  readonly server: RunningServer;
  readonly clock: { offset: number };
  readonly admin: (...args: readonly string[]) => Promise<string>;
  /** Makes a unit with a clerk, a leader, an officer and a secretary; gives its id. People are `<unit>-clerk`, … */
  readonly newUnit: () => Promise<string>;
  /** A device of a unit, enrolled, signed in and up to date. */
  readonly newDevice: (unit: string) => Promise<PlainClient>;
  readonly stop: () => Promise<void>;
};

const people = [
  ['clerk', 'clerk'],
  ['leader', 'leader,chair'],
  ['officer', 'officer'],
  ['secretary', 'secretary'],
] as const;

export async function openOffice(
  databaseUrl?: string,
  limits: ServerOptions['limits'] = {},
): Promise<Office> {
  const data = await mkdtemp(path.join(tmpdir(), 'cong-van-server-'));
  const clock = { offset: 0 };
  const now = () => Date.now() + clock.offset;
  const server = await startServer({
    data,
    logLevel: 'silent',
    now,
    limits,
    ...(databaseUrl === undefined ? {} : { databaseUrl }),
  });
  const admin = (...args: readonly string[]) => runAdmin(server.context, args);
  const newUnit = async () => {
    const id = `u${randomBytes(4).toString('hex')}`;
    await admin(
      'units',
      'add',
      '--id',
      id,
      '--name',
      `Đơn vị ${id}`,
      '--symbol',
      'LĐLĐ',
      '--level',
      'district',
    );
    for (const [name, roles] of people) {
      const position = name === 'leader' ? 'Chủ tịch' : 'Cán bộ';
      await admin(
        'people',
        'add',
        `--id=${id}-${name}`,
        `--unit=${id}`,
        `--name=Người ${name}`,
        `--position=${position}`,
        `--roles=${roles}`,
      );
    }
    return id;
  };
  const newDevice = async (unit: string) => {
    const client = new PlainClient(server.url, now);
    await client.enrol(await admin('enrol-code', 'create', '--unit', unit));
    await client.login();
    await client.pull();
    return client;
  };
  const stop = async () => {
    await server.stop();
    await rm(data, { recursive: true, force: true });
  };
  return { server, clock, admin, newUnit, newDevice, stop };
}

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

/** Takes the book of 2026 and gives it as pulled. */
export async function takeBook(
  device: PlainClient,
  kind: 'incoming' | 'outgoing',
): Promise<Row & { readonly data: Record<string, unknown> }> {
  const answer = await device.post<{ granted: boolean; row: Row }>('/v1/books/lease', {
    kind,
    year: 2026,
    series: 'chung',
    action: 'acquire',
    next: 0,
    headHash: '',
  });
  if (!answer.granted) throw new Error('the book was not granted');
  await device.pull();
  return device.row('books', answer.row.id);
}

/** Registers a new incoming document in the incoming book and gives the result. */
export async function register(device: PlainClient, id: string, date?: string) {
  await device.pull();
  const book = device.row('books', `${device.unit}:incoming:2026:chung`);
  const { n, changes } = nextNumber(book, id, date);
  const document = newIncoming(device.unit, id, { bookId: book.id, arrivalNumber: n });
  return device.act(`${device.unit}-clerk`, 'incoming.register', ...changes, document);
}

/** Takes a document from draft to issued, as one device does; gives the result of issuing it. */
export async function issue(
  device: PlainClient,
  id: string,
  receivers: readonly string[],
  body = `body ${id}`,
) {
  const { unit } = device;
  const steps = async (
    command: string,
    actor: string,
    patch: Record<string, unknown>,
    extra: readonly Change[] = [],
  ) => {
    await device.pull();
    const result = await device.act(
      actor,
      command,
      ...extra,
      change('outgoing', device.row('outgoing', id), patch),
    );
    if (result.status !== 'ok') throw new Error(`${command}: ${result.reason}`);
    return result;
  };
  await takeBook(device, 'outgoing');
  await device.act(`${unit}-officer`, 'outgoing.draft', newOutgoing(unit, id, { body: fileOf(body) }));
  await steps('outgoing.submit', `${unit}-officer`, { state: 'submitted' });
  await steps('outgoing.sign', `${unit}-leader`, { state: 'signed' });
  await device.pull();
  const book = device.row('books', `${unit}:outgoing:2026:chung`);
  const { n, changes } = nextNumber(book, id);
  const numbered = { state: 'numbered', number: n, bookId: book.id, date: '2026-03-02' };
  await steps('outgoing.number', `${unit}-clerk`, numbered, changes);
  await steps('outgoing.seal', `${unit}-clerk`, { state: 'sealed' });
  return steps('outgoing.issue', `${unit}-clerk`, {
    state: 'issued',
    receivers,
    issuedAt: '2026-03-02T09:00:00+07:00',
  });
}
