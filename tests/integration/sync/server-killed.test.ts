import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../../../server/storage/port';
import { engines, Places } from '../server/engines';
import { type Office, openOffice } from '../server/office';
import { type PostgresCluster, startPostgres } from '../server/postgres-cluster';
import { buildProgram } from '../server/program';
import { BreakingLine } from './breaking-line';
import { beginLoad, failuresOf, workDone } from './load';
import { type Machine, settleAll } from './machine';
import { addMachines, addUnits } from './province';
import { lostWork, rowDifferences } from './server-truth';

/** How often each thing is killed: `CV_KILLS=10` is the whole proof, and is made on both databases. */
const whole = process.env['CV_KILLS'] !== undefined;
const kills = Number(process.env['CV_KILLS'] ?? 1);
const units = ['an', 'binh'];
const seats = [...units, ...units];
const wait = { timeout: 60_000, interval: 20 };
/** What a person may be told while the server or its database is away: that her work is safe here and is sent later. */
const honest = new Set(['SERVER_BUSY', 'SERVER_UNREACHABLE']);

async function moreWork(machines: readonly Machine[], pieces: number): Promise<void> {
  const before = workDone(machines);
  await expect.poll(() => workDone(machines), wait).toBeGreaterThan(before + pieces);
}

async function expectEqualCopies(machines: readonly Machine[]): Promise<void> {
  for (const machine of machines) expect(await machine.differingBuckets()).toEqual([]);
  expect(Object.keys(failuresOf(machines)).filter((code) => !honest.has(code))).toEqual([]);
  if (whole)
    process.stdout.write(`${workDone(machines)} operations, ${JSON.stringify(failuresOf(machines))}\n`);
}

async function expectNothingLost(database: Database, machines: readonly Machine[]): Promise<void> {
  for (const machine of machines) {
    expect(await lostWork(database, machine)).toEqual([]);
    expect(await rowDifferences(database, machine)).toEqual([]);
  }
}

describe('PostgreSQL is killed in mid-commit', () => {
  let cluster: PostgresCluster;
  let office: Office;
  beforeEach(async () => {
    // Every commit waits a while before it is flushed: whoever kills then, kills commits.
    cluster = await startPostgres(['commit_delay=30000', 'commit_siblings=0']);
    office = await openOffice(cluster.url);
  });
  afterEach(async () => {
    await office?.stop();
    await cluster?.stop();
  });

  /** Waits until a commit is under way, and kills the database with it. */
  async function killInCommit(): Promise<void> {
    const watcher = new pg.Client({ connectionString: cluster.url });
    watcher.on('error', () => undefined);
    await watcher.connect();
    const committing = async () => {
      const { rowCount } = await watcher.query(
        `select from pg_stat_activity where state = 'active' and query = 'commit'`,
      );
      return rowCount;
    };
    await expect.poll(committing, { timeout: 60_000, interval: 1 }).toBeGreaterThan(0);
    await cluster.crash();
  }

  const health = async () => {
    const { database } = (await (await fetch(`${office.server.url}/v1/health`)).json()) as {
      database: string;
    };
    return database;
  };

  it('what was acknowledged is there once after it is back, people are told to wait, and every copy is equal', {
    timeout: 1_800_000,
  }, async () => {
    await addUnits(office.admin, units);
    const machines = await addMachines(office.admin, seats, () => office.server.url);
    const load = beginLoad(machines, 10, 40);
    for (let kill = 0; kill < kills; kill += 1) {
      await moreWork(machines, 15);
      await killInCommit();
      const before = failuresOf(machines)['SERVER_BUSY'] ?? 0;
      await expect.poll(health, wait).toBe('unreachable');
      await expect.poll(() => failuresOf(machines)['SERVER_BUSY'], wait).toBeGreaterThan(before);
      await cluster.startAgain();
      await expect.poll(health, wait).toBe('reachable');
    }
    await load.stop();
    await settleAll(machines);
    await expectEqualCopies(machines);
    await expectNothingLost(office.server.context.database, machines);
    expect(await office.admin('audit')).toContain('no fault');
  });
});

describe.each(whole ? engines : (['postgres'] as const))('the server on %s', (engine) => {
  const places = new Places();
  const lines: BreakingLine[] = [];
  let address = '';
  beforeAll(async () => {
    buildProgram();
    // A steady address, as behind the proxy of a province, whatever server stands there.
    for (const _ of seats)
      lines.push(
        await BreakingLine.open(
          () => address,
          () => 0,
        ),
      );
  });
  afterAll(async () => {
    for (const line of lines) await line.close();
    await places.close();
  });

  it('is killed under load: what was acknowledged is there once, and every copy is equal', {
    timeout: 1_800_000,
  }, async () => {
    const place = await places.make(engine);
    let server = await place.start();
    address = server.url;
    await addUnits(place.admin, units);
    const machines = await addMachines(place.admin, seats, (index) => lines[index]?.url ?? '');
    const load = beginLoad(machines, 20, 40);
    for (let kill = 0; kill < kills; kill += 1) {
      await moreWork(machines, 20);
      expect(await server.end('SIGKILL')).toBe('SIGKILL');
      server = await place.start();
      address = server.url;
    }
    await load.stop();
    await settleAll(machines);
    await expectEqualCopies(machines);
    await server.end('SIGTERM');
    const database = await place.openDatabase();
    await expectNothingLost(database, machines);
    await database.close();
    expect(await place.admin('audit')).toContain('no fault');
  });

  it('is restored to an older backup under load: machines send again what it lacks, and every copy is equal', {
    timeout: 1_800_000,
  }, async () => {
    const place = await places.make(engine);
    const server = await place.start();
    address = server.url;
    await addUnits(place.admin, units);
    const machines = await addMachines(place.admin, seats, (index) => lines[index]?.url ?? '');
    const load = beginLoad(machines, 30, 40);
    await moreWork(machines, 20);
    const folder = await places.folder();
    await place.admin('backup', '--folder', folder);
    await moreWork(machines, 30);
    expect(await server.end('SIGKILL')).toBe('SIGKILL');
    const newer = await place.openDatabase();
    const inAll = (await countOperations(newer)) ?? 0;
    await newer.close();

    const target = await places.make(engine);
    await target.admin('restore', '--folder', folder);
    const older = await target.openDatabase();
    expect(await countOperations(older)).toBeLessThan(inAll);
    await older.close();
    const restored = await target.start();
    address = restored.url;
    await moreWork(machines, 20);
    await load.stop();
    await settleAll(machines);
    await expectEqualCopies(machines);
    await restored.end('SIGTERM');
    const database = await target.openDatabase();
    await expectNothingLost(database, machines);
    await database.close();
    expect(await target.admin('audit')).toContain('no fault');
  });
});

function countOperations(database: Database): Promise<number | undefined> {
  return database.transaction('snapshot', async (session) => {
    const rows = await session.query<{ count: number }>('select count(*) as count from op');
    return rows[0]?.count;
  });
}
