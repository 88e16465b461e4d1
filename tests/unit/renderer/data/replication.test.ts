import { AppError } from '@shared/result/result';
import type { SyncNet } from '@shared/sync/engine';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Replication } from '../../../../renderer/src/data/replication';
import type { ReplicationState } from '../../../../renderer/src/data/sync-channel';
import { noteRound, readSyncRecord } from '../../../../renderer/src/data/sync-record';
import { type Disk, newDisk, openStore } from '../../sync/memory-database';
import { unitRow, write } from '../../sync/sample-work';
import { SmallServer } from '../../sync/small-server';

let disk: Disk;
let server: SmallServer;
let now: number;
let running: Replication[];

beforeEach(() => {
  disk = newDisk();
  server = new SmallServer();
  now = Date.parse(server.now);
  running = [];
});
afterEach(() => Promise.all(running.map((replication) => replication.stop())));

/** A start of the sync window; `told` is everything that the other windows hear. */
async function start(net: SyncNet = server.net) {
  const store = await openStore(disk);
  const replication = new Replication({
    store,
    net,
    lastSync: (await readSyncRecord(store.state)).lastSync,
    note: (round) => noteRound(store.state, round),
    clock: () => now,
    random: () => 0,
    afterRound: () => undefined,
  });
  running.push(replication);
  const told: ReplicationState[] = [];
  replication.state.subscribe((state) => told.push(state));
  return { replication, store, told };
}

const cut: SyncNet = {
  push: () => Promise.reject(new AppError('SERVER_UNREACHABLE')),
  pull: () => Promise.reject(new AppError('SERVER_UNREACHABLE')),
};

describe('what the rounds say of themselves', () => {
  it('a first pull counts what came, and at most so much is still to come until nothing is', async () => {
    for (let n = 0; n < 700; n += 1) server.set('units', `u${n}`, unitRow(`u${n}`));
    const { replication, told } = await start();
    await replication.now();
    const counts = told.map(({ progress: { received, toReceive } }) => [received, toReceive]);
    expect(counts).toContainEqual([500, 200]);
    expect(counts.at(-1)).toEqual([700, 0]);
  });

  it('a push counts what was sent', async () => {
    const { replication, store, told } = await start();
    await write(store, 'a');
    await write(store, 'b');
    await replication.now();
    expect(told.at(-1)).toMatchObject({ progress: { sent: 2 }, report: { sent: 2 } });
  });

  it('the time of the last contact outlives a restart without the server', async () => {
    const first = await start();
    await first.replication.now();
    const at = now;
    now += 60_000;
    const second = await start(cut);
    expect(second.told[0]).toMatchObject({ lastSync: at, report: null });
    await second.replication.now();
    expect(second.told.at(-1)).toMatchObject({ lastSync: at, online: false, problem: 'SERVER_UNREACHABLE' });
  });

  it('says since when rounds fail, and forgets it with the first good one', async () => {
    let reachable = false;
    const { replication, told } = await start({
      push: (request) => server.net.push(request),
      pull: (request) => (reachable ? server.net : cut).pull(request),
    });
    await replication.now();
    const since = now;
    now += 20_000;
    await replication.now();
    expect(told.at(-1)).toMatchObject({ failingSince: since });
    reachable = true;
    await replication.now();
    expect(told.at(-1)).toMatchObject({ failingSince: 0, problem: '' });
  });

  it('tells how far the clock is from the word of the server', async () => {
    now += 12 * 60_000;
    const { replication, told } = await start();
    await replication.now();
    expect(told.at(-1)?.clockAheadMs).toBe(12 * 60_000);
  });

  it('a full disk is told as a full disk, also when it keeps the record from being written', async () => {
    server.set('units', 'a', unitRow('a'));
    const { replication, told } = await start();
    disk.beforeStep = () => {
      throw new AppError('DISK_FULL');
    };
    await replication.now();
    expect(told.at(-1)).toMatchObject({ busy: false, problem: 'DISK_FULL', lastSync: 0 });
  });
});
