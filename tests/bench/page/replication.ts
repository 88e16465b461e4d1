import { viewSchemas } from '@shared/schema/local';
import { noJournal } from '@shared/sync/client/journal';
import type { LocalStore } from '@shared/sync/client/local-store';
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

/** What a contender has done; `sentMs`: when the server had all of it and the contender knew that, from the start. */
type Moved = { readonly documents: number; readonly sentMs?: number };
/** Milliseconds. */
export type Measured = { readonly ms: number; readonly sentMs: number };

/** Rows in one request of the peers; the prototypes of all of them were fastest at about this. */
const batchSize = 1_000;

const net: SyncNet = {
  push: (request) => door().ours(endpoints.push, request) as Promise<PushResponse>,
  pull: (request) => door().ours(endpoints.pull, request) as Promise<PullResponse>,
};

const contenders: Readonly<Record<Contender, (contest: Contest) => Promise<() => Promise<Moved>>>> = {
  pullOurs: async () => {
    const store = await openLocalStore(await openDatabase(), noJournal);
    return async () => ({ documents: (await syncOnce(store.replica, net)).received });
  },
  pullRaw: async () => {
    const incoming = await openRawTable();
    return async () => ({ documents: await pullRaw(incoming) });
  },
  pullRxdb: async ({ url }) => {
    const collection = await openPeerCollection();
    return async () => {
      await replicateByRxdb(collection, url, batchSize);
      return { documents: (await collection.find().exec()).length };
    };
  },
  pullPouch: async ({ url }) => {
    const pouch = await openPouchPeer(url);
    return async () => ({ documents: await pouch.pull(batchSize) });
  },
  pushOurs: async ({ documents, device }) => {
    const store = await openLocalStore(await openDatabase(), noJournal);
    await syncOnce(store.replica, net);
    for (let index = 0; index < documents; index += 1) await store.append(device, draftOperation(index));
    return () => pushOurs(store);
  },
  pushRxdb: async ({ url, documents }) => {
    const collection = await openPeerCollection();
    await replicateByRxdb(collection, url, batchSize);
    await collection.bulkInsert(drafts(documents));
    return async () => {
      const startedAt = performance.now();
      await replicateByRxdb(collection, url, batchSize);
      const sentMs = performance.now() - startedAt;
      // It has not read what came of it yet, as our round has.
      await replicateByRxdb(collection, url, batchSize);
      return { documents, sentMs };
    };
  },
  pushPouch: async ({ url, documents }) => {
    const pouch = await openPouchPeer(`${url}-pushed`);
    await pouch.insert(drafts(documents));
    return async () => ({ documents: await pouch.push(batchSize) });
  },
};

/** One round; every answer of a push is recorded before the round reads what came of it. */
async function pushOurs(store: LocalStore): Promise<Moved> {
  const startedAt = performance.now();
  let pushed = false;
  let sentMs = 0;
  const watched: SyncNet = {
    push: (request) => {
      pushed = true;
      return net.push(request);
    },
    pull: (request) => {
      if (pushed && sentMs === 0) sentMs = performance.now() - startedAt;
      return net.pull(request);
    },
  };
  return { documents: (await syncOnce(store.replica, watched)).sent, sentMs };
}

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

/** Runs one contender. What it moved is counted, so that nothing is fast by doing nothing. */
async function contend(contest: Contest): Promise<Measured> {
  const run = await contenders[contest.contender](contest);
  const startedAt = performance.now();
  const { documents, sentMs } = await run();
  const ms = performance.now() - startedAt;
  if (documents < contest.documents)
    throw new Error(`${contest.contender} moved ${documents} of ${contest.documents}`);
  return { ms, sentMs: sentMs ?? ms };
}

Object.assign(globalThis, { benchReplication: contend });
