import { LocalState } from '@shared/sync/client/local-state';
import { describe, expect, it } from 'vitest';
import {
  noteRound,
  type RoundRecord,
  readSyncRecord,
  type SyncRecord,
  withRound,
} from '../../../../renderer/src/data/sync-record';
import { memoryDatabase, newDisk } from '../../sync/memory-database';

const nothing: RoundRecord = {
  at: 1,
  tookMs: 100,
  sent: 0,
  received: 0,
  rejected: 0,
  conflicts: 0,
  problem: '',
};
const empty: SyncRecord = { lastSync: 0, rounds: [] };
const after = (...rounds: readonly Partial<RoundRecord>[]) =>
  rounds.reduce((record, round) => withRound(record, { ...nothing, ...round }), empty);

describe('what a machine remembers of its rounds', () => {
  it('a look at the server that found nothing is contact, and no line of the report', () => {
    expect(after({ at: 5, received: 2 }, { at: 9 })).toMatchObject({ lastSync: 9, rounds: [{ at: 5 }] });
  });

  it('a round that did not end well is no contact; what fails again for the same reason is told once', () => {
    const record = after(
      { at: 5, sent: 1 },
      { at: 6, problem: 'SERVER_BUSY' },
      { at: 7, problem: 'SERVER_BUSY' },
      { at: 8, problem: 'DISK_FULL' },
    );
    expect(record.lastSync).toBe(5);
    expect(record.rounds.map(({ at, problem }) => [at, problem])).toEqual([
      [8, 'DISK_FULL'],
      [6, 'SERVER_BUSY'],
      [5, ''],
    ]);
  });

  it('to be offline is no problem, but what was moved before the line broke is told', () => {
    expect(after({ problem: 'OFFLINE' }, { problem: 'SERVER_UNREACHABLE' }).rounds).toEqual([]);
    expect(after({ problem: 'SERVER_UNREACHABLE', received: 500 }).rounds).toHaveLength(1);
  });

  it('the last twenty are kept, the newest first', () => {
    const many = Array.from({ length: 25 }, (_, index) => ({ at: index + 1, sent: 1 }));
    const { rounds } = after(...many);
    expect(rounds).toHaveLength(20);
    expect([rounds[0]?.at, rounds.at(-1)?.at]).toEqual([25, 6]);
  });

  it('is there again after a restart', async () => {
    const disk = newDisk();
    const start = () => new LocalState(memoryDatabase(disk).state);
    await noteRound(start(), { ...nothing, at: 7, received: 3 });
    expect(await readSyncRecord(start())).toMatchObject({ lastSync: 7, rounds: [{ received: 3 }] });
  });
});
