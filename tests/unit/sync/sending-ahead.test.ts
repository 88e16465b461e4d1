import { AppError } from '@shared/result/result';
import { type SyncNet, syncOnce } from '@shared/sync/engine';
import { beforeEach, describe, expect, it } from 'vitest';
import { outboxOf } from '../../simulation/machine/disk';
import { type Disk, newDisk, openStore, shownOn } from './memory-database';
import { write } from './sample-work';
import { SmallServer } from './small-server';

const ids = ['a', 'b', 'c', 'd', 'e'];
const limits = { pushLimit: 2 };
let disk: Disk;
let server: SmallServer;
/** The numbers of each push, in order. */
let pushes: number[][];
let net: SyncNet;

beforeEach(() => {
  disk = newDisk();
  server = new SmallServer();
  pushes = [];
  net = {
    ...server.net,
    push: (request) => {
      pushes.push(request.ops.map(({ n }) => n));
      return server.net.push(request);
    },
  };
});

/** A machine with five operations in its outbox, and what was on its way when the first answer came to be recorded. */
async function withWork() {
  const store = await openStore(disk);
  for (const id of ids) await write(store, id);
  const atFirstRecord: number[] = [];
  disk.beforeStep = (step) => {
    if (step === 'state position' && server.lastN > 0 && atFirstRecord.length === 0)
      atFirstRecord.push(pushes.length);
  };
  return { store, atFirstRecord };
}

const statuses = () => outboxOf(disk).map(({ status }) => status);

describe('what waits behind a push', () => {
  it('is on its way while the answer is recorded, each operation once and in order', async () => {
    const { store, atFirstRecord } = await withWork();
    const { sent } = await syncOnce(store.replica, net, limits);
    expect(sent).toBe(ids.length);
    expect(atFirstRecord).toEqual([2]);
    expect(pushes).toEqual([[1, 2], [3, 4], [5]]);
    expect(statuses()).toEqual(ids.map(() => 'done'));
    expect(shownOn(disk)).toEqual(server.shown());
  });

  it('waits where something was refused: recording it may give what waits other numbers', async () => {
    const { store, atFirstRecord } = await withWork();
    server.refuses.set(2, 'NOT_ALLOWED');
    const { rejected } = await syncOnce(store.replica, net, limits);
    expect(rejected).toBe(1);
    expect(atFirstRecord).toEqual([1]);
    expect(pushes).toEqual([[1, 2], [3, 4], [5]]);
    expect(shownOn(disk)).toEqual(server.shown());
  });

  it('is asked for again where the answer before it could not be recorded: nothing is lost or done twice', async () => {
    const { store } = await withWork();
    disk.beforeStep = (step) => {
      if (step === 'state position' && server.lastN > 0) throw new AppError('DISK_FULL');
    };
    await expect(syncOnce(store.replica, net, limits)).rejects.toThrow('DISK_FULL');
    expect([server.lastN, statuses()]).toEqual([4, ids.map(() => 'pending')]);
    disk.beforeStep = () => undefined;
    await syncOnce(store.replica, net, limits);
    expect([server.lastN, statuses()]).toEqual([ids.length, ids.map(() => 'done')]);
    expect(shownOn(disk)).toEqual(server.shown());
  });

  it('is sent by halves where the server does not take it, though what was before it is in', async () => {
    const { store } = await withWork();
    server.failsAt.add(4);
    expect((await syncOnce(store.replica, net, limits)).blocked).toEqual({ op: 'D:4', code: 'INTERNAL' });
    expect(pushes).toEqual([[1, 2], [3, 4], [3], [4]]);
    expect(statuses()).toEqual(['done', 'done', 'done', 'pending', 'pending']);
  });
});
