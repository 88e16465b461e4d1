import path from 'node:path';
import { afterEach, beforeAll, describe, expect, it, type TestContext } from 'vitest';
import type { Database } from '../../../server/storage/port';
import { Places } from '../server/engines';
import { openOffice } from '../server/office';
import { PlainClient, sha256 } from '../server/plain-client';
import { startPostgres } from '../server/postgres-cluster';
import { buildProgram, startProgram } from '../server/program';
import { newIntake } from '../server/rows';
import { upload } from '../server/uploads';
import { beginLoad, failuresOf, workDone } from './load';
import { type Machine, settleAll } from './machine';
import { addMachines, addUnits } from './province';
import { lostWork, rowDifferences } from './server-truth';
import { makeSmallDisk, type SmallDisk } from './small-disk';

const wait = { timeout: 60_000 };
const units = ['an', 'binh'];

/** A small disk, or the test is left out and says why. */
function smallDisk(context: TestContext, megabytes: number, atEnd: (() => unknown)[]): SmallDisk {
  const disk = makeSmallDisk(megabytes);
  if (disk === null)
    return context.skip('only root may mount a small disk, where the system allows it at all');
  atEnd.push(disk.remove);
  return disk;
}

describe('the disk of the server is full', { timeout: 240_000 }, () => {
  const places = new Places();
  const atEnd: (() => unknown)[] = [];
  beforeAll(buildProgram);
  afterEach(async () => {
    for (const end of atEnd.splice(0).reverse()) await end();
    await places.close();
  });

  it('of its files: an upload is refused with 507, rows go on, what was stored stays, and afterwards the same upload is taken', async (context) => {
    const disk = smallDisk(context, 8, atEnd);
    const place = await places.make('pglite');
    const server = await startProgram(place.data, '--log-level', 'silent', '--files', disk.folder);
    atEnd.push(() => server.end('SIGKILL'));
    await addUnits(place.admin, ['an']);
    const device = new PlainClient(server.url, Date.now);
    await device.enrol(await place.admin('enrol-code', 'create', '--unit=an'));
    await device.login();
    await device.pull();
    const [before, during] = ['trước '.repeat(20_000), 'trong '.repeat(20_000)];
    await upload(device, before);

    disk.fill();
    await expect(upload(device, during)).rejects.toMatchObject({ status: 507, code: 'DISK_FULL' });
    const had = await device.post<{ missing: string[] }>('/v1/files/have', { sha256: [sha256(during)] });
    expect(had.missing).toEqual([sha256(during)]);
    expect(await device.act('an-mai', 'intake.add', newIntake('an', 'i-1', during))).toMatchObject({
      status: 'ok',
    });
    expect(sha256(await (await device.raw(`/v1/files/${sha256(before)}`)).text())).toBe(sha256(before));

    disk.free();
    await upload(device, during);
    expect(sha256(await (await device.raw(`/v1/files/${sha256(during)}`)).text())).toBe(sha256(during));
    expect(await place.admin('audit', '--deep')).toContain('no fault');
  });

  /** People work while the disk fills up and has room again; they are told so, and nothing is lost. */
  async function fillUnderLoad(disk: SmallDisk, machines: readonly Machine[]): Promise<void> {
    const load = beginLoad(machines, 40, 40);
    await expect.poll(() => workDone(machines), wait).toBeGreaterThan(20);
    disk.fill();
    await expect.poll(() => failuresOf(machines)['SERVER_DISK_FULL'], wait).toBeGreaterThan(0);
    const before = workDone(machines);
    await expect.poll(() => workDone(machines), wait).toBeGreaterThan(before + 10);
    disk.free();
    await load.stop();
    await settleAll(machines);
    const told = Object.keys(failuresOf(machines)).filter((code) => code !== 'SERVER_BUSY');
    expect(told).toEqual(['SERVER_DISK_FULL']);
    for (const machine of machines) expect(await machine.differingBuckets()).toEqual([]);
  }

  async function expectNothingLost(database: Database, machines: readonly Machine[]): Promise<void> {
    for (const machine of machines) {
      expect(await lostWork(database, machine)).toEqual([]);
      expect(await rowDifferences(database, machine)).toEqual([]);
    }
  }

  it('of PostgreSQL: people are told so and go on working, and afterwards everything is there once', async (context) => {
    const disk = smallDisk(context, 150, atEnd);
    const cluster = await startPostgres([], disk.folder);
    atEnd.push(cluster.stop);
    const office = await openOffice(cluster.url);
    atEnd.push(office.stop);
    await addUnits(office.admin, units);
    const machines = await addMachines(office.admin, [...units, ...units], () => office.server.url);
    await fillUnderLoad(disk, machines);
    await expectNothingLost(office.server.context.database, machines);
    expect(await office.admin('audit')).toContain('no fault');
  });

  it('of PGlite: the same', async (context) => {
    const disk = smallDisk(context, 150, atEnd);
    const place = await places.make('pglite', path.join(disk.folder, 'data'));
    const server = await place.start();
    await addUnits(place.admin, units);
    const machines = await addMachines(place.admin, [...units, ...units], () => server.url);
    await fillUnderLoad(disk, machines);
    expect(await place.admin('audit')).toContain('no fault');
    expect(await server.end('SIGTERM')).toBe(0);
    const database = await place.openDatabase();
    await expectNothingLost(database, machines);
    await database.close();
  });
});
