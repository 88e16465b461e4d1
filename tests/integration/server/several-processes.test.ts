import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Pokes } from '../../../server/http/pokes';
import { openPostgres } from '../../../server/storage/postgres';
import { noticesName } from '../../../server/storage/postgres-notices';
import { PlainClient, refusalOf, sha256 } from './plain-client';
import { type PostgresCluster, startPostgres } from './postgres-cluster';
import { buildProgram, type Program, runAdminProgram, startProgram } from './program';
import { newIntake } from './rows';
import { openStream } from './streams';

const wait = { timeout: 30_000 };
const tus = { 'tus-resumable': '1.0.0' };
const base64 = (text: string) => Buffer.from(text, 'utf8').toString('base64');

describe('several server processes on one PostgreSQL', () => {
  let cluster: PostgresCluster;
  let folder: string;
  let programs: readonly [Program, Program];

  const dataOf = (name: string) => path.join(folder, name);
  const start = (name: string) =>
    startProgram(dataOf(name), '--database-url', cluster.url, '--files', path.join(folder, 'files'));
  const admin = (...args: readonly string[]) => runAdminProgram(dataOf('one'), ...args);
  const newCode = () => admin('enrol-code', 'create', '--unit', 'xa');
  const newDevice = async (url: string) => {
    const client = new PlainClient(url, Date.now);
    await client.enrol(newCode());
    await client.login();
    await client.pull();
    return client;
  };
  /** The same device, talking to the other process. */
  const through = ({ device, unit, access, epoch }: PlainClient, url: string) =>
    Object.assign(new PlainClient(url, Date.now), { device, unit, access, epoch });

  beforeAll(async () => {
    buildProgram();
    folder = await mkdtemp(path.join(tmpdir(), 'cong-van-processes-'));
    cluster = await startPostgres();
    // Both at once on an empty database: one makes the tables, the other finds them made.
    programs = await Promise.all([start('one'), start('two')]);
    admin('units', 'add', '--id=xa', '--name=Xã', '--symbol=CĐ', '--level=grassroots');
    admin(
      'people',
      'add',
      '--id=xa-vt',
      '--unit=xa',
      '--name=Văn thư',
      '--position=Văn thư',
      '--roles=clerk',
    );
  }, 240_000);
  afterAll(async () => {
    for (const program of programs ?? []) await program.end('SIGTERM');
    await cluster?.stop();
    await rm(folder, { recursive: true, force: true });
  }, 120_000);

  it('what is pushed at one is poked at the other and pulled there', async () => {
    const [writer, reader] = [await newDevice(programs[0].url), await newDevice(programs[1].url)];
    const stream = await openStream(reader);
    await expect.poll(stream.text, wait).toContain('unit:xa');
    const greeting = stream.text();
    await writer.act('xa-vt', 'intake.add', newIntake('xa', 'poked'));
    await expect.poll(() => stream.text().slice(greeting.length), wait).toContain('unit:xa');
    await reader.pull();
    expect(reader.row('intake', 'poked').rev).toBe(1);
    await stream.stop();
  }, 120_000);

  it('a notice reaches the others, also when many buckets changed at once; what was heard is not told again', async () => {
    const databases = [0, 1].map(() =>
      openPostgres({ url: cluster.url, connections: 1, waiting: 10, onIdleError: () => undefined }),
    );
    const heard = databases.map(() => new Set<string>());
    const pokes = databases.map(
      (database, index) =>
        new Pokes(
          `process-${index}`,
          (hear) => database.listen(hear),
          (buckets) => buckets.forEach((bucket) => heard[index]?.add(bucket)),
          () => undefined,
        ),
    );
    const many = Array.from({ length: 900 }, (_, index) => `unit:huyen-${index}`);
    // Until both listen, what is said is lost: said again until it is heard.
    await expect
      .poll(() => {
        pokes[0]?.changed(many);
        return heard[1]?.size;
      }, wait)
      .toBe(many.length);
    expect(heard[0]?.size).toBe(many.length);
    for (const one of pokes) await one.close();
    for (const database of databases) await database.close();
  }, 120_000);

  it('a notice that is lost is made good by comparing heads', async () => {
    const [writer, reader] = [await newDevice(programs[0].url), await newDevice(programs[1].url)];
    const stream = await openStream(reader);
    await expect.poll(stream.text, wait).toContain('unit:xa');
    const client = new pg.Client({ connectionString: cluster.url });
    await client.connect();
    const cut = await client.query(
      'select pg_terminate_backend(pid) from pg_stat_activity where application_name = $1',
      [noticesName],
    );
    await client.end();
    expect(cut.rowCount).toBe(2);
    const before = stream.text();
    await writer.act('xa-vt', 'intake.add', newIntake('xa', 'unheard'));
    await expect.poll(() => stream.text().slice(before.length), wait).toContain('unit:xa');
    await stream.stop();
  }, 120_000);

  it('an upload that was cut at one goes on at the other, also while the first still believes in it', async () => {
    const device = await newDevice(programs[0].url);
    const other = through(device, programs[1].url);
    const bytes = Buffer.alloc(300_000, 'số');
    const hash = sha256(bytes);
    const created = await device.raw('/v1/files/upload', {
      method: 'POST',
      headers: {
        ...tus,
        'upload-length': String(bytes.length),
        'upload-metadata': `sha256 ${base64(hash)},name ${base64('a.pdf')}`,
      },
    });
    const location = created.headers.get('location') ?? '';
    // The first connection sends a part and then hangs for ever, as behind a cable that was pulled.
    const abort = new AbortController();
    const hanging = new ReadableStream({
      start: (controller) => controller.enqueue(bytes.subarray(0, 100_000)),
    });
    const first = device
      .raw(location, {
        method: 'PATCH',
        headers: { ...tus, 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' },
        body: hanging,
        duplex: 'half',
        signal: abort.signal,
      } as RequestInit)
      .catch(() => undefined);
    const offset = async () =>
      Number((await other.raw(location, { method: 'HEAD', headers: tus })).headers.get('upload-offset'));
    await expect.poll(offset, wait).toBeGreaterThan(0);
    const at = await offset();
    const rest = await other.raw(location, {
      method: 'PATCH',
      headers: { ...tus, 'upload-offset': String(at), 'content-type': 'application/offset+octet-stream' },
      body: bytes.subarray(at),
    });
    expect(rest.status).toBe(204);
    abort.abort();
    await first;
    const back = await device.raw(`/v1/files/${hash}`);
    expect(sha256(Buffer.from(await back.arrayBuffer()))).toBe(hash);
  }, 120_000);

  it('a code enrols one device and a signed token request is good once, whichever process is asked', async () => {
    const code = newCode();
    const clients = programs.map(({ url }) => new PlainClient(url, Date.now));
    const tries = await Promise.allSettled(clients.map((client) => client.enrol(code)));
    expect(tries.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const device = await newDevice(programs[0].url);
    const request = device.tokenRequest();
    await device.post('/v1/token', request);
    const again = through(device, programs[1].url).post('/v1/token', request);
    expect(await refusalOf(again)).toMatchObject({ status: 403, detail: 'replay' });
  });

  it('operations of one device through both processes at a time are applied once', async () => {
    const device = await newDevice(programs[0].url);
    const other = through(device, programs[1].url);
    const ops = Array.from({ length: 20 }, (_, index) =>
      device.operation('xa-vt', 'intake.add', [newIntake('xa', `twice-${index}`)], index + 1),
    );
    await Promise.all([device.push(...ops), other.push(...ops)]);
    await device.pull();
    expect(ops.map((_, index) => device.row('intake', `twice-${index}`).rev)).toEqual(ops.map(() => 1));
    expect(admin('audit')).toContain('no fault');
  });

  it('a revocation at one shuts the device out of the other within 30 seconds, its stream too', async () => {
    const device = await newDevice(programs[1].url);
    const stream = await openStream(device);
    admin('devices', 'revoke', '--id', device.device);
    await expect.poll(stream.hasEnded, wait).toBe(true);
    const pins = async () => (await device.raw('/v1/people/pins')).status;
    await expect.poll(pins, { ...wait, interval: 1_000 }).toBe(403);
  }, 120_000);
});
