import type { Desktop } from '@shared/ipc/desktop';
import { unwrap } from '@shared/result/result';
import { auditTime } from 'rxjs';
import { openDatabase } from '../data/database';
import { FileTransfer } from '../data/file-transfer';
import { LocalStore } from '../data/local-store';
import { isNamed, NamedFiles } from '../data/named-files';
import { netOver } from '../data/net';
import { Replication } from '../data/replication';
import { SentFiles } from '../data/sent-files';
import { type Asked, openSyncEnd, type SyncChannel, type Told } from '../data/sync-channel';

/** Who holds this lock replicates; there is never a second one, however many pages are open. */
const lockName = 'sync';
/** How the files stand is told at most this often. */
const tellEveryMs = 100;

/**
 * The work of the sync window, for as long as its page lives: rounds of replication, and files after the rows that name
 * them. It tells the other windows how things stand and does what they ask (`sync-channel.ts`).
 */
export async function runSync(desktop: Desktop): Promise<void> {
  await navigator.locks.request(lockName, async () => {
    const asked = new Promise<void>((resolve) => desktop.subscribe('sync:stop', () => resolve()));
    const replication = await begin(desktop);
    await asked;
    await replication.stop();
    unwrap(await desktop.invoke('sync:stopped', undefined));
  });
}

async function begin(desktop: Desktop): Promise<Replication> {
  const database = await openDatabase();
  const store = await LocalStore.open(database);
  const transfer = new FileTransfer({
    desktop,
    store,
    named: new NamedFiles(database),
    isNamed: (sha256) => isNamed(database, sha256),
    sent: new SentFiles(store.state),
  });
  const replication = new Replication({
    store,
    net: netOver(desktop),
    clock: () => Date.now(),
    random: Math.random,
    afterRound: () => transfer.start(),
  });
  answerOthers(openSyncEnd(), replication, transfer);
  followServer(desktop, replication);
  void transfer.refresh();
  const { enrolment } = unwrap(await desktop.invoke('device:status', undefined));
  if (enrolment === 'enrolled') void replication.now();
  return replication;
}

function answerOthers(
  channel: SyncChannel<Told, Asked>,
  replication: Replication,
  transfer: FileTransfer,
): void {
  const tellRound = (): void => channel.send({ kind: 'round', round: replication.state.value });
  const tellFiles = (): void => channel.send({ kind: 'files', files: transfer.state() });
  const lookAtFiles = async (purged: readonly string[]): Promise<void> => {
    transfer.forgetPresent(purged);
    await transfer.refresh();
  };
  const round = async (ask: string): Promise<void> => {
    await replication.now();
    channel.send({ kind: 'ended', ask });
  };
  channel.listen((asked) => {
    if (asked.kind === 'look') void lookAtFiles(asked.purged);
    else if (asked.kind === 'now') void round(asked.ask);
    else {
      tellRound();
      tellFiles();
    }
  });
  channel.send({ kind: 'opened' });
  replication.state.subscribe(tellRound);
  transfer.changed.pipe(auditTime(tellEveryMs)).subscribe(tellFiles);
  transfer.arrived.subscribe((sha256) => channel.send({ kind: 'arrived', sha256: [sha256] }));
}

function followServer(desktop: Desktop, replication: Replication): void {
  desktop.subscribe('net:poke', () => void replication.now());
  desktop.subscribe('net:state', ({ online }) => {
    if (online) void replication.now();
  });
}
