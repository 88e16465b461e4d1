import { AppError } from '@shared/result/result';
import { keptForMs } from '@shared/sync/client/outbox';
import { syncOnce } from '@shared/sync/engine';
import type { PullRequest, PushRequest } from '@shared/sync/protocol';
import { Serial } from '@shared/sync/serial';
import { beforeEach, describe, expect, it } from 'vitest';
import { outboxOf } from '../../simulation/machine/disk';
import { type Disk, newDisk, openStore, shownOn } from './memory-database';
import { unitRow, write } from './sample-work';
import { SmallServer } from './small-server';

let disk: Disk;
let server: SmallServer;

beforeEach(() => {
  disk = newDisk();
  server = new SmallServer();
});

const taken = (): readonly string[] =>
  server.taken.map(({ operation, result }) => `${operation.op} ${result.status}`);

describe('a server that was restored from a backup', () => {
  it('gets again what it has lost, in order, refused work too because a number may not be missing', async () => {
    const store = await openStore(disk);
    await write(store, 'a');
    await syncOnce(store.replica, server.net);
    const restore = server.backup();
    server.refuses.set(3, 'NOT_ALLOWED');
    for (const id of ['b', 'c', 'd']) await write(store, id);
    await syncOnce(store.replica, server.net);
    await store.putAway('D:3');
    restore();
    server.epoch = 'e2';
    await syncOnce(store.replica, server.net);
    expect(taken()).toEqual(['D:1 ok', 'D:2 ok', 'D:3 rejected', 'D:4 ok']);
    expect(shownOn(disk)).toEqual(server.shown());
    expect((await store.outboxEntries('seen', 10)).map(({ id }) => id)).toEqual(['D:3']);
    expect(await store.outboxEntries('rejected', 10)).toEqual([]);
  });

  it('is known by what it holds of our work, also where nobody has given it a new epoch', async () => {
    const store = await openStore(disk);
    await write(store, 'a');
    await syncOnce(store.replica, server.net);
    const restore = server.backup();
    await write(store, 'b');
    server.set('units', 'other', unitRow('other'));
    await syncOnce(store.replica, server.net);
    restore();
    for (const id of ['p', 'q', 'r']) server.set('units', id, unitRow(id));
    await syncOnce(store.replica, server.net);
    expect(taken()).toEqual(['D:1 ok', 'D:2 ok']);
    expect(shownOn(disk)).toEqual(server.shown());
    expect(Object.keys(shownOn(disk)).sort()).toEqual(['a', 'b', 'p', 'q', 'r'].map((id) => `units/${id}`));
  });

  it('is known by a cursor beyond its end: rows of another device that it has lost go, lower revisions are taken', async () => {
    server.set('units', 'a', unitRow('a'));
    const restore = server.backup();
    const store = await openStore(disk);
    server.set('units', 'a', { name: 'sau' });
    server.set('units', 'b', unitRow('b'));
    await syncOnce(store.replica, server.net);
    restore();
    await syncOnce(store.replica, server.net);
    expect(shownOn(disk)).toEqual(server.shown());
    expect(await store.read('units', 'a')).toMatchObject({ name: 'Đơn vị a', rev: 1 });
  });

  it('is met by one window, and another one shows the work that it has lost as well', async () => {
    const lock = new Serial();
    server.set('units', 'a', unitRow('a'));
    const hidden = await openStore(disk, { lock });
    await syncOnce(hidden.replica, server.net);
    const restore = server.backup();
    await write(hidden, 'a', { name: 'sau' });
    await syncOnce(hidden.replica, server.net);
    const visible = await openStore(disk, { lock });
    restore();
    server.epoch = 'e2';
    const push = () => Promise.reject(new AppError('SERVER_UNREACHABLE'));
    await expect(syncOnce(hidden.replica, { ...server.net, push })).rejects.toThrow('SERVER_UNREACHABLE');
    const row = { coll: 'units', id: 'a', rev: 1, gone: false, data: unitRow('a') } as const;
    await visible.storeAnswer({ row, epoch: 'e2' });
    expect(await visible.read('units', 'a')).toMatchObject({ name: 'sau' });
  });

  it('is told that everything was read and sent only when it is so: until then it gives no book away', async () => {
    const store = await openStore(disk);
    const said: (boolean | undefined)[] = [];
    const push = (request: PushRequest) => server.net.push(request);
    const net = {
      push,
      pull: (request: PullRequest) => {
        said.push(request.settled);
        return server.net.pull(request);
      },
    };
    const sayings = async (): Promise<readonly (boolean | undefined)[]> => {
      said.length = 0;
      await syncOnce(store.replica, net).catch(() => undefined);
      return [...said];
    };
    for (const id of ['a', 'b', 'c']) server.set('units', id, unitRow(id));
    expect(await sayings()).toEqual([false]);
    expect(await sayings()).toEqual([true]);
    const restore = server.backup();
    await write(store, 'b', { name: 'sau' });
    expect(await sayings()).toEqual([false, true]);
    restore();
    server.epoch = 'e2';
    net.push = () => Promise.reject(new AppError('SERVER_UNREACHABLE'));
    expect(await sayings()).toEqual([true, undefined]);
    expect(await sayings()).toEqual([false]);
    net.push = push;
    expect(await sayings()).toEqual([false, true]);
    await store.requireNumberingProof('restored');
    expect(await sayings()).toEqual([false]);
    expect(await sayings()).toEqual([true]);
  });

  it('is not told so while its history is read again and its end was not reached', async () => {
    const store = await openStore(disk);
    for (const id of ['a', 'b', 'c']) server.set('units', id, unitRow(id));
    await syncOnce(store.replica, server.net);
    expect(await store.replica.reached()).toMatchObject({ epoch: 'e1', settled: true });
    server.epoch = 'e2';
    let answers = 0;
    const pull = (request: PullRequest) => {
      answers += 1;
      // The old epoch is refused, the first page of the new history comes, and no more.
      return answers > 2 ? Promise.reject(new AppError('SERVER_UNREACHABLE')) : server.net.pull(request);
    };
    await expect(syncOnce(store.replica, { ...server.net, pull }, { pullLimit: 2 })).rejects.toThrow(
      'SERVER_UNREACHABLE',
    );
    expect(await store.replica.reached()).toMatchObject({ epoch: 'e2', settled: false });
    await syncOnce(store.replica, server.net);
    expect(await store.replica.reached()).toMatchObject({ epoch: 'e2', settled: true });
  });

  it('has an answer of an earlier history dropped: a book that it gave then is nobody’s now', async () => {
    const store = await openStore(disk);
    server.set('units', 'a', unitRow('a'));
    await syncOnce(store.replica, server.net);
    const late = {
      coll: 'units',
      id: 'a',
      rev: 9,
      gone: false,
      data: { ...unitRow('a'), name: 'cũ' },
    } as const;
    server.epoch = 'e2';
    await syncOnce(store.replica, server.net);
    await expect(store.storeAnswer({ row: late, epoch: 'e1' })).rejects.toMatchObject({
      code: 'EPOCH_CHANGED',
    });
    expect(await store.read('units', 'a')).toMatchObject({ name: 'Đơn vị a' });
  });

  it('work that it has taken off the rows is shown all the time until it is back', async () => {
    const store = await openStore(disk);
    await syncOnce(store.replica, server.net);
    const restore = server.backup();
    await write(store, 'a');
    await syncOnce(store.replica, server.net);
    restore();
    server.epoch = 'e2';
    const down = { ...server.net, push: () => Promise.reject(new Error('down')) };
    await expect(syncOnce(store.replica, down)).rejects.toThrow('down');
    expect(Object.keys(shownOn(disk))).toEqual(['units/a']);
    await openStore(disk);
    expect(Object.keys(shownOn(disk))).toEqual(['units/a']);
  });
});

describe('operations are kept 35 days after the answer of the server', () => {
  const day = 24 * 60 * 60 * 1000;
  const at = (ms: number) => new Date(ms).toISOString();
  const start = Date.parse('2026-01-05T00:00:00Z');

  it('then they go from outbox and journal; what waits and what was refused stays', async () => {
    const store = await openStore(disk);
    server.now = at(start);
    server.refuses.set(2, 'NOT_ALLOWED');
    for (const id of ['a', 'b', 'c']) await write(store, id);
    await syncOnce(store.replica, server.net);
    server.now = at(start + keptForMs - day);
    await syncOnce(store.replica, server.net);
    expect([...disk.outbox.keys()]).toEqual(['D:1', 'D:2', 'D:3']);
    server.now = at(start + keptForMs + day);
    await syncOnce(store.replica, server.net);
    expect([...disk.outbox.keys()]).toEqual(['D:2']);
    expect([...disk.journal.keys()]).toEqual([2, 3]);
    // Nobody may have read the refusal: it comes back from the journal when the database is lost.
    const rescued = await openStore({ ...newDisk(), journal: structuredClone(disk.journal) });
    await syncOnce(rescued.replica, server.net);
    expect((await rescued.outboxEntries('rejected', 10)).map(({ id }) => id)).toEqual(['D:2']);
    await store.putAway('D:2');
    await write(store, 'd');
    expect((await store.replica.pendingOperations(10)).map(({ n }) => n)).toEqual([4]);
  });

  it('but not before the rows contain it: while a bucket is held, everything stays', async () => {
    for (let count = 0; count < 40; count += 1) server.set('units', `u${count}`, unitRow(`u${count}`));
    const store = await openStore(disk);
    server.now = at(start);
    await syncOnce(store.replica, server.net);
    for (let count = 0; count < 40; count += 1) server.leave('units', `u${count}`);
    await write(store, 'mine');
    expect((await syncOnce(store.replica, server.net)).held).toEqual(['unit:u']);
    server.now = at(start + keptForMs + day);
    await syncOnce(store.replica, server.net);
    expect([...disk.outbox.keys()]).toEqual(['D:1']);
    expect(await store.read('units', 'mine')).not.toBeNull();
  });

  it('by the clock of the server: a workstation whose clock jumps ten years drops nothing', async () => {
    const store = await openStore(disk);
    server.now = at(start);
    await write(store, 'a');
    await syncOnce(store.replica, server.net);
    await syncOnce(store.replica, server.net);
    expect(outboxOf(disk).map(({ answeredAt }) => answeredAt)).toEqual([start]);
  });

  it('entries of a program that did not note the time are kept 35 days from now', async () => {
    const store = await openStore(disk);
    await write(store, 'a');
    await syncOnce(store.replica, server.net);
    for (const [id, entry] of disk.outbox) disk.outbox.set(id, { ...entry, status: 'done' });
    server.now = at(start);
    await syncOnce(store.replica, server.net);
    expect([...disk.outbox.values()].map(({ answeredAt }) => answeredAt)).toEqual([start]);
  });
});
