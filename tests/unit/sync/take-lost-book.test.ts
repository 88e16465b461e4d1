import { newBook } from '@shared/domain/numbering';
import type { Book } from '@shared/schema/books';
import type { LocalStore } from '@shared/sync/client/local-store';
import { takeLostBook } from '@shared/sync/client/take-lost-book';
import type { LeaseResponse } from '@shared/sync/protocol';
import { Serial } from '@shared/sync/serial';
import { describe, expect, it } from 'vitest';
import { newDisk, openStore } from './memory-database';

const lost: Book = { ...newBook('u', 'outgoing', 2026, 'chung'), owner: 'LOST', epoch: 1, next: 4 };
const taken: Book = { ...lost, owner: 'D', epoch: 2, next: 6 };
const rowOf = (data: Book, rev: number) =>
  ({ coll: 'books', id: data.id, rev, gone: false, data: { ...data } }) as const;

async function machineThatKnows(book: Book): Promise<LocalStore> {
  const store = await openStore(newDisk());
  await store.replica.restart('S', 'e1', 0);
  await store.replica.hear(['unit:u'], 0);
  await store.replica.storePage({ bucket: 'unit:u', rows: [rowOf(book, 1)], next: 1, more: false }, 0, 0);
  return store;
}

describe('nhận lại sổ của máy không còn', () => {
  it('is asked by one window at a time: the second hears that the book has moved on, and asks nobody', async () => {
    const asking = { store: await machineThatKnows(lost), lock: new Serial() };
    let asked = 0;
    const ask = async (): Promise<LeaseResponse> => {
      asked += 1;
      return { granted: true, owner: 'D', row: rowOf(taken, 2), epoch: 'e1' };
    };
    const request = { book: lost.id, epoch: 1 };
    const [first, second] = await Promise.allSettled([
      takeLostBook(asking, request, ask),
      takeLostBook(asking, request, ask),
    ]);
    expect([first.status, second, asked]).toEqual([
      'fulfilled',
      { status: 'rejected', reason: expect.objectContaining({ code: 'BOOK_NOT_HELD' }) },
      1,
    ]);
    expect(await asking.store.read('books', lost.id)).toMatchObject({ owner: 'D', epoch: 2, next: 6 });
  });

  it('may be asked for numbers that an earlier owner still owes, and not when he owes none', async () => {
    const tail = { device: 'LOST', next: 4, lastDate: '', headHash: '', end: 6, endDate: '', endHash: 'h' };
    const ask = async (): Promise<LeaseResponse> => ({
      granted: true,
      owner: 'D',
      row: rowOf(taken, 2),
      epoch: 'e1',
    });
    for (const [isLost, outcome] of [
      [false, 'fulfilled'],
      [true, 'rejected'],
    ] as const) {
      const store = await machineThatKnows({ ...taken, tails: { 1: { ...tail, lost: isLost } } });
      const [end] = await Promise.allSettled([
        takeLostBook({ store, lock: new Serial() }, { book: lost.id, epoch: 1 }, ask),
      ]);
      expect(end?.status).toBe(outcome);
    }
  });
});
