import path from 'node:path';
import type { Contender } from '../page/replication';
import type { Row } from '../rounds';
import { runContender } from './contender';
import { startOurServer } from './our-server';
import { openPeers } from './peers';

export type ReplicationPlan = { readonly pulled: number; readonly pushed: number };

/** The page must stay below this while it pulls 100,000 rows. */
const pageMegabytes = 450;

/**
 * A first pull and a push of many documents, each contender in a fresh profile: ours, the same rows by bare Dexie, RxDB's own
 * replication and PouchDB against their servers, one after another in the same run.
 * @param folder takes profiles and servers
 */
export async function measureReplication(folder: string, plan: ReplicationPlan): Promise<readonly Row[]> {
  const ours = await startOurServer(path.join(folder, 'our-server'), plan.pulled);
  const peers = await openPeers(path.join(folder, 'peers'), plan.pulled);
  try {
    const run = (contender: Contender, documents: number) => {
      const url = contender.endsWith('Rxdb')
        ? peers.rxdb
        : contender.endsWith('Pouch')
          ? peers.pouch
          : ours.url;
      const code = url === ours.url ? ours.enrolmentCode() : '';
      return runContender({
        contender,
        documents,
        url,
        code,
        profile: path.join(folder, `profile-${contender}`),
      });
    };
    const pull = {
      ours: await run('pullOurs', plan.pulled),
      raw: await run('pullRaw', plan.pulled),
      rxdb: await run('pullRxdb', plan.pulled),
      pouch: await run('pullPouch', plan.pulled),
    };
    const push = {
      ours: await run('pushOurs', plan.pushed),
      rxdb: await run('pushRxdb', plan.pushed),
      pouch: await run('pushPouch', plan.pushed),
    };
    const of = (documents: number) => documents.toLocaleString('en');
    const first = `first pull of ${of(plan.pulled)}`;
    const sent = `push of ${of(plan.pushed)}`;
    const row = (what: string, against: string, target: number | null, a: number, b: number): Row => ({
      what,
      against,
      target,
      ours: [a],
      limit: [b],
    });
    return [
      row(first, 'Dexie bulkPut of the same pages', 1.6, pull.ours.ms, pull.raw.ms),
      row(first, "RxDB's own replication", 1, pull.ours.ms, pull.rxdb.ms),
      row(first, 'PouchDB, no index built', 1, pull.ours.ms, pull.pouch.ms),
      { ...row('page while it pulls', 'limit', 1, pull.ours.megabytes, pageMegabytes), unit: 'MB' },
      row(sent, "RxDB's own replication", 1, push.ours.ms, push.rxdb.ms),
      row(sent, 'PouchDB', null, push.ours.ms, push.pouch.ms),
    ];
  } finally {
    await peers.stop();
    await ours.stop();
  }
}
