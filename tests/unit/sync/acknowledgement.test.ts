import { AppError } from '@shared/result/result';
import { syncOnce } from '@shared/sync/engine';
import { Serial } from '@shared/sync/serial';
import { beforeEach, describe, expect, it } from 'vitest';
import { type Disk, newDisk, openStore, shownOn } from './memory-database';
import { unitRow, write } from './sample-work';
import { SmallServer } from './small-server';

let disk: Disk;

beforeEach(() => {
  disk = newDisk();
});

describe('an operation is acknowledged', () => {
  it('when journal and outbox have it, in this order; the rows follow', async () => {
    const store = await openStore(disk);
    disk.steps.length = 0;
    await write(store, 'a');
    expect(disk.steps).toEqual(['journal D:1', 'outbox D:1 pending', 'rows units a']);
  });

  it.each(['journal', 'outbox'])(
    'not when the %s cannot take it: its number is given again',
    async (part) => {
      const store = await openStore(disk);
      disk.beforeStep = (step) => {
        if (step.startsWith(part)) throw new AppError('DISK_FULL');
      };
      await expect(write(store, 'a')).rejects.toThrow('DISK_FULL');
      disk.beforeStep = () => undefined;
      expect((await write(store, 'b')).n).toBe(1);
      expect(Object.keys(shownOn(disk))).toEqual(['units/b']);
      expect([...disk.journal.values()].map(({ changes }) => changes[0]?.id)).toEqual(['b']);
    },
  );
});

describe('after a stop', () => {
  it('between outbox and rows: what was acknowledged is shown', async () => {
    const store = await openStore(disk);
    disk.beforeStep = (step) => {
      if (step.startsWith('rows')) throw new Error('power');
    };
    await expect(write(store, 'a')).rejects.toThrow('power');
    disk.beforeStep = () => undefined;
    await openStore(disk);
    expect(Object.keys(shownOn(disk))).toEqual(['units/a']);
  });

  it('between journal and outbox: the operation comes back from the journal, and nobody numbers before a pull', async () => {
    const store = await openStore(disk);
    disk.beforeStep = (step) => {
      if (step.startsWith('outbox')) throw new Error('power');
    };
    await expect(write(store, 'a')).rejects.toThrow('power');
    disk.beforeStep = () => undefined;
    disk.steps.length = 0;
    const again = await openStore(disk);
    expect(again.recovered).toBe(1);
    expect(disk.steps.slice(0, 2)).toEqual(['state numbering-proof-needed', 'outbox D:1 pending']);
    expect(await again.numberingProofNeeded()).toBe('recovered');
    await syncOnce(again.replica, new SmallServer().net);
    expect(await again.numberingProofNeeded()).toBeNull();
  });

  it('that has cost the whole database: the journal gives everything back, and the server knows what it has', async () => {
    const server = new SmallServer();
    const store = await openStore(disk);
    await write(store, 'a');
    await syncOnce(store.replica, server.net);
    await write(store, 'b');
    const rescued = { ...newDisk(), journal: disk.journal };
    const again = await openStore(rescued);
    expect(again.recovered).toBe(2);
    expect(Object.keys(shownOn(rescued)).sort()).toEqual(['units/a', 'units/b']);
    expect(await syncOnce(again.replica, server.net)).toMatchObject({ sent: 2, rejected: 0 });
    expect(server.taken.map(({ operation }) => operation.op)).toEqual(['D:1', 'D:2']);
    expect(shownOn(rescued)).toEqual(server.shown());
  });

  it('stopped at any step of the rescue and the pull after it: all work is shown all the time', async () => {
    const server = new SmallServer();
    const store = await openStore(disk);
    await write(store, 'a');
    await syncOnce(store.replica, server.net);
    await write(store, 'a', { name: 'sửa' });
    const journal = structuredClone(disk.journal);
    const plain = { ...newDisk(), journal };
    const restore = server.backup();
    await syncOnce((await openStore(plain)).replica, server.net);
    for (let stop = 0; stop < plain.steps.length; stop += 1) {
      restore();
      const stopped = { ...newDisk(), journal: structuredClone(journal) };
      stopped.beforeStep = () => {
        if (stopped.steps.length === stop) throw new Error('power');
      };
      await openStore(stopped)
        .then((opened) => syncOnce(opened.replica, server.net))
        .catch((error: Error) => expect(error.message).toBe('power'));
      stopped.beforeStep = () => undefined;
      const again = await openStore(stopped);
      expect(await again.read('units', 'a'), `stopped before step ${stop}`).toMatchObject({ name: 'sửa' });
      await syncOnce(again.replica, server.net);
      expect(shownOn(stopped)).toEqual(server.shown());
    }
  });

  it('work that waited before there was a journal is written into it', async () => {
    const store = await openStore(disk);
    await write(store, 'a');
    await write(store, 'b');
    disk.journal.clear();
    await openStore(disk);
    expect([...disk.journal.keys()]).toEqual([1, 2]);
  });
});

describe('two windows over one database', () => {
  it('give numbers one after another, and a pull in one never hides the work of the other', async () => {
    const server = new SmallServer();
    const lock = new Serial();
    server.set('units', 'a', unitRow('a'));
    const hidden = await openStore(disk, { lock });
    const visible = await openStore(disk, { lock });
    await syncOnce(hidden.replica, server.net);
    await write(visible, 'a', { name: 'của tôi' });
    server.set('units', 'a', { place: 'Tân Phú' });
    const cut = { ...server.net, push: () => Promise.reject(new Error('cut')) };
    await expect(syncOnce(hidden.replica, cut)).rejects.toThrow('cut');
    expect(await visible.read('units', 'a')).toMatchObject({ name: 'của tôi', place: 'Tân Phú' });
    const written = await Promise.all([write(hidden, 'b'), write(visible, 'c'), write(hidden, 'd')]);
    expect(written.map(({ n }) => n).sort((a, b) => a - b)).toEqual([2, 3, 4]);
    await syncOnce(hidden.replica, server.net);
    expect(shownOn(disk)).toEqual(server.shown());
    expect((await write(visible, 'e')).n).toBe(5);
  });
});

describe('another layout of the local rows', () => {
  it('reads every bucket again from the start and keeps the outbox', async () => {
    const server = new SmallServer();
    server.set('units', 'a', unitRow('a'));
    const before = await openStore(disk);
    await syncOnce(before.replica, server.net);
    await write(before, 'mine');
    disk.rows.clear();
    const after = await openStore(disk, { generation: '2' });
    expect(await after.replica.cursors()).toEqual({});
    expect(Object.keys(shownOn(disk))).toEqual(['units/mine']);
    await syncOnce(after.replica, server.net);
    expect(shownOn(disk)).toEqual(server.shown());
    expect(Object.keys(shownOn(disk)).sort()).toEqual(['units/a', 'units/mine']);
  });
});
