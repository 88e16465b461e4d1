import { isMassRemoval } from '@shared/sync/client/removal-guard';
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
  for (let at = 0; at < 100; at += 1) server.set('units', `a${at}`, unitRow(`a${at}`));
});

const leave = (count: number, from = 0): void => {
  for (let at = from; at < from + count; at += 1) server.leave('units', `a${at}`);
};
const shown = (): number => Object.keys(shownOn(disk)).length;

describe('a pull that would take away more than a tenth and more than 20 rows of a bucket', () => {
  it.each([
    [21, 100, true],
    [20, 100, false],
    [21, 1000, false],
    [20, 20, false],
    [101, 1000, true],
  ])('%i of %i rows: held = %s', (removing, of, held) => expect(isMassRemoval(removing, of)).toBe(held));

  it('is held until a person agrees; other buckets and own work go on', async () => {
    const store = await openStore(disk);
    await syncOnce(store.replica, server.net);
    leave(30);
    server.set('units', 'p', unitRow('p'), ['province']);
    await write(store, 'mine');
    const report = await syncOnce(store.replica, server.net);
    expect(report).toMatchObject({ held: ['unit:u'], sent: 1 });
    expect(shown()).toBe(100 + 2);
    expect(await store.heldBuckets()).toEqual([{ bucket: 'unit:u', removing: 30, of: 100, agreed: false }]);
    await store.agreeToRemoval('unit:u');
    expect((await syncOnce(store.replica, server.net)).held).toEqual([]);
    expect(shownOn(disk)).toEqual(server.shown());
    expect(await store.heldBuckets()).toEqual([]);
  });

  it('is counted over all pages of a round', async () => {
    const store = await openStore(disk);
    await syncOnce(store.replica, server.net);
    leave(40);
    expect((await syncOnce(store.replica, server.net, { pullLimit: 8 })).held).toEqual(['unit:u']);
    expect(shown()).toBeGreaterThanOrEqual(80);
  });

  it('an agreement holds for this once only', async () => {
    const store = await openStore(disk);
    await syncOnce(store.replica, server.net);
    leave(30);
    await syncOnce(store.replica, server.net);
    await store.agreeToRemoval('unit:u');
    await syncOnce(store.replica, server.net);
    leave(30, 30);
    expect((await syncOnce(store.replica, server.net)).held).toEqual(['unit:u']);
    expect(shown()).toBe(70);
  });

  it('holds what a restored server does not give again, too, and lets it go when it is few', async () => {
    for (let at = 0; at < 20; at += 1) server.leave('units', `a${at}`);
    const restore = server.backup();
    const store = await openStore(disk);
    for (let at = 0; at < 50; at += 1) server.set('units', `n${at}`, unitRow(`n${at}`));
    await syncOnce(store.replica, server.net);
    expect(shown()).toBe(130);
    restore();
    server.epoch = 'e2';
    expect((await syncOnce(store.replica, server.net)).held).toEqual(['unit:u']);
    expect(shown()).toBe(130);
    // The other machines have sent most of it again.
    for (let at = 0; at < 45; at += 1) server.set('units', `n${at}`, unitRow(`n${at}`));
    expect((await syncOnce(store.replica, server.net)).held).toEqual([]);
    expect(shownOn(disk)).toEqual(server.shown());
  });
});
