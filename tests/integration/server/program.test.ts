import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { PlainClient } from './plain-client';
import { buildProgram, type Program, runAdminProgram, startProgram } from './program';
import { newIntake } from './rows';

describe('the server program', () => {
  let data: string;
  let running: Program | undefined;
  beforeAll(buildProgram);
  beforeEach(async () => {
    data = await mkdtemp(path.join(tmpdir(), 'cong-van-program-'));
  });
  afterEach(async () => {
    await running?.end('SIGKILL');
    running = undefined;
    await rm(data, { recursive: true, force: true });
  });

  const start = async (...more: readonly string[]) => {
    running = await startProgram(data, ...more);
    return running;
  };
  const addUnit = () => {
    runAdminProgram(
      data,
      'units',
      'add',
      '--id',
      'xa',
      '--name',
      'Xã',
      '--symbol',
      'CĐ',
      '--level',
      'grassroots',
    );
    runAdminProgram(
      data,
      'people',
      'add',
      '--id=xa-vt',
      '--unit=xa',
      '--name=Văn thư',
      '--position=Văn thư',
      '--roles=clerk',
      '--pin=246810',
    );
  };
  const device = async (
    url: string,
    code = runAdminProgram(data, 'enrol-code', 'create', '--unit', 'xa'),
  ) => {
    const client = new PlainClient(url, Date.now);
    await client.enrol(code);
    await client.login();
    await client.pull();
    return client;
  };

  it('admin works on the data alone and through a running server; the two never open it together', async () => {
    addUnit();
    const server = await start();
    expect(runAdminProgram(data, 'people', 'list')).toBe('xa-vt\txa\tclerk\tactive\tVăn thư\tVăn thư');
    const client = await device(server.url);
    expect(runAdminProgram(data, 'devices', 'list')).toContain(`${client.device}\txa\tactive`);
    runAdminProgram(data, 'devices', 'revoke', '--id', client.device);
    await expect(client.pull()).rejects.toMatchObject({ code: 'DEVICE_REVOKED' });
    await expect(startProgram(data)).rejects.toThrow(/in use by process/);
    expect(() => runAdminProgram(data, 'units', 'add', '--id', 'x y')).toThrow(/INVALID_INPUT/);
    expect(runAdminProgram(data, 'audit')).toContain('no fault');
  });

  it('SIGTERM: open streams end, everything acknowledged is kept, status 0, nothing left behind', async () => {
    addUnit();
    const server = await start();
    const client = await device(server.url);
    const stream = await client.raw('/v1/sync/stream');
    const read = stream.text();
    await client.act('xa-vt', 'intake.add', newIntake('xa', 'kept'));
    expect(await server.end('SIGTERM')).toBe(0);
    expect(await read).toContain('event: poke');
    expect(['server.pid', 'admin.sock'].filter((name) => existsSync(path.join(data, name)))).toEqual([]);
    expect(server.stderr()).not.toContain('Xã');
    const again = await start();
    const second = await device(again.url);
    expect(second.row('intake', 'kept').rev).toBe(1);
  });

  it('SIGKILL in the middle of pushes: what was acknowledged is there, once', async () => {
    addUnit();
    const server = await start();
    const client = await device(server.url);
    let acknowledged = 0;
    const pushing = (async () => {
      for (let n = 1; n <= 500; n++) {
        await client.act('xa-vt', 'intake.add', newIntake('xa', `k-${n}`));
        acknowledged = n;
      }
    })().catch(() => undefined);
    await expect.poll(() => acknowledged, { timeout: 20_000 }).toBeGreaterThan(30);
    expect(await server.end('SIGKILL')).toBe('SIGKILL');
    await pushing;
    const again = await start();
    const reader = await device(again.url);
    const rows = [...reader.rows.values()].filter((row) => row.id.startsWith('k-'));
    expect(rows.length).toBeGreaterThanOrEqual(acknowledged);
    expect(rows.length).toBeLessThanOrEqual(acknowledged + 1);
    for (let n = 1; n <= acknowledged; n++) expect(reader.row('intake', `k-${n}`).rev).toBe(1);
    expect(runAdminProgram(data, 'audit')).toContain('no fault');
  });

  it('--sample: a province with numbered documents, real PDFs, a meeting, PINs and codes to enrol with', async () => {
    const server = await start('--sample');
    const file = path.join(data, 'enrolment.json');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const enrolment = JSON.parse(await readFile(file, 'utf8')) as {
      serverUrl: string;
      units: { unit: string; codes: string[] }[];
    };
    expect(enrolment.serverUrl).toBe(server.url);
    expect(enrolment.units.map(({ unit }) => unit)).toEqual(['tinh', 'huyen', 'coso-a', 'coso-b']);
    const codeOf = (unit: string) => enrolment.units.find((one) => one.unit === unit)?.codes[0];
    const district = await device(server.url, codeOf('huyen'));
    const grassroots = await device(server.url, codeOf('coso-a'));

    const rows = [...district.rows.values()];
    const states = (coll: string) =>
      rows.filter((row) => row.coll === coll).map((row) => row.data?.['state']);
    expect(new Set(states('incoming'))).toEqual(new Set(['arrived', 'done', 'in-progress', 'submitted']));
    expect(states('outgoing').filter((state) => state === 'draft')).toHaveLength(1);
    const book = district.row('books', 'huyen:outgoing:2026:chung').data;
    const issued = states('outgoing').filter((state) => state === 'issued').length;
    expect(book).toMatchObject({ owner: '', next: issued + 1 });
    expect(grassroots.row('meetings', 'huyen-hn-7').data).toMatchObject({ state: 'published' });

    const files = rows.flatMap(({ data: row }) => [
      row?.['body'],
      ...((row?.['files'] as unknown[] | undefined) ?? []),
    ]);
    const shas = new Set(files.flatMap((one) => (one == null ? [] : [(one as { sha256: string }).sha256])));
    expect(shas.size).toBeGreaterThan(8);
    for (const sha of shas) {
      const response = await district.raw(`/v1/files/${sha}`);
      expect(
        Buffer.from(await response.arrayBuffer())
          .subarray(0, 5)
          .toString(),
      ).toBe('%PDF-');
    }
    expect(runAdminProgram(data, 'audit')).toContain('no fault');

    expect(await server.end('SIGINT')).toBe(0);
    const again = await start('--sample');
    const renewed = JSON.parse(await readFile(file, 'utf8')) as typeof enrolment;
    expect(renewed.serverUrl).toBe(again.url);
    const codes = renewed.units.find((one) => one.unit === 'huyen')?.codes ?? [];
    expect(codes).toHaveLength(8);
    expect(codes).not.toContain(codeOf('huyen'));
    expect(codes).toContain(enrolment.units.find((one) => one.unit === 'huyen')?.codes[1]);
  });
});
