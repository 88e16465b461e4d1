import { type SyncNet, syncOnce } from '@shared/sync/engine';
import type { Operation } from '@shared/sync/operation';
import { Overlay } from '@shared/sync/overlay';
import { beforeEach, describe, expect, it } from 'vitest';
import { type Disk, newDisk, openStore } from './memory-database';
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
      if (step.startsWith('rows')) throw new Error('disk full');
    };
    await expect(syncOnce(store.replica, server.net)).rejects.toThrow('disk full');
    expect((await store.replica.cursors())['unit:u']).toBe(0);
  });
});

describe('push', () => {
  it('keeps an operation pending until the server has answered it', async () => {
    const store = await openStore(disk);
    await write(store, 'a');
    const torn: SyncNet = { ...server.net, push: () => Promise.reject(new Error('torn')) };
    await expect(syncOnce(store.replica, torn)).rejects.toThrow('torn');
    expect(await store.replica.pendingOperations(10)).toHaveLength(1);
    await syncOnce(store.replica, server.net);
    expect(await store.replica.pendingOperations(10)).toEqual([]);
    expect(server.lastN).toBe(1);
  });
});

describe('work on its way over pulled rows', () => {
  const op = (n: number): Operation => ({
    op: `D:${n}`,
    n,
    command: 'incoming.comment',
    actor: 'p',
    at: '',
    changes: [{ coll: 'incoming', id: 'x', base: 1, create: false, patch: { note: `n${n}` } }],
  });
  it('is only what the row does not contain yet', () => {
    const overlay = new Overlay();
    overlay.add(op(2));
    overlay.add(op(1));
    const notes = (through: number) =>
      overlay.changes('incoming', 'x', through).map(({ patch }) => patch['note']);
    expect(notes(0)).toEqual(['n1', 'n2']);
    expect(notes(1)).toEqual(['n2']);
    overlay.confirmThrough(2);
    expect(notes(0)).toEqual([]);
  });
});
