import { AppError } from '@shared/result/result';
import { syncOnce } from '@shared/sync/engine';
import { beforeEach, describe, expect, it } from 'vitest';
import { type Disk, newDisk, openStore } from './memory-database';
import { unitRow } from './sample-work';
import { SmallServer } from './small-server';

let disk: Disk;
let server: SmallServer;

beforeEach(() => {
  disk = newDisk();
  server = new SmallServer();
});

describe('a row that cannot be stored is set aside by itself', () => {
  it('when it does not have the agreed shape: the others come, and it is told what is wrong', async () => {
    server.set('units', 'bad', { ...unitRow('bad'), level: 'quốc gia' });
    server.set('units', 'good', unitRow('good'));
    const store = await openStore(disk);
    await syncOnce(store.replica, server.net);
    expect(await store.read('units', 'good')).not.toBeNull();
    expect(await store.quarantined()).toMatchObject([{ coll: 'units', id: 'bad', rev: 1, problem: 'level' }]);
    expect(await store.digest('unit:u')).toEqual(server.digest('unit:u'));
  });

  it('when the database does not take it: tried again at the next round, and released when it fits', async () => {
    server.set('units', 'bad', unitRow('bad'));
    server.set('units', 'good', unitRow('good'));
    const broken = await openStore(disk, { faults: ['bad'] });
    await syncOnce(broken.replica, server.net);
    await syncOnce(broken.replica, server.net);
    expect(await broken.quarantined()).toMatchObject([{ id: 'bad', problem: 'DataError' }]);
    const mended = await openStore(disk);
    await syncOnce(mended.replica, server.net);
    expect(await mended.quarantined()).toEqual([]);
    expect(await mended.read('units', 'bad')).toMatchObject({ name: 'Đơn vị bad', rev: 1 });
    expect(await mended.digest('unit:u')).toEqual(server.digest('unit:u'));
  });

  it('is released when the server sends it in good shape, and forgotten when it leaves', async () => {
    server.set('units', 'a', { ...unitRow('a'), level: '?' });
    server.set('units', 'b', { ...unitRow('b'), level: '?' });
    const store = await openStore(disk);
    await syncOnce(store.replica, server.net);
    server.set('units', 'a', { level: 'grassroots' });
    server.leave('units', 'b');
    await syncOnce(store.replica, server.net);
    expect(await store.quarantined()).toEqual([]);
    expect(await store.read('units', 'a')).toMatchObject({ rev: 2 });
  });

  it('a full disk is no fault of a row: nothing is set aside', async () => {
    server.set('units', 'a', unitRow('a'));
    const store = await openStore(disk);
    disk.beforeStep = (step) => {
      if (step.startsWith('rows')) throw new AppError('DISK_FULL');
    };
    await expect(syncOnce(store.replica, server.net)).rejects.toThrow('DISK_FULL');
    disk.beforeStep = () => undefined;
    expect(await store.quarantined()).toEqual([]);
    await syncOnce(store.replica, server.net);
    expect(await store.read('units', 'a')).not.toBeNull();
  });
});
