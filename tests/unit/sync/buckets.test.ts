import { syncOnce } from '@shared/sync/engine';
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

const shownIds = (): readonly string[] => Object.keys(shownOn(disk)).sort();

describe('a row knows the buckets that hold it', () => {
  it('stays while another bucket holds it, and goes when it has left the last', async () => {
    server.readable = ['unit:u', 'unit:v'];
    server.set('units', 'a', unitRow('a'), ['unit:u', 'unit:v']);
    const store = await openStore(disk);
    await syncOnce(store.replica, server.net);
    server.leave('units', 'a', 'unit:u');
    await syncOnce(store.replica, server.net);
    expect(shownIds()).toEqual(['units/a']);
    server.leave('units', 'a', 'unit:v');
    await syncOnce(store.replica, server.net);
    expect(shownIds()).toEqual([]);
  });

  it('goes with a bucket that may not be read any more, unless another one holds it', async () => {
    server.readable = ['unit:u', 'unit:v'];
    server.set('units', 'both', unitRow('both'), ['unit:u', 'unit:v']);
    server.set('units', 'only', unitRow('only'), ['unit:v']);
    const store = await openStore(disk);
    await syncOnce(store.replica, server.net);
    server.readable = ['unit:u'];
    await syncOnce(store.replica, server.net);
    expect(shownIds()).toEqual(['units/both']);
    expect(Object.keys(await store.replica.cursors())).toEqual(['unit:u']);
  });

  it('a bucket that was granted is read from its start, and its digest is that of the server', async () => {
    server.set('units', 'a', unitRow('a'));
    server.set('units', 'old', unitRow('old'), ['unit:v']);
    const store = await openStore(disk);
    await syncOnce(store.replica, server.net);
    server.readable = [...server.readable, 'unit:v'];
    await syncOnce(store.replica, server.net);
    expect(shownIds()).toEqual(['units/a', 'units/old']);
    for (const bucket of ['unit:u', 'unit:v'])
      expect(await store.digest(bucket)).toEqual(server.digest(bucket));
  });

  it('own work that waits is never dropped with a bucket', async () => {
    const store = await openStore(disk);
    await syncOnce(store.replica, server.net);
    await write(store, 'mine');
    server.set('units', 'theirs', unitRow('theirs'));
    const cut = { ...server.net, push: () => Promise.reject(new Error('cut')) };
    await expect(syncOnce(store.replica, cut)).rejects.toThrow('cut');
    server.readable = ['province'];
    await expect(syncOnce(store.replica, cut)).rejects.toThrow('cut');
    expect(shownIds()).toEqual(['units/mine']);
    expect(await store.replica.pendingOperations(10)).toHaveLength(1);
  });

  it('what the server has put where this device may not read is not shown after it was confirmed', async () => {
    server.readable = ['province'];
    const store = await openStore(disk);
    await write(store, 'mine');
    await syncOnce(store.replica, server.net);
    expect(server.lastN).toBe(1);
    expect(shownIds()).toEqual([]);
  });
});

describe('a bucket is read again from its start', () => {
  it('because its digest differs: what the server does not give again goes, and nothing else', async () => {
    for (const id of ['a', 'b', 'c']) server.set('units', id, unitRow(id));
    const store = await openStore(disk);
    await syncOnce(store.replica, server.net);
    // A fault of the past: this device kept a row that the server does not have.
    server.rows.delete('units/b');
    server.feeds.set('unit:u', server.feeds.get('unit:u')?.filter(({ row }) => row !== 'units/b') ?? []);
    expect(await store.digest('unit:u')).not.toEqual(server.digest('unit:u'));
    await store.readAgain('unit:u');
    await syncOnce(store.replica, server.net, { pullLimit: 1 });
    expect(shownIds()).toEqual(['units/a', 'units/c']);
    expect(await store.digest('unit:u')).toEqual(server.digest('unit:u'));
  });

  it('while a page of it is on its way: that page is not taken for the beginning', async () => {
    for (const id of ['a', 'b', 'c']) server.set('units', id, unitRow(id));
    const store = await openStore(disk);
    let calls = 0;
    const net = {
      ...server.net,
      pull: async (request: Parameters<typeof server.net.pull>[0]) => {
        calls += 1;
        const answer = await server.net.pull(request);
        if (calls === 3) await store.readAgain('unit:u');
        return answer;
      },
    };
    await syncOnce(store.replica, net, { pullLimit: 1 });
    await syncOnce(store.replica, server.net);
    expect(shownIds()).toEqual(['units/a', 'units/b', 'units/c']);
    expect(await store.digest('unit:u')).toEqual(server.digest('unit:u'));
  });
});
