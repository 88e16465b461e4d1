import { syncOnce } from '@shared/sync/engine';
import { beforeEach, describe, expect, it } from 'vitest';
import { copyOf, type Disk, newDisk, openStore, shownOn } from './memory-database';
import { write } from './sample-work';
import { SmallServer } from './small-server';

let disk: Disk;
let server: SmallServer;

beforeEach(() => {
  disk = newDisk();
  server = new SmallServer();
});

const taken = (): readonly string[] =>
  server.taken.map(({ operation }) => `${operation.n} ${operation.changes.map(({ id }) => id).join(',')}`);

/** A profile that has sent one operation; the copy of it; then two more that the copy knows nothing of. */
async function copyBeforeTwoMore(): Promise<Disk> {
  const store = await openStore(disk);
  await write(store, 'a');
  await syncOnce(store.replica, server.net);
  const copy = copyOf(disk);
  await write(store, 'b');
  await write(store, 'c');
  await syncOnce(store.replica, server.net);
  return copy;
}

describe('a profile that was restored from an older copy', () => {
  it('goes on after what the server holds of it', async () => {
    const store = await openStore(await copyBeforeTwoMore());
    await syncOnce(store.replica, server.net);
    await write(store, 'd');
    await syncOnce(store.replica, server.net);
    expect(taken()).toEqual(['1 a', '2 b', '3 c', '4 d']);
  });

  it('never sends other work under a used number: what was done before the first pull gets new numbers, in order', async () => {
    const copy = await copyBeforeTwoMore();
    const store = await openStore(copy);
    for (const id of ['x', 'y', 'z']) await write(store, id);
    await write(store, 'x', { name: 'sửa' });
    const report = await syncOnce(store.replica, server.net, { pushLimit: 1 });
    expect(report).toMatchObject({ sent: 4, rejected: 0 });
    expect(taken()).toEqual(['1 a', '2 b', '3 c', '4 x', '5 y', '6 z', '7 x']);
    expect(shownOn(copy)).toEqual(server.shown());
    expect(await store.outboxEntries('rejected', 10)).toEqual([]);
    expect([...copy.journal.values()].map(({ n, changes }) => `${n} ${changes[0]?.id}`)).toEqual(
      taken().filter((each) => each !== '2 b' && each !== '3 c'),
    );
  });

  it('learns what its successor was answered by a server that was restored since', async () => {
    const store = await openStore(disk);
    const restore = server.backup();
    await write(store, 'a');
    await syncOnce(store.replica, server.net);
    const copy = copyOf(disk);
    restore();
    server.epoch = 'e2';
    server.refuses.set(1, 'NOT_ALLOWED');
    await syncOnce(store.replica, server.net);
    const again = await openStore(copy);
    await again.requireNumberingProof('restored');
    await syncOnce(again.replica, server.net);
    expect((await again.outboxEntries('rejected', 10)).map(({ id }) => id)).toEqual(['D:1']);
    expect(shownOn(copy)).toEqual(server.shown());
  });

  it('may not number before it has read everything, once the server shows that it is older', async () => {
    const copy = await copyBeforeTwoMore();
    const store = await openStore(copy);
    const seen: (string | null)[] = [];
    const store_ = store.replica.storePage.bind(store.replica);
    store.replica.storePage = async (...page) => {
      seen.push(await store.numberingProofNeeded());
      return store_(...page);
    };
    await syncOnce(store.replica, server.net);
    expect(seen).toContain('restored');
    expect(await store.numberingProofNeeded()).toBeNull();
  });

  it('also where it was stopped at any step of giving new numbers: nothing twice, nothing lost', async () => {
    const copy = await copyBeforeTwoMore();
    const before = await openStore(copy);
    for (const id of ['x', 'y', 'z']) await write(before, id);
    const restore = server.backup();
    const plain = copyOf(copy);
    await syncOnce((await openStore(plain)).replica, server.net);
    const steps = plain.steps.length;
    for (let stop = 0; stop < steps; stop += 1) {
      restore();
      const stopped = copyOf(copy);
      stopped.beforeStep = () => {
        if (stopped.steps.length === stop) throw new Error('power');
      };
      await openStore(stopped)
        .then((store) => syncOnce(store.replica, server.net))
        .catch((error: Error) => expect(error.message).toBe('power'));
      stopped.beforeStep = () => undefined;
      const again = await openStore(stopped);
      await syncOnce(again.replica, server.net);
      expect(taken(), `stopped before step ${stop}`).toEqual(['1 a', '2 b', '3 c', '4 x', '5 y', '6 z']);
      expect(shownOn(stopped)).toEqual(server.shown());
    }
  });
});

describe('a number that is lost in between', () => {
  it('(a damaged line of the journal) is closed, so that the rest is not stuck for ever', async () => {
    const store = await openStore(disk);
    for (const id of ['a', 'b', 'c']) await write(store, id);
    disk.outbox.clear();
    disk.journal.delete(2);
    const again = await openStore(disk);
    await syncOnce(again.replica, server.net);
    expect(taken()).toEqual(['1 a', '2 c']);
    expect([...disk.outbox.keys()]).toEqual(['D:1', 'D:2']);
    await write(again, 'd');
    await syncOnce(again.replica, server.net);
    expect(taken()).toEqual(['1 a', '2 c', '3 d']);
  });
});
