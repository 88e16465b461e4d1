import type { Desktop } from '@shared/ipc/desktop';
import type { ErrorCode } from '@shared/result/codes';
import { unwrap } from '@shared/result/result';
import { BehaviorSubject } from 'rxjs';
import { acquireBook, currentBookId } from './books';
import type { Database } from './database';
import { FileTransfer } from './file-transfer';
import { journalOver } from './journal';
import { type LocalStore, openLocalStore } from './local-store';
import { netOver } from './net';
import { Office, type Planner } from './office';
import { Replication } from './replication';
import { takeFromScanFolder } from './scan-folder';
import { Session } from './session';
import { openSoundDatabase, orDamaged } from './sound-database';

/** Everything the screens work with, put together once at start-up. */
export type Workplace = {
  readonly desktop: Desktop;
  readonly database: Database;
  readonly store: LocalStore;
  readonly session: Session;
  readonly replication: Replication;
  readonly transfer: FileTransfer;
  readonly clock: () => number;
  /** What kept files from moving the last time, or ''. */
  readonly transferProblem: BehaviorSubject<ErrorCode | ''>;
  readonly run: (planner: Planner) => Promise<void>;
};

/** Opens the local databases, the session and the replication. Needs no network. */
export async function openWorkplace(desktop: Desktop): Promise<Workplace> {
  const clock = () => Date.now();
  const [database, session] = await Promise.all([openSoundDatabase(desktop), Session.open(desktop)]);
  const store = await orDamaged(() => openLocalStore(database, journalOver(desktop)));
  const transfer = new FileTransfer(database, store, desktop);
  const problem = new BehaviorSubject<ErrorCode | ''>('');
  const replication = new Replication({
    store,
    net: netOver(desktop),
    clock,
    random: Math.random,
    afterRound: async () => {
      await claimFreeBooks(desktop, store, session, clock);
      transfer.start((found) => problem.next(found));
    },
  });
  const clockAhead = async () => unwrap(await desktop.invoke('books:clock', undefined)).aheadMs;
  const office = new Office(store, clock, () => void replication.now(), clockAhead);
  const run = (planner: Planner): Promise<void> => {
    const { person, device } = session.state.value;
    return office.run(person, device, planner);
  };
  const workplace: Workplace = {
    desktop,
    database,
    store,
    session,
    replication,
    transfer,
    clock,
    transferProblem: problem,
    run,
  };
  await transfer.refresh();
  takeFromScanFolder(workplace);
  followTheServer(workplace);
  return workplace;
}

function followTheServer({ desktop, session, replication }: Workplace): void {
  desktop.subscribe('net:poke', () => void replication.now());
  desktop.subscribe('net:state', ({ online }) => {
    if (online) void replication.now();
  });
  let enrolment = '';
  session.state.subscribe(({ device }) => {
    if (device.enrolment === enrolment) return;
    enrolment = device.enrolment;
    if (enrolment === 'enrolled') void replication.now();
  });
}

/** A clerk's workstation takes the books of its unit that nobody holds, so that it can number from the first minute. */
async function claimFreeBooks(
  desktop: Desktop,
  store: LocalStore,
  session: Session,
  clock: () => number,
): Promise<void> {
  const { device, person } = session.state.value;
  if (device.enrolment !== 'enrolled' || person === null || !person.roles.includes('clerk')) return;
  for (const kind of ['incoming', 'outgoing'] as const) {
    const book = await store.read('books', currentBookId(device.unit, kind, clock()));
    // A book that somebody has held and given back waits for a person.
    if (book === null || book.epoch === 0) await acquireBook(desktop, store, kind, clock());
  }
}
