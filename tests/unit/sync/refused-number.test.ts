import { newBook, nextEntry } from '@shared/domain/numbering';
import { refusalIn } from '@shared/domain/refused-number';
import type { Book, NumberEntry } from '@shared/schema/books';
import type { LocalStore } from '@shared/sync/client/local-store';
import type { Operation } from '@shared/sync/operation';
import { beforeEach, describe, expect, it } from 'vitest';
import { sha256 } from '../domain/sample-rows';
import { type Disk, newDisk, openStore } from './memory-database';

const at = '2026-03-02T08:00:00+07:00';
const stored: Book = { ...newBook('u', 'outgoing', 2026, 'chung'), owner: 'D', epoch: 1 };
const served = { lastN: 1, at: Date.parse(at) };

let disk: Disk;
beforeEach(() => {
  disk = newDisk();
});

/** A machine that has the book from the server. */
async function holder(): Promise<LocalStore> {
  const store = await openStore(disk);
  await store.replica.restart('S', 'e1', 0);
  await store.replica.hear(['unit:u'], 0);
  const row = { coll: 'books', id: stored.id, rev: 1, gone: false, data: { ...stored } } as const;
  await store.replica.storePage({ bucket: 'unit:u', rows: [row], next: 1, more: false }, 0, 0);
  return store;
}

/** Gives the next number to a document that only another machine has. */
function number(store: LocalStore, document: string): Promise<Operation> {
  return store.exclusively(async () => {
    const book = (await store.read('books', stored.id)) as Book;
    const request = { document, date: '2026-03-02', by: 'p', at };
    const { entry, head } = await nextEntry(book, request, 'D', sha256);
    return store.append('D', {
      command: 'book.number-for',
      actor: 'p',
      at,
      changes: [
        { coll: 'books', id: stored.id, base: 1, create: false, patch: head as never },
        { coll: 'numbers', id: entry.id, base: 0, create: true, patch: entry as never },
      ],
    });
  });
}

const refuse = (store: LocalStore, { op }: Operation, reason: string) =>
  store.replica.recordResults([{ op, status: 'rejected', reason, rows: [] }], served);

const shown = async (store: LocalStore) => {
  const entry = (await store.read('numbers', `${stored.id}:000001`)) as NumberEntry | null;
  const { next } = (await store.read('books', stored.id)) as Book;
  return { next, status: entry?.status ?? 'none', refusal: refusalIn(entry?.reason ?? '') };
};

describe('a number whose document the server has refused', () => {
  const kept = { next: 2, status: 'void', refusal: 'NUMBER_CANCELLED' };

  it('stays in the book of the machine that gave it, cancelled; the next one follows it', async () => {
    const store = await holder();
    await refuse(store, await number(store, 'a'), 'NUMBER_CANCELLED');
    expect(await shown(store)).toEqual(kept);
    const { changes } = await number(store, 'b');
    expect(changes.map(({ id }) => id)).toContain(`${stored.id}:000002`);
  });

  it('stays so when the program starts again before anything was pulled', async () => {
    const store = await holder();
    await refuse(store, await number(store, 'a'), 'NUMBER_CANCELLED');
    expect(await shown(await openStore(disk))).toEqual(kept);
  });

  it('is not given again while a restored server has yet to get it', async () => {
    const store = await holder();
    await refuse(store, await number(store, 'a'), 'NUMBER_CANCELLED');
    await store.replica.restart('S', 'e2', 0);
    const row = { coll: 'books', id: stored.id, rev: 1, gone: false, data: { ...stored } } as const;
    await store.replica.storePage({ bucket: 'unit:u', rows: [row], next: 1, more: false }, 0, 0);
    expect(await shown(store)).toEqual(kept);
  });

  it('goes where the server does not keep it', async () => {
    const store = await holder();
    await refuse(store, await number(store, 'a'), 'BOOK_NOT_HELD');
    expect(await shown(store)).toEqual({ next: 1, status: 'none', refusal: null });
  });
});
