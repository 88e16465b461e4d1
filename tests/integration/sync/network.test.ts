import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Office, openOffice } from '../server/office';
import { type PostgresCluster, startPostgres } from '../server/postgres-cluster';
import { BreakingLine } from './breaking-line';
import { heapWithoutDisks } from './heap';
import { beginLoad, failuresOf, workDone } from './load';
import { type Machine, settleAll } from './machine';
import { chanceOf } from './office-work';
import { addMachines, addUnits } from './province';
import { lostWork, rowDifferences } from './server-truth';

/** How long the lines come and go: `CV_NETWORK_SECONDS=600` is the whole proof. */
const seconds = Number(process.env['CV_NETWORK_SECONDS'] ?? 12);
const units = Array.from({ length: 10 }, (_, index) => `u${index}`);
const seats = [...units, ...units];
/** A line is away for so long at most each time. */
const longestMs = seconds > 60 ? 20_000 : 2_000;
const workMs = seconds > 60 ? 1_000 : 250;
/** The heap is weighed after each third. What is left of garbage differs by less than this. */
const unevenBytes = 4_000_000;

describe('twenty machines behind lines that are cut, slow and late', () => {
  let cluster: PostgresCluster;
  let office: Office;
  const lines: BreakingLine[] = [];
  beforeEach(async () => {
    cluster = await startPostgres();
    office = await openOffice(cluster.url);
    for (const index of seats.keys())
      lines.push(await BreakingLine.open(() => office.server.url, chanceOf(100 + index)));
  });
  afterEach(async () => {
    for (const line of lines.splice(0)) await line.close();
    await office?.stop();
    await cluster?.stop();
  });

  it('half of the time away: every outbox drains, every copy is equal, nothing is lost, the memory stays flat', {
    timeout: 3_600_000,
  }, async () => {
    await addUnits(office.admin, units);
    const machines = await addMachines(office.admin, seats, (index) => lines[index]?.url ?? '');
    const { database } = office.server.context;
    const heaps: number[] = [];
    for (const third of [1, 2, 3]) {
      const end = performance.now() + (seconds * 1_000) / 3;
      const goesOn = () => performance.now() < end;
      const load = beginLoad(machines, third * 100, workMs);
      await Promise.all(
        lines.map((line, index) => line.comeAndGo(chanceOf(third * 1_000 + index), longestMs, goesOn)),
      );
      await load.stop();
      await settleAll(machines);
      for (const machine of machines) {
        expect(machine.waiting()).toBe(0);
        expect(await machine.differingBuckets()).toEqual([]);
      }
      heaps.push(heapWithoutDisks(machines.map(({ disk }) => disk)));
    }
    for (const machine of machines) {
      expect(await lostWork(database, machine)).toEqual([]);
      expect(await rowDifferences(database, machine)).toEqual([]);
      // The line was felt: a test in which nothing breaks proves nothing.
      expect(machine.failures.get('SERVER_UNREACHABLE')).toBeGreaterThan(0);
    }
    expect(lines.reduce((sum, { counts }) => sum + counts.late, 0)).toBeGreaterThan(0);
    expect(await office.admin('audit')).toContain('no fault');
    if (process.env['CV_NETWORK_SECONDS'] !== undefined) report(machines, heaps);
    expect((heaps[2] ?? 0) - (heaps[0] ?? 0)).toBeLessThan(unevenBytes);
  });

  function report(machines: readonly Machine[], heaps: readonly number[]): void {
    const [operations, failures] = [workDone(machines), failuresOf(machines)];
    const broken = lines.reduce((sum, { counts }) => sum + counts.broken, 0);
    const late = lines.reduce((sum, { counts }) => sum + counts.late, 0);
    process.stdout.write(`${JSON.stringify({ operations, broken, late, failures, heaps })}\n`);
  }
});
