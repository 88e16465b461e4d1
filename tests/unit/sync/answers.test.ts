import { AppError } from '@shared/result/result';
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
  server.set('units', 'a', unitRow('a'), ['province']);
});

/** A machine that has changed a row and hears that the server refuses it; its rows cannot be written just then. */
async function refusedAtBadMoment(failure: Error) {
  const store = await openStore(disk);
  await syncOnce(store.replica, server.net);
  server.refuses.set(1, 'NOT_ALLOWED');
  await write(store, 'a', { name: 'sửa' });
  disk.beforeStep = (step) => {
    if (step.startsWith('rows') && disk.outbox.get('D:1')?.status === 'rejected') throw failure;
  };
  await Promise.allSettled([syncOnce(store.replica, server.net)]);
  disk.beforeStep = () => undefined;
  expect(shownOn(disk)).not.toEqual(server.shown());
  return store;
}

describe('a refusal that was recorded while the rows could not be written', () => {
  it('is seen on the rows after the next start', async () => {
    await refusedAtBadMoment(new Error('power'));
    await openStore(disk);
    expect(shownOn(disk)).toEqual(server.shown());
  });

  it('is seen on the rows in the next round, when there is room on the disk again', async () => {
    const store = await refusedAtBadMoment(new AppError('DISK_FULL'));
    await syncOnce(store.replica, server.net);
    expect(shownOn(disk)).toEqual(server.shown());
  });
});

describe('an answer that was long on its way', () => {
  it('does not hide own work that was sent meanwhile: the next number would be given twice', async () => {
    const store = await openStore(disk);
    await syncOnce(store.replica, server.net);
    const data = unitRow('a');
    const old = { coll: 'units', id: 'a', rev: 1, gone: false, data } as const;
    const { op } = await write(store, 'a', { name: 'sửa' });
    const done = { op, status: 'ok' as const, reason: '', rows: [] };
    await store.replica.recordResults([done], { lastN: 1, at: Date.parse(server.now) });
    await store.storeAnswer({ row: old, epoch: server.epoch });
    expect(shownOn(disk)).toMatchObject({ 'units/a': { name: 'sửa' } });
  });

  it('and knows of less of the own work than the row does lays nothing over it once more', async () => {
    const store = await openStore(disk);
    await store.replica.restart('S', 'e1', 0);
    await store.replica.hear(['province'], 0);
    const rowOf = (rev: number, name: string) => {
      return { coll: 'units', id: 'a', rev, gone: false, data: { ...unitRow('a'), name } } as const;
    };
    const page = (rev: number, name: string) => ({
      bucket: 'province',
      rows: [rowOf(rev, name)],
      next: rev,
      more: false,
    });
    await store.replica.storePage(page(1, 'cũ'), 0, 0);
    const { op } = await write(store, 'a', { name: 'của tôi' });
    await store.replica.recordResults([{ op, status: 'ok', reason: '', rows: [] }], { lastN: 1, at: 0 });
    await store.replica.storePage(page(3, 'của người sau'), 1, 1);
    await store.storeAnswer({ row: rowOf(3, 'của người sau'), epoch: 'e1' });
    await store.replica.confirmThrough(1);
    expect(shownOn(disk)).toMatchObject({ 'units/a': { name: 'của người sau' } });
  });
});
