import { mkdtemp, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PlainClient, refusalOf, versions } from './plain-client';
import { buildProgram, type Program, runAdminProgram, startProgram } from './program';
import { newIntake } from './rows';
import { openStream } from './streams';
import { upload } from './uploads';

/** Words that stand for what a log must never hold. */
const marks = {
  text: 'DauHieuNoiDung',
  file: 'DauHieuTenTep',
  person: 'DauHieuHoTen',
  pin: '73519046',
  code: 'DAUH-IEUM-AGHI',
  path: 'DauHieuDuongDan',
} as const;

describe('watching a running server', () => {
  let data: string;
  let program: Program;
  let device: PlainClient;

  beforeAll(async () => {
    buildProgram();
    data = await mkdtemp(path.join(tmpdir(), 'cong-van-watching-'));
    program = await startProgram(data, '--metrics-port', '0', '--log-level', 'debug');
    const admin = (...args: readonly string[]) => runAdminProgram(data, ...args);
    admin('units', 'add', '--id=xa', '--name=Xã', '--symbol=CĐ', '--level=grassroots');
    const person = ['--unit=xa', `--name=${marks.person}`, '--position=Văn thư', '--roles=clerk'];
    admin('people', 'add', '--id=xa-vt', ...person, `--pin=${marks.pin}`);
    device = new PlainClient(program.url, Date.now);
    await device.enrol(admin('enrol-code', 'create', '--unit', 'xa'));
    await device.login();
    await device.pull();
  }, 240_000);
  afterAll(async () => {
    await program?.end('SIGTERM');
    await rm(data, { recursive: true, force: true });
  });

  const metrics = async () => (await fetch(program.metricsUrl())).text();
  const valueOf = (text: string, line: string) =>
    Number(new RegExp(`^${line.replace(/[{}"+]/g, '\\$&')} (\\S+)$`, 'm').exec(text)?.[1] ?? Number.NaN);

  it('metrics count requests, operations, rows, files, streams and transactions, and name nobody', async () => {
    const before = await metrics();
    const bytes = `bytes of ${marks.text}`;
    await device.act('xa-vt', 'intake.add', newIntake('xa', 'm-1', bytes));
    await device.act('xa-vt', 'intake.add', newIntake('xa', 'm-1', bytes));
    await upload(device, bytes);
    await device.pull();
    const stream = await openStream(device);
    const after = await metrics();
    const grown = (line: string) => valueOf(after, line) - (valueOf(before, line) || 0);
    expect(grown('cong_van_operations_total{result="ok"}')).toBe(1);
    expect(grown('cong_van_operations_total{result="rejected"}')).toBe(1);
    expect(grown('cong_van_requests_total{method="POST",route="/v1/sync/push",status="200"}')).toBe(2);
    expect(grown('cong_van_rows_pulled_total')).toBe(1);
    expect(grown('cong_van_file_bytes_total{direction="received"}')).toBe(bytes.length);
    expect(grown('cong_van_transaction_seconds_count')).toBeGreaterThan(5);
    expect(valueOf(after, 'cong_van_transaction_seconds_bucket{le="+Inf"}')).toBe(
      valueOf(after, 'cong_van_transaction_seconds_count'),
    );
    expect(valueOf(after, 'cong_van_streams_open')).toBe(1);
    expect(valueOf(after, 'cong_van_database_bytes')).toBeGreaterThan(1_000_000);
    await stream.stop();
    await expect.poll(async () => valueOf(await metrics(), 'cong_van_streams_open')).toBe(0);
    for (const line of after.trim().split('\n')) {
      expect(line).toMatch(/^(# (HELP|TYPE) cong_van_|cong_van_[a-z_]+(\{[^}]*\})? [0-9.e+-]+$)/);
    }
    expect(after).not.toMatch(/xa|DauHieu/);
  });

  it('metrics are not on the port that devices use', async () => {
    const response = await fetch(`${program.url}/metrics`, { headers: versions });
    expect(response.status).toBe(404);
  });

  it('the log is JSON lines without a word of a document, a name, a PIN, a code or an address', async () => {
    const good = newIntake('xa', 'log-1');
    const named = { ...(good.patch['file'] as object), name: `${marks.file}.pdf` };
    const patch = { ...good.patch, note: marks.text, file: named };
    expect((await device.act('xa-vt', 'intake.add', { ...good, patch })).status).toBe('ok');
    const refused = { ...good, id: 'log-2', patch: { ...patch, id: 'log-2', state: marks.text } };
    expect((await device.act('xa-vt', 'intake.add', refused)).status).toBe('rejected');
    await device.raw('/v1/sync/push', {
      method: 'POST',
      body: `{"epoch":"${marks.text}`,
      headers: { 'content-type': 'application/json' },
    });
    await device.raw(`/v1/${marks.path}?q=${marks.path}`);
    await device.raw(`/v1/files/${marks.path}`);
    await refusalOf(
      device.post('/v1/enrol', { code: marks.code, name: marks.person, publicKey: device.publicKey }),
    );
    await device.raw('/v1/people/pins', { headers: { authorization: `Bearer ${marks.text}.x.y` } });
    const lines = program.stderr().trim().split('\n');
    expect(lines.length).toBeGreaterThan(10);
    for (const line of lines) expect(() => JSON.parse(line) as unknown).not.toThrow();
    expect(Object.values(marks).filter((mark) => program.stderr().includes(mark))).toEqual([]);
  });

  it('a sender that never finishes its headers is cut', async () => {
    const { hostname, port } = new URL(program.url);
    const socket = connect(Number(port), hostname);
    let answer = '';
    socket.setEncoding('utf8').on('data', (text: string) => {
      answer += text;
    });
    const ended = new Promise<void>((resolve) => socket.once('close', () => resolve()));
    socket.on('error', () => undefined);
    socket.write('POST /v1/sync/push HTTP/1.1\r\nhost: x\r\n');
    await ended;
    expect(answer).toMatch(/^HTTP\/1\.1 408 /);
    await device.pull();
  }, 120_000);

  it('SIGTERM: a running request is finished, a new one finds nobody, and the status is 0', async () => {
    const body = JSON.stringify({ epoch: device.epoch, cursors: device.cursors, limit: 1 });
    const running = request(`${program.url}/v1/sync/pull`, {
      method: 'POST',
      headers: {
        ...versions,
        authorization: `Bearer ${device.access}`,
        'content-type': 'application/json',
        'content-length': body.length,
      },
    });
    const answered = new Promise<number | undefined>((resolve, reject) => {
      running.once('response', (response) => resolve(response.resume().statusCode)).once('error', reject);
    });
    const logged = () => program.stderr().split('"/v1/sync/pull"').length;
    const before = logged();
    running.write(body.slice(0, 10));
    await expect.poll(logged).toBe(before + 1);
    const ended = program.end('SIGTERM');
    await expect
      .poll(() =>
        fetch(`${program.url}/v1/health`).then(
          () => 'answers',
          () => 'gone',
        ),
      )
      .toBe('gone');
    running.end(body.slice(10));
    expect(await answered).toBe(200);
    expect(await ended).toBe(0);
  }, 120_000);
});
