import { unitBucket } from '@shared/domain/exchange';
import { noJournal } from '@shared/sync/client/journal';
import { openDatabase } from '../../../renderer/src/data/database';
import { openLocalStore } from '../../../renderer/src/data/local-store';
import type { Row } from '../rounds';
import { measureInserts } from './inserts';
import { measureLiveUpdate } from './live-update';
import { measureNewest } from './newest';
import { fill, measurePull } from './pull';
import { openRawStore } from './raw-store';
import { measureRegistration } from './registration';
import { unit } from './sample-rows';

/** What the main process of the bench may ask of this page, by name; all numbers are counts. */
export type BenchPage = {
  pull(rows: number): Promise<readonly Row[]>;
  fill(from: number, to: number): Promise<readonly Row[]>;
  newest(documents: number, rounds: number): Promise<readonly Row[]>;
  liveUpdate(documents: number, rounds: number): Promise<readonly Row[]>;
  inserts(documents: number, rounds: number): Promise<readonly Row[]>;
  registration(documents: number, rounds: number): Promise<readonly Row[]>;
};

async function open(): Promise<BenchPage> {
  const database = await openDatabase();
  const store = await openLocalStore(database, noJournal);
  await store.replica.hear([unitBucket(unit)], 0);
  const subject = { database, store, raw: await openRawStore() };
  return {
    pull: (rows) => measurePull(subject, rows),
    fill: (from, to) => fill(subject, from, to),
    newest: (documents, rounds) => measureNewest(subject, documents, rounds),
    liveUpdate: (documents, rounds) => measureLiveUpdate(subject, documents, rounds),
    inserts: (documents, rounds) => measureInserts(subject, documents, rounds),
    registration: (documents, rounds) => measureRegistration(subject, documents, rounds),
  };
}

Object.assign(globalThis, { benchPage: open() });
