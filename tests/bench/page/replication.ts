import { viewSchemas } from '@shared/schema/local';
import { noJournal } from '@shared/sync/client/journal';
import { type SyncNet, syncOnce } from '@shared/sync/engine';
import { endpoints, type PullResponse, type PushResponse } from '@shared/sync/protocol';
import { Dexie, type EntityTable } from 'dexie';
import { type LocalRow, openDatabase } from '../../../renderer/src/data/database';
import { openLocalStore } from '../../../renderer/src/data/local-store';
import type { PeerDocument } from '../replication/peer-wire';
import { door } from './post';
import { openPouchPeer } from './pouch-peer';
import { openPeerCollection, replicateByRxdb } from './rxdb-peer';
import { draftOperation, sampleDraft } from './sample-drafts';

export type Contender =
  | 'pullOurs'
  | 'pullRaw'
  | 'pullRxdb'
  | 'pullPouch'
  | 'pushOurs'
  | 'pushRxdb'
  | 'pushPouch';

/** What one profile is to do, and where its server is; `device` is '' at a peer's server. */
export type Contest = {
  readonly contender: Contender;
  readonly url: string;
  readonly documents: number;
  readonly device: string;
};

/** Rows in one request of the peers; the prototypes of all of them were fastest at about this. */
const batchSize = 1_000;

const net: SyncNet = {
  push: (request) => door().ours(endpoints.push, request) as Promise<PushResponse>,
  pull: (request) => door().ours(endpoints.pull, request) as Promise<PullResponse>,
};

const contenders: Readonly<Record<Contender, (contest: Contest) => Promise<() => Promise<number>>>> = {
  pullOurs: async () => {
    const store = await openLocalStore(await openDatabase(), noJournal);
    return async () => (await syncOnce(store.replica, net)).received;
  },
  pullRaw: async () => {
    const incoming = await openRawTable();
    return () => pullRaw(incoming);
  },
  pullRxdb: async ({ url }) => {
    const collection = await openPeerCollection();
    return async () => {
      await replicateByRxdb(collection, url, batchSize);
      return (await collection.find().exec()).length;
    };
  },
  pullPouch: async ({ url }) => {
    const pouch = await openPouchPeer(url);
    return () => pouch.pull(batchSize);
  },
  pushOurs: async ({ documents, device }) => {
    const store = await openLocalStore(await openDatabase(), noJournal);
    await syncOnce(store.replica, net);
    for (let index = 0; index < documents; index += 1) await store.append(device, draftOperation(index));
    return async () => (await syncOnce(store.replica, net)).sent;
  },
  pushRxdb: async ({ url, documents }) => {
    const collection = await openPeerCollection();
    await replicateByRxdb(collection, url, batchSize);
    await collection.bulkInsert(drafts(documents));
    return async () => {
      await replicateByRxdb(collection, url, batchSize);
      return documents;
    };
  },
  pushPouch: async ({ url, documents }) => {
    const pouch = await openPouchPeer(`${url}-pushed`);
    await pouch.insert(drafts(documents));
    return () => pouch.push(batchSize);
  },
};

const drafts = (count: number): PeerDocument[] =>
  Array.from({ length: count }, (_, index) => sampleDraft(index) as unknown as PeerDocument);

type RawTable = EntityTable<LocalRow<'incoming'>, 'id'>;

async function openRawTable(): Promise<RawTable> {
  const raw = new Dexie('raw') as Dexie & { incoming: RawTable };
  const indexes = viewSchemas.incoming.indexes.map((index) =>
    typeof index === 'string' ? index : `[${index.join('+')}]`,
  );
  raw.version(1).stores({ incoming: ['id', ...indexes].join(',') });
  await raw.open();
  return raw.incoming;
}

/** The same pages of the same server, stored by bare Dexie: nothing over it can be much faster. */
async function pullRaw(incoming: RawTable): Promise<number> {
  let cursors: Record<string, number> = {};
  let epoch = '';
  let stored = 0;
  for (;;) {
    const page = await net.pull({ epoch, cursors, limit: batchSize });
    epoch = page.epoch;
    cursors = Object.fromEntries(page.buckets.map(({ bucket, next }) => [bucket, next]));
    const rows = page.buckets.flatMap((bucket) => bucket.rows).filter((row) => row.coll === 'incoming');
    await incoming.bulkPut(rows.map(({ data, rev }) => ({ ...data, rev }) as LocalRow<'incoming'>));
    stored += rows.length;
    if (page.buckets.every((bucket) => !bucket.more)) return stored;
  }
}

/** Runs one contender; gives milliseconds. What it moved is counted, so that nothing is fast by doing nothing. */
async function contend(contest: Contest): Promise<number> {
  const run = await contenders[contest.contender](contest);
  const startedAt = performance.now();
  const moved = await run();
  const ms = performance.now() - startedAt;
  if (moved < contest.documents)
    throw new Error(`${contest.contender} moved ${moved} of ${contest.documents}`);
  return ms;
}

Object.assign(globalThis, { benchReplication: contend });
