import { addToIntake } from '@shared/domain/intake';
import type { Payload } from '@shared/ipc/contract';
import type { Desktop } from '@shared/ipc/desktop';
import { unwrap } from '@shared/result/result';
import type { Planner } from '@shared/sync/client/carry-out';
import { Serial } from '@shared/sync/serial';
import type { LocalFiles } from './local-files';
import type { LocalStore } from './local-store';
import type { RemoteReplication } from './remote-replication';
import type { Session } from './session';

/** The parts of the workplace that intake from the scan folder needs. */
export type ScanIntake = {
  readonly desktop: Desktop;
  readonly session: Session;
  readonly store: LocalStore;
  readonly files: LocalFiles;
  readonly replication: RemoteReplication;
  readonly run: (planner: Planner) => Promise<void>;
};

/**
 * Puts files from the scan folder into the intake box. The original is moved away only after the item is durable;
 * files that come while nobody is signed in wait, and are taken as soon as somebody is.
 */
export function takeFromScanFolder(workplace: ScanIntake): void {
  const waiting = new Map<string, Payload<'scan-folder:taken'>>();
  const serial = new Serial();
  const takeAll = (): void => {
    for (const taken of waiting.values()) void serial.run(() => takeOne(workplace, waiting, taken));
  };
  workplace.desktop.subscribe('scan-folder:taken', (taken) => {
    waiting.set(taken.ticket, taken);
    takeAll();
  });
  workplace.session.state.subscribe(takeAll);
  // What could not be taken in (a full disk) waits in its folder and is tried again after the next round.
  workplace.replication.state.subscribe(({ busy }) => {
    if (!busy) takeAll();
  });
  // Makes the main process offer again what it took before this page was there to hear it.
  void workplace.desktop.invoke('scan-folder:status', undefined);
}

async function takeOne(
  workplace: ScanIntake,
  waiting: Map<string, Payload<'scan-folder:taken'>>,
  taken: Payload<'scan-folder:taken'>,
): Promise<void> {
  if (workplace.session.state.value.person === null || !waiting.has(taken.ticket)) return;
  // After a crash the same file comes again under the same ticket: it is in the box already.
  if ((await workplace.store.read('intake', taken.ticket)) === null) await addToBox(workplace, taken);
  unwrap(await workplace.desktop.invoke('scan-folder:confirm', { ticket: taken.ticket }));
  waiting.delete(taken.ticket);
}

async function addToBox(workplace: ScanIntake, taken: Payload<'scan-folder:taken'>): Promise<void> {
  const { ticket, file, problem } = taken;
  await workplace.run((context) => addToIntake(context, { id: ticket, file, problem, source: 'folder' }));
  await workplace.files.refresh();
}
