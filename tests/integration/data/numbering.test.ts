import { newBook, nextEntry } from '@shared/domain/numbering';
import { beginHandover, handOver } from '@shared/domain/ownership';
import { type Context, createRow, patchRow } from '@shared/domain/plan';
import { noJournal } from '@shared/sync/client/journal';
import { Serial } from '@shared/sync/serial';
import { getRxStorageMemory } from 'rxdb/plugins/storage-memory';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from '../../../renderer/src/data/database';
import { type LocalStore, openLocalStore } from '../../../renderer/src/data/local-store';
import { Office } from '../../../renderer/src/data/office';
import { sha256Text } from '../../../renderer/src/data/sha256';
import { unitRow } from '../../unit/sync/sample-work';

const person: Context['person'] = {
  id: 'huyen-vt',
  unit: 'huyen',
  name: 'Lê Thị Thu Hằng',
  position: 'Văn thư',
  roles: ['clerk'],
  active: true,
};
const device = { enrolment: 'enrolled', deviceId: 'D1', unit: 'huyen' } as Parameters<Office['run']>[1];
const dayMs = 86_400_000;
const book = { ...newBook('huyen', 'outgoing', 2026, 'chung'), owner: 'D1', epoch: 1 };

let database: Database;
let store: LocalStore;
let aheadMs: number;
let office: Office;

/** A workstation that holds the outgoing book of its unit. */
beforeEach(async () => {
  aheadMs = 0;
  const storage = getRxStorageMemory() as never;
  database = await openDatabase({ view: storage, ledger: storage }, new Serial());
  store = await openLocalStore(database, noJournal, new Serial());
  const clock = () => Date.parse('2026-11-21T08:00:00+07:00');
  office = new Office(
    store,
    clock,
    () => undefined,
    () => Promise.resolve(aheadMs),
  );
  await store.replica.hear(['unit:huyen'], 0);
  const rows = [{ coll: 'books', id: book.id, rev: 1, gone: false, data: book }] as const;
  await store.replica.storePage({ bucket: 'unit:huyen', rows: [...rows], next: 1, more: false }, 0, 0);
});
afterEach(async () => {
  await database.view.remove();
  await database.ledger.remove();
});

/** Gives the next number of the book to a document that another machine has. */
const number = (document: string) =>
  office.run(person, device, async (context, read) => {
    const fresh = await read('books', book.id);
    if (fresh === null) throw new Error('no book');
    const request = { document, date: '2026-11-21', by: person.id, at: context.now };
    const { entry, head } = await nextEntry(fresh, request, context.device, sha256Text);
    return {
      command: 'book.number-for',
      changes: [patchRow('books', fresh, head), createRow('numbers', entry)],
    };
  });
const give = () =>
  office.run(person, device, async (context, read) => {
    const fresh = await read('books', book.id);
    if (fresh === null) throw new Error('no book');
    return handOver(fresh, { ...beginHandover(context, fresh, 'D2'), proof: 'signed' });
  });

describe('máy được cấp số khi nào', () => {
  it('numbers at once, also with no network, and refuses nothing that it gave itself', async () => {
    await number('doc-1');
    await number('doc-2');
    expect(await store.read('books', book.id)).toMatchObject({ next: 3 });
  });

  it('a restored profile gives no number and gives no book away before it has heard from the server', async () => {
    await store.requireNumberingProof('restored');
    await expect(number('doc-1')).rejects.toMatchObject({ code: 'NUMBERING_UNPROVED' });
    await expect(give()).rejects.toMatchObject({ code: 'NUMBERING_UNPROVED' });
    expect(await store.read('books', book.id)).toMatchObject({ next: 1, owner: 'D1' });
  });

  it('a clock more than a day ahead of the server gives no number; one that is less gives it', async () => {
    aheadMs = dayMs + 1;
    await expect(number('doc-1')).rejects.toMatchObject({ code: 'CLOCK_AHEAD' });
    aheadMs = dayMs;
    await number('doc-1');
    expect(await store.read('books', book.id)).toMatchObject({ next: 2 });
  });

  it('a unit that was merged gives no number after its last day, and goes on numbering for days before it', async () => {
    await store.replica.hear(['province'], 0);
    const ended = (validTo: string, rev: number) => {
      const data = { ...unitRow('huyen'), validTo };
      return store.storeAnswer({ row: { coll: 'units', id: 'huyen', rev, gone: false, data }, epoch: '' });
    };
    await ended('2026-11-20', 1);
    await expect(number('doc-1')).rejects.toMatchObject({ code: 'UNIT_ENDED', detail: '2026-11-20' });
    await ended('2026-11-21', 2);
    await number('doc-1');
    expect(await store.read('books', book.id)).toMatchObject({ next: 2 });
  });

  it('N6: the head is sealed durably before a slip exists: after a new start it gives no number', async () => {
    await number('doc-1');
    await give();
    const again = await openLocalStore(database, noJournal, new Serial());
    expect(await again.read('books', book.id)).toMatchObject({ owner: 'D2', epoch: 2, next: 2 });
    await expect(number('doc-2')).rejects.toMatchObject({ code: 'BOOK_NOT_HELD' });
  });
});
