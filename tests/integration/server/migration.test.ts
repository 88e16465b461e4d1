import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migrate, migrations } from '../../../server/storage/migrate';
import type { Database, Session } from '../../../server/storage/port';
import { openPostgres } from '../../../server/storage/postgres';
import { actForServer } from '../../../server/storage/scope';
import { openOffice } from './office';
import { type PostgresCluster, startPostgres } from './postgres-cluster';
import { newIntake } from './rows';

/** The tables of the first release. */
const firstRelease = migrations.slice(0, 3);
const identity = () => ({ id: randomUUID(), epoch: randomUUID(), tokenSecret: 'c2VjcmV0' });

describe('migration of a database that is in use', () => {
  let cluster: PostgresCluster;
  const open = (connections = 4) =>
    openPostgres({
      url: cluster.url,
      connections,
      waiting: 100,
      onIdleError: () => undefined,
    });

  beforeAll(async () => {
    cluster = await startPostgres();
  });
  afterAll(() => cluster?.stop());

  it('an older process writes on while two newer ones start at once; nothing it wrote is lost', async () => {
    const old = open();
    const before = await migrate(old, identity, firstRelease);
    await old.transaction('read-write', async (session) => {
      await actForServer(session);
      await write(session, 'units', 'xa', { id: 'xa', unit: 'xa', name: 'Xã' }, 'province');
    });

    const load = writeOn(old);
    await load.until(20);
    // Somebody holds the tables for longer than a migration waits for them at a time.
    const slow = old.transaction('read-write', async (session) => {
      await actForServer(session);
      await write(session, 'intake', 'slow', newIntake('xa', 'slow').patch, 'unit:xa');
      await session.query('select 1 from op for update');
      await session.query('select pg_sleep(5)');
    });
    const newer = [open(), open()];
    const identities = await Promise.all(newer.map((database) => migrate(database, identity)));
    await slow;
    await load.until(load.written() + 20);
    const { failures, ids } = await load.stop();

    expect(failures).toEqual([]);
    expect(identities).toEqual([before, before]);
    const [first] = newer;
    if (first === undefined) throw new Error('no database');
    const versions = await first.transaction('snapshot', (session) =>
      session.query<{ version: number }>('select version from migration order by version'),
    );
    expect(versions.map(({ version }) => version)).toEqual(migrations.map((_, index) => index + 1));
    for (const database of [old, ...newer]) await database.close();

    const office = await openOffice(cluster.url);
    try {
      const device = await office.newDevice('xa');
      const pulled = [...device.rows.keys()].filter((key) => key.startsWith('intake/'));
      expect(pulled.sort()).toEqual(['slow', ...ids].map((id) => `intake/${id}`).sort());
      expect(await office.admin('audit')).toContain('no fault');
    } finally {
      await office.stop();
    }
  }, 120_000);

  it('a program refuses data that a newer one has migrated', async () => {
    const database = open(1);
    await expect(migrate(database, identity, firstRelease)).rejects.toMatchObject({
      code: 'UPDATE_REQUIRED',
    });
    await database.close();
  });
});

/** Writes a row as the first release does, in its own statements. */
async function write(
  session: Session,
  coll: string,
  id: string,
  data: Readonly<Record<string, unknown>>,
  bucket: string,
): Promise<void> {
  await session.query(
    `insert into entity (coll, id, unit, rev, data, stamps, buckets, last_op)
     values ($1, $2, $3, 1, $4::jsonb, '{}', $5::text[], 'old')`,
    [coll, id, String(data['unit']), JSON.stringify(data), [bucket]],
  );
  const [head] = await session.query<{ head: number }>(
    `insert into bucket as b (bucket, head) values ($1, 1)
     on conflict (bucket) do update set head = b.head + 1 returning head`,
    [bucket],
  );
  await session.query(
    'insert into feed (bucket, seq, coll, id, rev, gone) values ($1, $2, $3, $4, 1, false)',
    [bucket, head?.head ?? 0, coll, id],
  );
}

/** Two writers of the older release that never stop until they are told to. */
function writeOn(database: Database) {
  const ids: string[] = [];
  const failures: unknown[] = [];
  let going = true;
  const writer = async (name: string) => {
    for (let n = 0; going; n++) {
      const id = `${name}-${n}`;
      try {
        await database.transaction('read-write', async (session) => {
          await actForServer(session);
          await write(session, 'intake', id, newIntake('xa', id).patch, 'unit:xa');
        });
        ids.push(id);
      } catch (error) {
        failures.push(error);
      }
    }
  };
  const writers = Promise.all([writer('a'), writer('b')]);
  return {
    written: () => ids.length,
    until: (count: number) => expect.poll(() => ids.length, { timeout: 60_000 }).toBeGreaterThan(count),
    stop: async () => {
      going = false;
      await writers;
      return { failures, ids };
    },
  };
}
