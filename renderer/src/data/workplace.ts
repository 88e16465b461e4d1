import type { Desktop } from '@shared/ipc/desktop';
import { unwrap } from '@shared/result/result';
import type { Planner } from '@shared/sync/client/carry-out';
import { distinctUntilChanged, map } from 'rxjs';
import { claimFreeBooks } from './claim-books';
import { watchCounts } from './counts';
import type { Database } from './database';
import { FileWishes } from './file-wishes';
import { journalOver } from './journal';
import { LocalFiles } from './local-files';
import { type LocalStore, openLocalStore } from './local-store';
import { isNamed } from './named-files';
import { settleNotes } from './notes';
import { Office } from './office';
import { RemoteReplication } from './remote-replication';
import { takeFromScanFolder } from './scan-folder';
import { Session } from './session';
import { openSoundDatabase, orDamaged } from './sound-database';
import { openPageEnd } from './sync-channel';

/** Everything the screens work with, put together once at start-up. */
export type Workplace = {
  readonly desktop: Desktop;
  readonly database: Database;
  readonly store: LocalStore;
  readonly session: Session;
  readonly replication: RemoteReplication;
  readonly files: LocalFiles;
  readonly fileWishes: FileWishes;
  readonly clock: () => number;
  readonly run: (planner: Planner) => Promise<void>;
};

/** Opens the local databases and the session. Needs no network: what goes over it is the sync window's work. */
export async function openWorkplace(desktop: Desktop): Promise<Workplace> {
  const clock = () => Date.now();
  const [database, session] = await Promise.all([openSoundDatabase(desktop), Session.open(desktop)]);
  const store = await orDamaged(() => openLocalStore(database, journalOver(desktop)));
  await settleNotes(desktop, database);
  const channel = openPageEnd();
  const replication = new RemoteReplication({
    channel,
    newAsk: () => crypto.randomUUID(),
    afterRound: () => claimFreeBooks(desktop, store, session, clock),
  });
  const files = new LocalFiles({
    desktop,
    store,
    channel,
    isNamed: (sha256, byDocument) => isNamed(database, sha256, byDocument),
  });
  const fileWishes = await FileWishes.open({
    channel,
    state: store.state,
    newAsk: () => crypto.randomUUID(),
    sync: () => void replication.now(),
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
    files,
    fileWishes,
    clock,
    run,
  };
  takeFromScanFolder(workplace);
  askWhenEnrolled(workplace);
  // Counted before anybody looks, so that the first screen shows no zero that is not true.
  watchCounts(workplace).subscribe();
  return workplace;
}

function askWhenEnrolled({ session, replication }: Workplace): void {
  session.state
    .pipe(
      map(({ device }) => device.enrolment === 'enrolled'),
      distinctUntilChanged(),
    )
    .subscribe((enrolled) => {
      if (enrolled) void replication.now();
    });
}
