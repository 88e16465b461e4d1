import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../../server/storage/port';
import { sqlSyncDatabase, sqlTransaction } from '../../../server/storage/sql-transaction';
import type { SyncDatabase } from '../../../server/sync/port';
import { readChanges } from '../../../server/sync/pull';
import { takeInOperations } from '../../../server/sync/push';
import { type Office, openOffice } from '../server/office';
import type { PlainClient } from '../server/plain-client';
import { type PostgresCluster, startPostgres } from '../server/postgres-cluster';
import { newIntake } from '../server/rows';

/** How many transactions are committed side by side: `CV_VISIBILITY_COMMITS=10000` is the whole proof. */
const commits = Number(process.env['CV_VISIBILITY_COMMITS'] ?? 400);
const writers = 8;

/**
 * The order that comes to mind first, for comparison only: places come from a sequence, so that nobody waits for anybody's
 * commit, and the end of a feed is the highest place that can be seen.
 */
function naiveOrder(database: Database): SyncDatabase {
  return {
    transaction: (mode, work) =>
      database.transaction(mode, (session) =>
        work({
          ...sqlTransaction(session),
          advanceHead: async () => {
            const rows = await session.query<{ place: number }>(`select nextval('naive_place') as place`);
            return rows[0]?.place ?? 0;
          },
          headsOf: async (buckets) => {
            const heads = await session.query<{ bucket: string; head: number }>(
              'select bucket, max(seq) as head from feed where bucket = any($1::text[]) group by bucket',
              [buckets],
            );
            return new Map(heads.map(({ bucket, head }) => [bucket, head]));
          },
        }),
      ),
  };
}

/** Reads like a client, over and over, until `stop`: each page from the cursor that the one before has given. */
async function readOn(
  database: SyncDatabase,
  reader: PlainClient,
  stopped: () => boolean,
): Promise<Set<string>> {
  const seen = new Set<string>();
  const author = { device: reader.device, unit: reader.unit };
  let cursors: Record<string, number> = {};
  for (let last = false; ; ) {
    const { pages } = await readChanges(database, author, { epoch: reader.epoch, cursors, limit: 500 });
    for (const { rows } of pages) for (const { id } of rows) seen.add(id);
    cursors = Object.fromEntries(pages.map(({ bucket, next }) => [bucket, next]));
    if (last && pages.every(({ more }) => !more)) return seen;
    last = stopped();
  }
}

/** Commits `count` operations of eight devices beside one reader; gives how many rows the reader never got. */
async function skipped(office: Office, database: SyncDatabase, count: number): Promise<number> {
  const unit = await office.newUnit();
  const devices = await Promise.all(Array.from({ length: writers }, () => office.newDevice(unit)));
  const reader = await office.newDevice(unit);
  const written: string[] = [];
  let writing = true;
  const reading = readOn(database, reader, () => !writing);
  try {
    await Promise.all(
      devices.map(async (device, index) => {
        for (let n = 1; n <= count / writers; n += 1) {
          const id = `${unit}-${index}-${n}`;
          const operation = device.operation(`${unit}-clerk`, 'intake.add', [newIntake(unit, id)], n);
          const { results } = await takeInOperations(
            database,
            { device: device.device, unit },
            { epoch: device.epoch, ops: [operation] } as never,
            () => operation.at,
            () => undefined,
          );
          expect(results[0]).toMatchObject({ status: 'ok' });
          written.push(id);
        }
      }),
    );
  } finally {
    writing = false;
  }
  const seen = await reading;
  expect(written).toHaveLength(Math.floor(count / writers) * writers);
  return written.filter((id) => !seen.has(id)).length;
}

describe('visibility on PostgreSQL', () => {
  let cluster: PostgresCluster;
  let office: Office;
  beforeAll(async () => {
    cluster = await startPostgres();
    office = await openOffice(cluster.url);
    await office.server.context.database.asOwner((session) =>
      session.script('create sequence naive_place; grant usage on naive_place to cong_van_app'),
    );
  });
  afterAll(async () => {
    await office?.stop();
    await cluster?.stop();
  });

  it('in the order of the counters a reader beside eight writers skips no row', {
    timeout: 900_000,
  }, async () => {
    const { database } = office.server.context;
    expect(await skipped(office, sqlSyncDatabase(database), commits)).toBe(0);
  });

  it('in the order of a sequence it does: the test above can see it', { timeout: 900_000 }, async () => {
    const naive = naiveOrder(office.server.context.database);
    let missed = 0;
    for (let done = 0; missed === 0 && done < 10_000; done += commits)
      missed = await skipped(office, naive, commits);
    if (process.env['CV_VISIBILITY_COMMITS'] !== undefined)
      process.stdout.write(`${missed} of ${commits} rows skipped in the order of a sequence\n`);
    expect(missed).toBeGreaterThan(0);
  });
});
