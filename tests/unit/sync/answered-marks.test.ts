import {
  type AnsweredMark,
  answeredThrough,
  markedOutbox,
  standingOf,
  withMark,
} from '@shared/sync/client/answered-marks';
import type { OutboxEntry } from '@shared/sync/client/outbox-entry';
import { syncOnce } from '@shared/sync/engine';
import { describe, expect, it } from 'vitest';
import { type Disk, memoryDatabase, newDisk, openStore, shownOn } from './memory-database';
import { write } from './sample-work';
import { SmallServer } from './small-server';

const day = 86_400_000;
const entry = (n: number, change: Partial<OutboxEntry> = {}): OutboxEntry => ({
  id: `D:${n}`,
  n,
  status: 'pending',
  operation: { op: `D:${n}`, n, command: 'incoming.comment', actor: 'p', at: '', changes: [] },
  reason: '',
  ...change,
});
const marks = [
  { through: 2, at: day },
  { through: 4, at: 3 * day },
];

async function withWork(disk: Disk, ...ids: readonly string[]) {
  const store = await openStore(disk);
  for (const id of ids) await write(store, id);
  return store;
}
const written = (disk: Disk) => disk.steps.filter((step) => step.startsWith('outbox '));
const position = (disk: Disk) => disk.state.get('position') as { readonly answered: readonly AnsweredMark[] };

describe('answers that are kept as marks', () => {
  it('say of an entry that it is done, and since when at the latest; what was refused once is left alone', () => {
    expect(standingOf(entry(2), marks)).toMatchObject({ status: 'done', answeredAt: day });
    expect(standingOf(entry(3), marks)).toMatchObject({ status: 'done', answeredAt: 3 * day });
    expect(standingOf(entry(5), marks)).toEqual(entry(5));
    for (const other of [entry(1, { status: 'rejected' }), entry(1, { refusedAs: 'seen' })])
      expect(standingOf(other, marks)).toBe(other);
  });

  it('are one a day: an entry is never taken for older than it is', () => {
    const sameDay = withMark(marks, { through: 9, at: 3 * day + 1 });
    expect(sameDay).toEqual([marks[0], { through: 9, at: 3 * day + 1 }]);
    expect(withMark(marks, { through: 9, at: 4 * day })).toEqual([...marks, { through: 9, at: 4 * day }]);
    expect(answeredThrough(sameDay)).toBe(9);
    let many: readonly AnsweredMark[] = [];
    for (let at = 1; at <= 400; at += 1) many = withMark(many, { through: at, at: at * day });
    expect(many.length).toBeLessThan(100);
    expect(standingOf(entry(1), many).answeredAt).toBeGreaterThan(day);
  });

  it('are seen in whatever the table gives, in order with the entries that were written', async () => {
    const disk = newDisk();
    const table = memoryDatabase(disk).outbox;
    await table.write([entry(1), entry(2, { status: 'done', answeredAt: 1 }), entry(3), entry(4), entry(5)]);
    const marked = markedOutbox(table, () => Promise.resolve(marks));
    const numbers = async (status: OutboxEntry['status'], n: number, limit: number) =>
      (await marked.inStatus(status, n, limit)).map((each) => each.n);
    expect(await numbers('done', 0, 10)).toEqual([1, 2, 3, 4]);
    expect(await numbers('done', 1, 2)).toEqual([2, 3]);
    expect(await numbers('done', 4, 10)).toEqual([]);
    expect(await numbers('pending', 0, 10)).toEqual([5]);
    expect((await marked.after(2, 2)).map(({ status }) => status)).toEqual(['done', 'done']);
    expect((await marked.read(['D:5', 'D:1'])).get('D:1')?.status).toBe('done');
  });
});

describe('an answer to a push', () => {
  it('is one small write however many operations it answers', async () => {
    const disk = newDisk();
    const server = new SmallServer();
    const store = await withWork(disk, 'a', 'b', 'c');
    const before = written(disk).length;
    await syncOnce(store.replica, server.net);
    expect(written(disk)).toHaveLength(before);
    expect(position(disk).answered).toEqual([{ through: 3, at: Date.parse(server.now) }]);
    expect(await store.replica.pendingOperations(10)).toEqual([]);
    await write(store, 'd');
    expect((await store.replica.pendingOperations(10)).map(({ n }) => n)).toEqual([4]);
  });

  it('with a refusal is written to the entries, and the next one may be a mark beyond them', async () => {
    const disk = newDisk();
    const server = new SmallServer();
    server.refuses.set(2, 'NOT_ALLOWED');
    const store = await withWork(disk, 'a', 'b', 'c');
    await syncOnce(store.replica, server.net);
    expect(position(disk).answered).toEqual([]);
    await write(store, 'd');
    await syncOnce(store.replica, server.net);
    expect(answeredThrough(position(disk).answered)).toBe(4);
    expect((await store.outboxEntries('rejected', 10)).map(({ n }) => n)).toEqual([2]);
    expect((await store.outboxEntries('done', 10)).map(({ n }) => n)).toEqual([1, 3, 4]);
    expect(shownOn(disk)).toEqual(server.shown());
  });

  it('for later work than what waits first makes no mark: nobody has answered that', async () => {
    const disk = newDisk();
    const store = await withWork(disk, 'a', 'b', 'c');
    const results = [{ op: 'D:3', status: 'ok' as const, reason: '', rows: [] }];
    await store.replica.recordResults(results, { lastN: 3, at: day });
    expect((await store.replica.pendingOperations(10)).map(({ n }) => n)).toEqual([1, 2]);
  });

  it('counts in its own history only: a restored server gets everything again', async () => {
    const disk = newDisk();
    const server = new SmallServer();
    const store = await withWork(disk);
    const restore = server.backup();
    for (const id of ['a', 'b', 'c']) await write(store, id);
    await syncOnce(store.replica, server.net);
    restore();
    server.epoch = 'e2';
    const down = { ...server.net, push: () => Promise.reject(new Error('down')) };
    await expect(syncOnce(store.replica, down)).rejects.toThrow('down');
    expect((await store.replica.pendingOperations(10)).map(({ n }) => n)).toEqual([1, 2, 3]);
    await syncOnce(store.replica, server.net);
    expect(server.lastN).toBe(3);
    expect(shownOn(disk)).toEqual(server.shown());
  });
});
