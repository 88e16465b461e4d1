import type { Desktop } from '@shared/ipc/desktop';
import { AppError, unwrap } from '@shared/result/result';
import { auditTime } from 'rxjs';
import { openDatabase } from '../data/database';
import { FileInventory } from '../data/file-inventory';
import { FileTransfer } from '../data/file-transfer';
import { ForgottenFiles } from '../data/forgotten-files';
import { journalOver } from '../data/journal';
import { openLocalStore } from '../data/local-store';
import { isNamed, NamedFiles } from '../data/named-files';
import { netOver } from '../data/net';
import { Replication } from '../data/replication';
import { type Asked, notBegun, type SyncChannel, type Told } from '../data/sync-channel';
import { noteRound, readSyncRecord } from '../data/sync-record';
import { answerSpace, type SpaceParts } from './answer-space';
import { lineHint } from './line-hint';

/** Who holds this lock replicates; there is never a second one, however many pages are open. */
const lockName = 'sync';
/** How the files stand is told at most this often. */
const tellEveryMs = 100;

type Channel = SyncChannel<Told, Asked>;

/**
 * The work of the sync window, until the application ends: rounds of replication, and files after the rows that name
 * them. It tells the other windows how things stand and does what they ask (`sync-channel.ts`). It begins when one of
 * them has opened the local databases: what is found broken there is for a person to decide.
 */
export async function runSync(desktop: Desktop, channel: Channel): Promise<void> {
  const stopAsked = new Promise<void>((resolve) => desktop.subscribe('sync:stop', () => resolve()));
  const ended = navigator.locks.request(lockName, async () => {
    const asked = listen(channel);
    if ((await Promise.race([asked.hello, stopAsked])) === undefined) return;
    const work = await openWork(desktop).catch((error: unknown) => {
      const problem = error instanceof AppError ? error.code : 'LOCAL_DATA_DAMAGED';
      channel.send({ kind: 'round', round: { ...notBegun, problem } });
      throw error;
    });
    begin(desktop, channel, work);
    asked.answer((message) => answer(channel, work, message));
    await stopAsked;
    await work.replication.stop();
  });
  await Promise.all([stopAsked, ended]);
  unwrap(await desktop.invoke('sync:stopped', undefined));
}

/** Hears the channel from the first moment; what comes before there is somebody to answer it waits. */
function listen(channel: Channel): {
  readonly hello: Promise<true>;
  answer(by: (asked: Asked) => void): void;
} {
  let by: ((asked: Asked) => void) | null = null;
  const early: Asked[] = [];
  const hello = new Promise<true>((resolve) => {
    channel.listen((asked) => {
      if (by === null) early.push(asked);
      else by(asked);
      if (asked.kind === 'hello') resolve(true);
    });
  });
  channel.send({ kind: 'opened' });
  return {
    hello,
    answer(next) {
      by = next;
      for (const asked of early.splice(0)) next(asked);
    },
  };
}

type Work = {
  readonly replication: Replication;
  readonly transfer: FileTransfer;
  readonly space: SpaceParts;
};

async function openWork(desktop: Desktop): Promise<Work> {
  const database = await openDatabase();
  const store = await openLocalStore(database, journalOver(desktop));
  const clock = (): number => Date.now();
  const epoch = async (): Promise<string> => (await store.replica.identity()).epoch;
  const named = new NamedFiles(database);
  const inventory = new FileInventory({ desktop, named, state: store.state, epoch, clock });
  const forgotten = new ForgottenFiles({
    desktop,
    store,
    isNamed: (sha256) => isNamed(database, sha256),
    inventory,
  });
  const transfer = new FileTransfer({ desktop, inventory, forgotten, clock, line: lineHint });
  const replication = new Replication({
    store,
    net: netOver(desktop),
    lastSync: (await readSyncRecord(store.state)).lastSync,
    note: (round) => noteRound(store.state, round),
    clock,
    random: Math.random,
    afterRound: () => void transfer.start(),
  });
  return { replication, transfer, space: { desktop, inventory, epoch, clock, transfer } };
}

function begin(desktop: Desktop, channel: Channel, { replication, transfer }: Work): void {
  replication.state.subscribe(() => tellRound(channel, replication));
  transfer.changed.pipe(auditTime(tellEveryMs)).subscribe(() => tellFiles(channel, transfer));
  transfer.arrived.subscribe((sha256) => channel.send({ kind: 'arrived', sha256: [sha256] }));
  desktop.subscribe('net:poke', () => void replication.now());
  desktop.subscribe('net:state', ({ online }) => {
    if (online) void replication.now();
  });
  void transfer.refresh();
}

function answer(channel: Channel, { replication, transfer, space }: Work, asked: Asked): void {
  if (asked.kind === 'look') {
    space.inventory.forgetPresent(asked.purged);
    void transfer.refresh();
  } else if (asked.kind === 'file') {
    void transfer[asked.wish](asked.sha256);
  } else if (asked.kind === 'space') {
    void answerSpace(channel, space, asked);
  } else if (asked.kind === 'now') {
    void replication.now().finally(() => channel.send({ kind: 'ended', ask: asked.ask }));
  } else {
    tellRound(channel, replication);
    tellFiles(channel, transfer);
  }
}

const tellRound = (channel: Channel, { state }: Replication): void =>
  channel.send({ kind: 'round', round: state.value });

const tellFiles = (channel: Channel, transfer: FileTransfer): void =>
  channel.send({ kind: 'files', files: transfer.state() });
