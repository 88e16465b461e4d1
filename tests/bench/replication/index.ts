import path from 'node:path';
import type { Contender } from '../page/replication';
import type { Row } from '../rounds';
import { type Outcome, runContender } from './contender';
import { startOurServer } from './our-server';
import { openPeers } from './peers';

/** The page must stay below this while it pulls 100,000 rows. */
const pageMegabytes = 450;

const alike =
  'both over HTTP to a server on PostgreSQL of this machine, from Chromium with IndexedDB, each answer recorded there before the ' +
  'next counts. RxDB sends whole rows and its server only compares and stores them; ours sends operations, and its server checks ' +
  "who may do what, merges by field, keeps each operation, and orders the feed; our client's outbox is written with strict durability.";

type Run = (contender: Contender) => Promise<Outcome>;

/**
 * A first pull of many documents: ours, the same rows by bare Dexie, RxDB's own replication and PouchDB against their servers.
 * @param folder takes profiles and servers
 */
export function measurePull(folder: string, documents: number): Promise<readonly Row[]> {
  return withServers(folder, { held: documents, moved: documents }, async (run) => {
    const ours = await run('pullOurs');
    const raw = await run('pullRaw');
    const rxdb = await run('pullRxdb');
    const pouch = await run('pullPouch');
    const what = `first pull of ${documents.toLocaleString('en')}`;
    return [
      row(what, 'Dexie bulkPut of the same pages', 1.6, ours.ms, raw.ms),
      row(what, "RxDB's own replication", 1, ours.ms, rxdb.ms),
      row(what, 'PouchDB, no index built', 1, ours.ms, pouch.ms),
      { ...row('page while it pulls', 'limit', 1, ours.megabytes, pageMegabytes), unit: 'MB' },
    ];
  });
}

/**
 * A push of many documents that were made without a network, to servers that hold as many: until all is acknowledged, and until
 * what came of it has been read as well.
 * @param folder takes profiles and servers
 */
export function measurePush(folder: string, documents: number): Promise<readonly Row[]> {
  return withServers(folder, { held: documents, moved: documents }, async (run) => {
    const ours = await run('pushOurs');
    const rxdb = await run('pushRxdb');
    const pouch = await run('pushPouch');
    const what = `push of ${documents.toLocaleString('en')}`;
    return [
      { ...row(what, "RxDB's own replication", 1, ours.sentMs, rxdb.sentMs), note: alike },
      row(`${what}, and read back`, "RxDB's own replication", null, ours.ms, rxdb.ms),
      row(what, 'PouchDB', null, ours.sentMs, pouch.sentMs),
    ];
  });
}

/** Each contender runs in a fresh profile, one after another, against a server that holds `held` documents. */
async function withServers(
  folder: string,
  count: { readonly held: number; readonly moved: number },
  measure: (run: Run) => Promise<readonly Row[]>,
): Promise<readonly Row[]> {
  const ours = await startOurServer(path.join(folder, 'our-server'), count.held);
  const peers = await openPeers(path.join(folder, 'peers'), count.held);
  try {
    return await measure((contender) => {
      const url = contender.endsWith('Rxdb')
        ? peers.rxdb
        : contender.endsWith('Pouch')
          ? peers.pouch
          : ours.url;
      return runContender({
        contender,
        documents: count.moved,
        url,
        code: url === ours.url ? ours.enrolmentCode() : '',
        profile: path.join(folder, `profile-${contender}`),
      });
    });
  } finally {
    await peers.stop();
    await ours.stop();
  }
}

const row = (what: string, against: string, target: number | null, ours: number, limit: number): Row => ({
  what,
  against,
  target,
  ours: [ours],
  limit: [limit],
});
