import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addGrant, removeGrant } from '../../../server/admin/grants';
import { type Office, openOffice } from '../server/office';
import { type PostgresCluster, startPostgres } from '../server/postgres-cluster';
import { type Machine, settleAll } from './machine';
import { chanceOf, officeWork, workAtRandom } from './office-work';
import { addMachines, addUnits } from './province';
import { lostWork, rowDifferences } from './server-truth';

/** How many things each of the eight writers does: `CV_ORACLE_STEPS=300` is the whole proof. */
const steps = Number(process.env['CV_ORACLE_STEPS'] ?? 40);
const units = ['an', 'binh', 'chau', 'duc'];
const writers = [...units, ...units];

/** Everything happens at once: people work, machines sync, units may read others and may not any more. */
async function workTogether(office: Office, machines: readonly Machine[]): Promise<void> {
  let working = true;
  const granting = grantAtRandom(office, () => working);
  try {
    await Promise.all(
      machines.map(async (machine, index) => {
        const chance = chanceOf(index);
        for (let step = 0; step < steps; step += 1) {
          // Everything once in its order, so that a short run meets it too; then by chance.
          const plan = officeWork[step];
          await (plan === undefined ? workAtRandom(machine, chance) : machine.work(plan, chance()));
          if (chance() % 3 === 0) await machine.sync();
        }
      }),
    );
  } finally {
    working = false;
    await granting;
  }
}

async function grantAtRandom({ server }: Office, goOn: () => boolean): Promise<void> {
  const chance = chanceOf(units.length * 10);
  const { database } = server.context;
  const held = new Set<string>();
  while (goOn()) {
    const [unit = '', readable = ''] = [units[chance() % 4], units[chance() % 4]];
    if (unit !== readable) {
      const grant = { unit, readable };
      const name = `${unit} ${readable}`;
      if (held.delete(name)) await removeGrant(database, grant);
      else await addGrant(database, grant).then(() => held.add(name));
    }
    await new Promise((resolve) => setTimeout(resolve, 10 + (chance() % 20)));
  }
}

describe.each(['pglite', 'postgres'] as const)('eight writers, grants and moves on %s', (engine) => {
  let cluster: PostgresCluster | undefined;
  let office: Office;
  beforeEach(async () => {
    cluster = engine === 'postgres' ? await startPostgres() : undefined;
    office = await openOffice(cluster?.url);
  });
  afterEach(async () => {
    await office?.stop();
    await cluster?.stop();
  });

  it('at rest every machine holds exactly the rows that SQL gives for its unit, and all work is on the server once', {
    timeout: 3_600_000,
  }, async () => {
    await addUnits(office.admin, units);
    const machines = await addMachines(office.admin, writers, () => office.server.url);
    await workTogether(office, machines);
    await settleAll(machines);

    const { database } = office.server.context;
    for (const machine of machines) {
      expect(await rowDifferences(database, machine)).toEqual([]);
      expect(await lostWork(database, machine)).toEqual([]);
      expect(await machine.differingBuckets()).toEqual([]);
    }
    expect(await office.admin('audit')).toContain('no fault');
    // Rows did move: something lies in more buckets than that of its own unit, and something has left one.
    const moved = await database.transaction('snapshot', async (session) => {
      await session.query("select set_config('app.unit', '*', true)");
      return session.query<{ gone: number; shared: number; delivered: number; sent: number }>(
        `select (select count(*) from feed where gone) as gone,
                (select count(*) from entity where cardinality(buckets) > 1) as shared,
                (select count(*) from entity where data ->> 'exchangeFrom' <> '') as delivered,
                (select count(*) from op) as sent`,
      );
    });
    const counts = moved[0];
    if (process.env['CV_ORACLE_STEPS'] !== undefined)
      process.stdout.write(`${engine} ${JSON.stringify(counts)}\n`);
    expect(counts?.gone).toBeGreaterThan(0);
    expect(counts?.shared).toBeGreaterThan(0);
    expect(counts?.delivered).toBeGreaterThan(0);
  });
});
