import { Serial } from '@shared/sync/serial';
import type { PreparedQuery, RxCollection } from 'rxdb';
import { getRxStorageMemory } from 'rxdb/plugins/storage-memory';
import type { Subscription } from 'rxjs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Database, openDatabase } from '../../../renderer/src/data/database';
import { followRows, pagesOf } from '../../../renderer/src/data/follow-rows';
import { liveRows, liveRowsById } from '../../../renderer/src/data/live-rows';
import { readRows } from '../../../renderer/src/data/read-rows';

type Row = {
  readonly id: string;
  readonly state: string;
  readonly newestFirst: number;
  readonly rev: number;
};

let database: Database;
let rows: RxCollection<Row>;
let subscription: Subscription | undefined;

beforeEach(async () => {
  const storage = getRxStorageMemory() as never;
  database = await openDatabase({ view: storage, ledger: storage }, new Serial());
  rows = database.view.intake as unknown as RxCollection<Row>;
});
afterEach(async () => {
  subscription?.unsubscribe();
  await database.view.remove();
  await database.ledger.remove();
});

const row = (n: number, state = 'waiting', newestFirst = n): Row => ({
  id: `r-${String(n).padStart(5, '0')}`,
  state,
  newestFirst,
  rev: 1,
});
const many = (count: number, make: (n: number) => Row = row): Row[] =>
  Array.from({ length: count }, (_, n) => make(n));

/** Lets what is read from now on arrive only when it is released, as from a slow disk. */
function holdReads(): () => void {
  const { storageInstance } = rows;
  const query = storageInstance.query.bind(storageInstance);
  let release: () => void = () => undefined;
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  storageInstance.query = async (prepared) => {
    const found = await query(prepared);
    await released;
    return found;
  };
  return release;
}

/** Makes every reading take a while, as on a slow disk. */
function slowReads(ms: number): void {
  const { storageInstance } = rows;
  const query = storageInstance.query.bind(storageInstance);
  storageInstance.query = async (prepared) => {
    await new Promise((resolve) => setTimeout(resolve, ms));
    return query(prepared);
  };
}

/** The queries that the storage is asked while something is done; what is looked up by id is not among them. */
async function queriesOf(ask: () => Promise<unknown>): Promise<readonly PreparedQuery<Row>[]> {
  const { storageInstance } = rows;
  const query = vi.spyOn(storageInstance, 'query');
  await ask();
  return query.mock.calls.map(([prepared]) => prepared as PreparedQuery<Row>);
}

describe('a reading goes through the rows that it gives, however many others there are', () => {
  const open = {
    selector: { state: { $in: ['waiting', 'arrived'] } },
    sort: [{ newestFirst: 'asc' as const }],
    limit: 3,
  };

  it('rows of several states come in the order that was asked for, and no more than that', async () => {
    const states = ['arrived', 'done', 'waiting'];
    await rows.bulkInsert(many(30, (n) => row(n, states[n % 3])));
    const found = await readRows(rows, open);
    expect(found.map(({ id }) => id)).toEqual(['r-00000', 'r-00002', 'r-00003']);
  });

  it('each of several states is a walk of its own: what stands between them in the index is not passed', async () => {
    const asked = await queriesOf(() => readRows(rows, open));
    const walks = asked.map(({ queryPlan }) => [queryPlan.startKeys[1], queryPlan.endKeys[1]]);
    expect(walks).toEqual([
      ['waiting', 'waiting'],
      ['arrived', 'arrived'],
    ]);
  });

  it('a row by its id is looked up, and only its own changes are read', async () => {
    await rows.bulkInsert(many(3));
    const told: (readonly Row[])[] = [];
    const asked = await queriesOf(async () => {
      subscription = liveRowsById(rows, ['r-00001', 'r-none']).subscribe((list) => told.push(list));
      await vi.waitFor(() => expect(told).toEqual([[row(1)]]));
    });
    expect(asked).toEqual([]);
    const lookedUp = vi.spyOn(rows.storageInstance, 'findDocumentsById');
    await rows.insert(row(9));
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(lookedUp).not.toHaveBeenCalled();
    await rows.upsert({ ...row(1), rev: 2 });
    await vi.waitFor(() => expect(told.at(-1)).toEqual([{ ...row(1), rev: 2 }]));
  });
});

describe('live rows of a query', () => {
  const newest = { selector: { state: 'waiting' }, sort: [{ newestFirst: 'asc' as const }], limit: 2 };
  const told: (readonly Row[])[] = [];
  const ids = (): readonly (readonly string[])[] => told.map((list) => list.map(({ id }) => id));

  beforeEach(() => {
    told.length = 0;
  });

  it('are told at the beginning and after each change that concerns them, and never else', async () => {
    await rows.bulkInsert([row(5), row(7), row(9)]);
    subscription = liveRows(rows, newest).subscribe((list) => told.push(list));
    await vi.waitFor(() => expect(ids()).toEqual([['r-00005', 'r-00007']]));
    await rows.insert(row(8, 'done'));
    await rows.insert(row(6));
    await vi.waitFor(() => expect(ids().at(-1)).toEqual(['r-00005', 'r-00006']));
    expect(told).toHaveLength(2);
  });

  it('keep the rows that did not change as the same objects, without fields of the database', async () => {
    await rows.bulkInsert([row(5), row(7)]);
    subscription = liveRows(rows, newest).subscribe((list) => told.push(list));
    await vi.waitFor(() => expect(told).toHaveLength(1));
    await rows.upsert({ ...row(7), rev: 2 });
    await vi.waitFor(() => expect(told.at(-1)?.[1]).toEqual({ ...row(7), rev: 2 }));
    expect(told.at(-1)?.[0]).toBe(told[0]?.[0]);
  });

  it('a change while they are read is read afterwards', async () => {
    await rows.insert(row(5));
    const release = holdReads();
    subscription = liveRows(rows, newest).subscribe((list) => told.push(list));
    await rows.insert(row(4));
    await new Promise((resolve) => setTimeout(resolve, 20));
    release();
    await vi.waitFor(() => expect(ids().at(-1)).toEqual(['r-00004', 'r-00005']));
  });

  it('the last of many changes is never left out, where many are', async () => {
    slowReads(5);
    subscription = liveRows(rows, newest).subscribe((list) => told.push(list));
    for (let n = 500; n >= 0; n -= 1) await rows.insert(row(n));
    await vi.waitFor(() => expect(ids().at(-1)).toEqual(['r-00000', 'r-00001']), { timeout: 5_000 });
    expect(told.length).toBeLessThan(500);
  });
});

describe('records of all rows of a kind', () => {
  it('a walk passes every row, also where many have the same number', async () => {
    const rowsOfThree = many(1_450, (n) => row(n, 'waiting', n < 300 ? 1 : n < 1_000 ? 2 : n));
    await rows.bulkInsert(rowsOfThree);
    const seen = new Set<string>();
    for await (const page of pagesOf(rows, { where: {}, by: 'newestFirst' }))
      for (const { id } of page) seen.add(id);
    expect(seen.size).toBe(1_450);
  });

  it('an event is newer than what was read before it', async () => {
    await rows.bulkInsert([row(1), row(2)]);
    const release = holdReads();
    let kept: ReadonlyMap<string, number> = new Map();
    subscription = followRows(rows, [{ where: {}, by: 'newestFirst' }], ({ rev }) => rev).subscribe(
      (found) => {
        kept = found;
      },
    );
    await new Promise((resolve) => setTimeout(resolve, 20));
    await rows.upsert({ ...row(1), rev: 7 });
    await rows.bulkRemove(['r-00002']);
    release();
    await vi.waitFor(() => expect([...kept]).toEqual([['r-00001', 7]]));
  });

  it('hold what is stored and what is written meanwhile, afterwards and removed', async () => {
    await rows.bulkInsert(many(700));
    let kept: ReadonlyMap<string, number> = new Map();
    const walk = { where: { state: 'waiting' }, by: 'newestFirst' };
    subscription = followRows(rows, [walk], ({ state, rev }) => (state === 'waiting' ? rev : null)).subscribe(
      (found) => {
        kept = found;
      },
    );
    await rows.bulkUpsert([{ ...row(3), rev: 2 }, row(4, 'done'), row(900)]);
    await vi.waitFor(() => expect(kept.size).toBe(700));
    expect([kept.get('r-00003'), kept.get('r-00004'), kept.get('r-00900')]).toEqual([2, undefined, 1]);
    await rows.bulkRemove(['r-00003', 'r-00900']);
    await rows.upsert(row(4));
    await vi.waitFor(() => expect(kept.size).toBe(699));
    expect(kept.has('r-00004')).toBe(true);
  });
});
