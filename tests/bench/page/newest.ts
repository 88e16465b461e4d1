import { Dexie } from 'dexie';
import type { MangoQuery } from 'rxdb';
import type { LocalRow } from '../../../renderer/src/data/database';
import { readRows } from '../../../renderer/src/data/read-rows';
import { alternate, type Row, timed } from '../rounds';
import type { Subject } from './subject';

type Incoming = LocalRow<'incoming'>;
const limit = 50;
const state: Incoming['state'] = 'assigned';
const order = { sort: [{ newestFirst: 'asc' }], limit } as MangoQuery<Incoming>;

/** The head of a list as the screens ask for it. */
export async function measureNewest(
  subject: Subject,
  documents: number,
  rounds: number,
): Promise<readonly Row[]> {
  const { incoming } = subject.raw.views;
  const of = documents.toLocaleString('en');
  return [
    await compare(subject, `newest ${limit} of ${of} documents`, rounds, order, () =>
      incoming.orderBy('newestFirst').limit(limit).toArray(),
    ),
    await compare(
      subject,
      `newest ${limit} in one state, of ${of}`,
      rounds,
      { ...order, selector: { state } },
      () =>
        incoming
          .where('[state+newestFirst]')
          .between([state, Dexie.minKey], [state, Dexie.maxKey])
          .limit(limit)
          .toArray(),
    ),
  ];
}

async function compare(
  { database }: Subject,
  what: string,
  rounds: number,
  query: MangoQuery<Incoming>,
  readRaw: () => Promise<readonly Incoming[]>,
): Promise<Row> {
  const collection = database.rows('incoming');
  const readOurs = (): Promise<readonly Incoming[]> => readRows(collection, query);
  await refuseDifference(await readOurs(), await readRaw());
  const series = await alternate(rounds, {
    ours: () => timed(readOurs),
    limit: () => timed(readRaw),
  });
  return { what, against: 'Dexie', target: 4, ...series };
}

/** A fast answer that is wrong would be worth nothing. */
async function refuseDifference(ours: readonly Incoming[], raw: readonly Incoming[]): Promise<void> {
  const ids = (rows: readonly Incoming[]): string => rows.map((row) => row.id).join();
  if (ours.length !== limit || ids(ours) !== ids(raw)) throw new Error('the two sides found different rows');
}
