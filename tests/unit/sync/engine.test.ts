import { AppError } from '@shared/result/result';
import { type SyncNet, syncOnce } from '@shared/sync/engine';
import { beforeEach, describe, expect, it } from 'vitest';
import { type Disk, newDisk, openStore, shownOn } from './memory-database';
import { unitRow, write } from './sample-work';
import { SmallServer } from './small-server';

let disk: Disk;
let server: SmallServer;

beforeEach(() => {
  disk = newDisk();
  server = new SmallServer();
});

describe('pull', () => {
  it('stores the rows of a page before it moves the cursor (H5), and confirms only at the end', async () => {
    for (const id of ['a', 'b', 'c']) server.set('units', id, unitRow(id));
    const store = await openStore(disk);
    disk.steps.length = 0;
    const report = await syncOnce(store.replica, server.net, { pullLimit: 2 });
    expect(disk.steps.filter((step) => step.startsWith('rows'))).toEqual(['rows units a,b', 'rows units c']);
    const [first, second] = [disk.steps.indexOf('rows units a,b'), disk.steps.indexOf('rows units c')];
    expect(disk.steps.slice(first + 1, second)).toEqual(['state position']);
    expect(disk.steps.at(-1)).toBe('state position');
    expect(report.received).toBe(3);
  });

  it('does not move the cursor when storing failed', async () => {
    server.set('units', 'a', unitRow('a'));
    const store = await openStore(disk);
    disk.beforeStep = (step) => {
      if (step.startsWith('rows')) throw new AppError('DISK_FULL');
    };
    await expect(syncOnce(store.replica, server.net)).rejects.toThrow('DISK_FULL');
    expect((await store.replica.cursors())['unit:u']).toBe(0);
  });

  it('asks for exactly one page ahead while a page is being stored', async () => {
    for (const id of ['a', 'b', 'c', 'd']) server.set('units', id, unitRow(id));
    const store = await openStore(disk);
    const asked: number[] = [];
    disk.beforeStep = (step) => {
      if (step.startsWith('rows')) asked.push(server.pulls);
    };
    await syncOnce(store.replica, server.net, { pullLimit: 1 });
    expect(asked).toEqual([2, 3, 4, 4]);
  });

  it('confirms nothing while one bucket has more to come', async () => {
    for (const id of ['a', 'b', 'c']) server.set('units', id, unitRow(id), ['province']);
    const store = await openStore(disk);
    await write(store, 'mine');
    await syncOnce(store.replica, server.net, { pullLimit: 1 });
    const confirmed: number[] = [];
    const before = store.replica.confirmThrough.bind(store.replica);
    store.replica.confirmThrough = (n) => {
      confirmed.push(n);
      return before(n);
    };
    for (const id of ['d', 'e']) server.set('units', id, unitRow(id), ['province']);
    await syncOnce(store.replica, server.net, { pullLimit: 1 });
    expect(confirmed).toEqual([1]);
    expect(await store.digest('province')).toEqual(server.digest('province'));
  });

  it('does not show an older version again (S4)', async () => {
    server.set('units', 'a', unitRow('a'));
    server.set('units', 'a', { name: 'mới' });
    const store = await openStore(disk);
    await syncOnce(store.replica, server.net);
    const from = (await store.replica.cursors())['unit:u'] ?? 0;
    const late = { coll: 'units' as const, id: 'a', rev: 1, gone: false, data: unitRow('a', 'cũ') };
    await store.replica.storePage({ bucket: 'unit:u', rows: [late], next: from, more: false }, from, 0);
    expect(await store.read('units', 'a')).toMatchObject({ name: 'mới', rev: 2 });
  });
});

describe('push', () => {
  it('keeps an operation pending until the server has answered it', async () => {
    const store = await openStore(disk);
    await write(store, 'a');
    const torn: SyncNet = { ...server.net, push: () => Promise.reject(new AppError('SERVER_UNREACHABLE')) };
    await expect(syncOnce(store.replica, torn)).rejects.toThrow('SERVER_UNREACHABLE');
    expect(await store.replica.pendingOperations(10)).toHaveLength(1);
    await syncOnce(store.replica, server.net);
    expect(await store.replica.pendingOperations(10)).toEqual([]);
    expect(server.lastN).toBe(1);
  });

  it('a lost answer loses nothing: the later edit stands, and nothing is applied twice (H3)', async () => {
    const store = await openStore(disk);
    await write(store, 'a');
    const deaf: SyncNet = {
      ...server.net,
      push: async (request) => {
        await server.net.push(request);
        throw new AppError('SERVER_UNREACHABLE');
      },
    };
    await expect(syncOnce(store.replica, deaf)).rejects.toThrow('SERVER_UNREACHABLE');
    await write(store, 'a', { name: 'lần 2' });
    const report = await syncOnce(store.replica, server.net);
    expect(report).toMatchObject({ sent: 2, conflicts: 0 });
    expect(server.taken.map(({ operation }) => operation.n)).toEqual([1, 2]);
    expect(shownOn(disk)).toEqual(server.shown());
    expect(await store.read('units', 'a')).toMatchObject({ name: 'lần 2' });
  });

  it('shows the value that stands on the server where the own one has lost the merge', async () => {
    server.set('units', 'a', unitRow('a'));
    const store = await openStore(disk);
    await syncOnce(store.replica, server.net);
    server.set('units', 'a', { name: 'của người khác' });
    await write(store, 'a', { name: 'của tôi' });
    expect(await store.read('units', 'a')).toMatchObject({ name: 'của tôi' });
    expect(await syncOnce(store.replica, server.net)).toMatchObject({ conflicts: 1 });
    expect(await store.read('units', 'a')).toMatchObject({ name: 'của người khác' });
    await openStore(disk);
    expect(shownOn(disk)).toEqual(server.shown());
  });

  it('takes refused work off the rows, down to what the server has', async () => {
    for (const id of ['a', 'c']) server.set('units', id, unitRow(id));
    const store = await openStore(disk);
    await syncOnce(store.replica, server.net);
    server.refuses.set(1, 'NOT_ALLOWED');
    await write(store, 'a', { name: 'không được', place: 'Vĩnh Hòa' });
    await write(store, 'a', { place: 'Tân Phú' });
    await write(store, 'b');
    server.refuses.set(3, 'FORBIDDEN');
    await write(store, 'c', { name: 'không được' });
    server.refuses.set(4, 'WRONG_STATE');
    expect(await syncOnce(store.replica, server.net)).toMatchObject({ rejected: 3 });
    expect(await store.read('units', 'c')).toMatchObject({ name: 'Đơn vị c' });
    expect(await store.read('units', 'a')).toMatchObject({ name: 'Đơn vị a', place: 'Tân Phú' });
    expect(await store.read('units', 'b')).toBeNull();
    expect((await store.outboxEntries('rejected', 10)).map(({ reason }) => reason)).toEqual([
      'NOT_ALLOWED',
      'FORBIDDEN',
      'WRONG_STATE',
    ]);
  });

  it.each(['UPDATE_REQUIRED', 'SERVER_BUSY', 'DEVICE_REVOKED'] as const)(
    '%s says nothing of an operation: it is not called blocked, and everything waits as it was',
    async (code) => {
      const store = await openStore(disk);
      for (const id of ['a', 'b']) await write(store, id);
      let pushes = 0;
      const net: SyncNet = {
        ...server.net,
        push: () => {
          pushes += 1;
          return Promise.reject(new AppError(code));
        },
      };
      await expect(syncOnce(store.replica, net)).rejects.toThrow(code);
      expect(pushes).toBe(1);
      expect(await store.blocked()).toBeNull();
      expect(await store.replica.pendingOperations(10)).toHaveLength(2);
    },
  );

  it('a full disk while a refusal is recorded says nothing of the operation: it is not called blocked, and is answered again', async () => {
    const store = await openStore(disk);
    await write(store, 'a');
    server.refuses.set(1, 'NOT_ALLOWED');
    disk.beforeStep = (step) => {
      if (step.startsWith('outbox')) throw new AppError('DISK_FULL');
    };
    await expect(syncOnce(store.replica, server.net)).rejects.toThrow('DISK_FULL');
    expect(await store.blocked()).toBeNull();
    disk.beforeStep = () => undefined;
    expect((await syncOnce(store.replica, server.net)).rejected).toBe(1);
    expect(await store.outboxEntries('rejected', 10)).toHaveLength(1);
  });

  it('ends where the server answers something else than it was asked, instead of asking for ever', async () => {
    const store = await openStore(disk);
    await write(store, 'a');
    let pushes = 0;
    const net: SyncNet = {
      ...server.net,
      push: async () => {
        pushes += 1;
        if (pushes > 5) throw new Error('asked for ever');
        const results = [{ op: 'E:9', status: 'ok' as const, reason: '', rows: [] }];
        return { results, lastN: 0, epoch: 'e1', now: server.now };
      },
    };
    await expect(syncOnce(store.replica, net)).rejects.toThrow('SERVER_REFUSED');
    expect(await store.replica.pendingOperations(10)).toHaveLength(1);
  });

  it('is asked by halves where it does not take all at once: few requests, and only one is blocked', async () => {
    const store = await openStore(disk);
    for (let at = 0; at < 64; at += 1) await write(store, `a${at}`);
    server.failsAt.add(64);
    const sizes: number[] = [];
    const net: SyncNet = {
      ...server.net,
      push: (request) => {
        sizes.push(request.ops.length);
        return server.net.push(request);
      },
    };
    expect((await syncOnce(store.replica, net)).blocked).toEqual({ op: 'D:64', code: 'INTERNAL' });
    expect(server.lastN).toBe(63);
    expect(sizes.length).toBeLessThan(16);
  });

  it('an operation that the server cannot take is shown, and neither what is before it nor the news wait for it', async () => {
    const store = await openStore(disk);
    for (const id of ['a', 'b', 'c']) await write(store, id);
    server.failsAt.add(2);
    server.set('units', 'news', unitRow('news'));
    const report = await syncOnce(store.replica, server.net);
    expect(report.blocked).toEqual({ op: 'D:2', code: 'INTERNAL' });
    expect(await store.blocked()).toEqual({ op: 'D:2', code: 'INTERNAL' });
    expect(server.lastN).toBe(1);
    expect(await store.read('units', 'news')).not.toBeNull();
    server.failsAt.clear();
    expect((await syncOnce(store.replica, server.net)).blocked).toBeNull();
    expect(await store.blocked()).toBeNull();
    expect(server.lastN).toBe(3);
  });
});
