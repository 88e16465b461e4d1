import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runAdmin } from '../../../server/cli/run-admin';
import { type RunningServer, type ServerOptions, startServer } from '../../../server/server';
import { type Change, PlainClient, type Row } from './plain-client';
import { change, fileOf, newIncoming, newOutgoing, nextNumber } from './rows';

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
  const admin = async (...args: readonly string[]) => {
    const { text, faulty } = await runAdmin(server.context, args);
    if (faulty) throw new Error(text);
    return text;
  };
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

/** Two devices of one new unit. */
export async function openTwo(office: Office) {
  const unit = await office.newUnit();
  const [one, two] = [await office.newDevice(unit), await office.newDevice(unit)];
  return { unit, clerk: `${unit}-clerk`, one, two };
}

/** Begins a draft and gives it as pulled. */
export async function draft(device: PlainClient, id: string) {
  const result = await device.act(`${device.unit}-officer`, 'outgoing.draft', newOutgoing(device.unit, id));
  if (result.status !== 'ok') throw new Error(`outgoing.draft: ${result.reason}`);
  await device.pull();
  return device.row('outgoing', id);
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
  body: string | Uint8Array = `body ${id}`,
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
