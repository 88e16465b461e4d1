import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addUnit, type Engine, type Place, Places } from './engines';
import { type Operation, type PlainClient, Refused, refusalOf, sha256 } from './plain-client';
import { buildProgram } from './program';
import { newIntake } from './rows';

const places = new Places();
beforeAll(buildProgram);
afterAll(() => places.close());

const base64 = (text: string) => Buffer.from(text, 'utf8').toString('base64');

/** Sends a small file, and gives its name by content. */
async function sendFile(device: PlainClient, bytes: Uint8Array): Promise<string> {
  const response = await device.raw('/v1/files/upload', {
    method: 'POST',
    headers: {
      'tus-resumable': '1.0.0',
      'upload-length': String(bytes.length),
      'upload-metadata': `sha256 ${base64(sha256(bytes))}`,
      'content-type': 'application/offset+octet-stream',
    },
    body: bytes as Uint8Array<ArrayBuffer>,
  });
  if (response.status !== 201) throw new Error(`upload: ${response.status}`);
  return sha256(bytes);
}

/** A device that takes in files and sends them. */
class KeepingDevice {
  readonly client: PlainClient;

  constructor(client: PlainClient) {
    this.client = client;
  }

  get kept(): readonly Operation[] {
    return [...this.client.kept.values()];
  }

  async work(id: string): Promise<void> {
    const { client } = this;
    const file = await sendFile(client, Buffer.from(`tệp của ${id}`));
    const change = newIntake(client.unit, id, `tệp của ${id}`);
    const operation = client.operation(`${client.unit}-clerk`, 'intake.add', [change], this.kept.length + 1);
    const { results } = await client.push(operation);
    if (results[0]?.status !== 'ok') throw new Error(`${id} ${file}: ${results[0]?.reason}`);
  }

  /** Meets the server again at another address: epoch, rows from the start, own work after what it holds, files. */
  async meetAgain(url: string): Promise<void> {
    const { client } = this;
    Object.assign(client, { server: url });
    await client.login();
    const changed = await client.pull().catch((error: unknown) => error);
    if (!(changed instanceof Refused) || changed.code !== 'EPOCH_CHANGED') throw new Error('no new epoch');
    await client.startOver(changed.detail);
    for (const { changes } of this.kept) {
      const bytes = Buffer.from(`tệp của ${changes[0]?.id}`);
      const { missing } = await client.post<{ missing: string[] }>('/v1/files/have', {
        sha256: [sha256(bytes)],
      });
      if (missing.length > 0) await sendFile(client, bytes);
    }
  }
}

async function province(engine: Engine) {
  const place = await places.make(engine);
  await addUnit(place, 'xa');
  const server = await place.start();
  return { place, server, folder: path.join(await places.folder(), 'backups') };
}

/** Makes a backup; two in one second would have one name, and the second is refused. */
async function anotherBackup(place: Place, folder: string, ...more: readonly string[]): Promise<void> {
  const make = () =>
    place.admin('backup', '--folder', folder, ...more).catch((error: Error) => error.message);
  await expect.poll(make, { timeout: 60_000, interval: 1_000 }).toMatch(/^backup-/);
}

const directions: readonly (readonly [Engine, Engine])[] = [
  ['pglite', 'postgres'],
  ['postgres', 'pglite'],
];

describe.each(directions)('a backup of %s, restored into %s', (from, into) => {
  it('made under load: devices, also one that it does not know, send again what it does not hold; every work is there once, every copy is equal', {
    timeout: 240_000,
  }, async () => {
    const { place, server, folder } = await province(from);
    const devices = [
      new KeepingDevice(await place.newDevice(server, 'xa')),
      new KeepingDevice(await place.newDevice(server, 'xa')),
    ];
    const doneWork = () => devices.reduce((sum, { kept }) => sum + kept.length, 0);
    let enough = 300;
    const working = Promise.all(
      devices.map(async (device, index) => {
        for (let n = 1; doneWork() < enough; n++) await device.work(`w-${index}-${n}`);
      }),
    );
    await expect.poll(doneWork, { timeout: 60_000 }).toBeGreaterThan(10);
    const before = doneWork();
    expect(await place.admin('backup', '--folder', folder)).toMatch(/^backup-\w+\t\d+ rows/);
    const late = new KeepingDevice(await place.newDevice(server, 'xa'));
    await late.work('w-late');
    enough = doneWork() + 10;
    await working;
    await server.end('SIGKILL');

    const target = await places.make(into);
    const said = target.run('restore', '--folder', folder);
    expect(said).toMatchObject({ status: 0, stdout: expect.stringMatching(/new epoch [0-9a-f]{32}/) });
    expect(await target.admin('audit', '--deep')).toContain('no fault');
    const restored = await target.start();
    const lastN = (await target.admin('devices', 'list', '--json').then(JSON.parse)) as { lastN: number }[];
    const held = lastN.reduce((sum, device) => sum + device.lastN, 0);
    expect(held).toBeGreaterThanOrEqual(before - devices.length);
    expect(held).toBeLessThan(doneWork());

    Object.assign(late.client, { server: restored.url });
    expect(await refusalOf(late.client.login())).toMatchObject({ code: 'NOT_ENROLLED' });
    const code = await target.admin('enrol-code', 'create', '--unit', 'xa');
    const { device: deviceId, publicKey } = late.client;
    await late.client.post('/v1/enrol', { code, name: 'Máy muộn', publicKey, deviceId });

    devices.push(late);
    for (const device of devices) await device.meetAgain(restored.url);
    const ids = devices.flatMap(({ kept }) => kept.map(({ changes }) => changes[0]?.id ?? ''));
    for (const { client } of devices) {
      await client.pull();
      for (const id of ids) expect(client.row('intake', id).rev).toBe(1);
      const digest = await client.post<{ digest: string }>('/v1/sync/digest', { bucket: 'unit:xa' });
      expect(digest.digest).toBe(client.ownDigest());
    }
    expect(await target.admin('audit', '--deep')).toContain('no fault');
  });
});

describe('backups', { timeout: 240_000 }, () => {
  it('a damaged backup is found, named and not restored; the one before it is', async () => {
    const { place, server, folder } = await province('pglite');
    const device = new KeepingDevice(await place.newDevice(server, 'xa'));
    await device.work('d-1');
    const [first = ''] = (await place.admin('backup', '--folder', folder)).split('\t');
    await device.work('d-2');
    await anotherBackup(place, folder);
    const content = sha256(Buffer.from('tệp của d-2'));
    const file = path.join(folder, 'content', content.slice(0, 2), content);
    const bytes = await readFile(file);
    bytes.writeUInt8(bytes.readUInt8(3) ^ 1, 3);
    await writeFile(file, bytes);

    const verified = place.admin('backup', 'verify', '--folder', folder);
    await expect(verified).rejects.toThrow(`file ${content}: damaged\n1 faults`);
    const target = await places.make('pglite');
    await expect(target.admin('restore', '--folder', folder)).rejects.toThrow(
      `HASH_MISMATCH: file ${content}`,
    );
    expect(existsSync(path.join(target.data, 'files'))).toBe(false);
    expect(await target.admin('restore', '--folder', folder, '--name', first)).toContain(first);
    expect(await target.admin('people', 'list')).toContain('xa-clerk');
    await expect(target.admin('restore', '--folder', folder, '--name', first)).rejects.toThrow(/not empty/);
  });

  it('a manifest or a table that was changed is not believed', async () => {
    const { place, folder } = await province('pglite');
    const [name = ''] = (await place.admin('backup', '--folder', folder)).split('\t');
    const manifest = path.join(folder, name, 'manifest');
    const written = await readFile(manifest, 'utf8');
    await writeFile(manifest, written.replace(/"rows": \d+/, '"rows": 9999'));
    await expect(place.admin('backup', 'verify', '--folder', folder)).rejects.toThrow(
      'HASH_MISMATCH: manifest',
    );
    await writeFile(manifest, written);
    await rm(path.join(folder, name, 'table-entity.gz'));
    await expect(place.admin('backup', 'verify', '--folder', folder)).rejects.toThrow(
      'table entity: missing',
    );
  });

  it('encrypted: nothing in the folder says what it holds, and only the passphrase opens it', async () => {
    const { place, server, folder } = await province('pglite');
    const device = new KeepingDevice(await place.newDevice(server, 'xa'));
    await device.work('e-1');
    const passphrase = path.join(await places.folder(), 'passphrase');
    await writeFile(passphrase, 'một câu dài chỉ hai người biết\n');
    const key = ['--passphrase-file', passphrase];
    await place.admin('backup', '--folder', folder, ...key);

    const content = sha256(Buffer.from('tệp của e-1'));
    for (const name of await readdir(folder, { recursive: true })) {
      expect(name).not.toContain(content);
      const bytes = await readFile(path.join(folder, name)).catch(() => Buffer.alloc(0));
      for (const word of ['tệp của', 'entity', 'xa-clerk', content])
        expect(bytes.includes(word), name).toBe(false);
    }
    await expect(place.admin('backup', 'verify', '--folder', folder)).rejects.toThrow(
      'need --passphrase-file',
    );
    const wrong = path.join(await places.folder(), 'passphrase');
    await writeFile(wrong, 'một câu dài khác với câu kia');
    const target = await places.make('pglite');
    await expect(target.admin('restore', '--folder', folder, '--passphrase-file', wrong)).rejects.toThrow(
      /not that/,
    );
    await target.admin('restore', '--folder', folder, ...key);
    expect(await target.admin('audit', '--deep')).toContain('"files":1}\nno fault');
  });

  it("only as many as wanted are kept, with the files that they hold; a half-made one is nobody's backup", async () => {
    const { place, server, folder } = await province('pglite');
    const device = new KeepingDevice(await place.newDevice(server, 'xa'));
    await device.work('k-1');
    const make = () => anotherBackup(place, folder, '--keep', '2');
    await make();
    const { client } = device;
    await client.pull();
    const purge = {
      state: 'purged',
      file: null,
      problem: '',
      incomingId: '',
      note: '',
      at: 'x',
      by: 'xa-clerk',
    };
    const change = {
      coll: 'intake',
      id: 'k-1',
      base: client.row('intake', 'k-1').rev,
      create: false,
      patch: purge,
    };
    expect(await client.act('xa-clerk', 'intake.purge', change)).toMatchObject({ status: 'ok' });
    const content = sha256(Buffer.from('tệp của k-1'));
    const file = path.join(folder, 'content', content.slice(0, 2), content);
    await make();
    expect(existsSync(file)).toBe(true);
    await mkdir(path.join(folder, '.partial-backup-20260302T000000Z'));
    await make();
    expect(existsSync(file)).toBe(false);
    const names = JSON.parse(await place.admin('backup', 'list', '--folder', folder, '--json')) as unknown[];
    expect(names).toHaveLength(2);
    expect((await readdir(folder)).filter((name) => name.startsWith('.'))).toEqual([]);
  });

  it('what the store has lost is said, left out, and asked for again after a restore', async () => {
    const { place, server, folder } = await province('pglite');
    const device = new KeepingDevice(await place.newDevice(server, 'xa'));
    await device.work('l-1');
    const content = sha256(Buffer.from('tệp của l-1'));
    await rm(path.join(place.data, 'files', content.slice(0, 2), content.slice(2, 4), content));
    await expect(place.admin('backup', '--folder', folder)).rejects.toThrow(
      `file ${content}: missing or damaged`,
    );
    await expect(place.admin('audit')).rejects.toThrow(`file ${content}: missing`);
    const health = (await (await fetch(`${server.url}/v1/health`)).json()) as Record<string, unknown>;
    expect(health).toMatchObject({ lastBackup: { ok: false }, lastAudit: { ok: false } });

    const target = await places.make('pglite');
    expect(await target.admin('restore', '--folder', folder)).toContain('1 files were not in the backup');
    expect(await target.admin('audit')).toContain('no fault');
    const restored = await target.start();
    await device.meetAgain(restored.url);
    const response = await device.client.raw(`/v1/files/${content}`);
    expect(await response.text()).toBe('tệp của l-1');
  });

  it('a folder without backups, and one that cannot be made, are said in plain words', async () => {
    const { place } = await province('pglite');
    const empty = await places.folder();
    expect(place.run('backup', 'verify', '--folder', empty)).toMatchObject({
      status: 1,
      stderr: 'NOT_FOUND: no backup',
    });
    await writeFile(path.join(empty, 'file'), randomBytes(10));
    const inside = path.join(empty, 'file', 'backups');
    expect(place.run('backup', '--folder', inside)).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/^IO: ENOTDIR/),
    });
  });
});
