import type { SyncReport } from '@shared/sync/engine';
import { useEffect, useSyncExternalStore } from 'react';
import { useWorkplace } from '../../data';

export type Round = { readonly at: number; readonly report: SyncReport };

const kept = 50;
let rounds: readonly Round[] = [];
const listeners = new Set<() => void>();

/** Rounds since the program was opened that moved or refused anything, newest first. */
export function useRounds(): readonly Round[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => rounds,
  );
}

/** Remembers every round that did something, whichever screen is open. Renders nothing. */
export function RoundHistory(): null {
  const { replication } = useWorkplace();
  useEffect(() => {
    const subscription = replication.state.subscribe(({ lastSync, report }) => {
      if (report === null || lastSync === rounds[0]?.at || !didSomething(report)) return;
      rounds = [{ at: lastSync, report }, ...rounds].slice(0, kept);
      for (const listener of listeners) listener();
    });
    return () => subscription.unsubscribe();
  }, [replication]);
  return null;
}

/** Whether a round moved or refused anything; an idle look at the server is not worth a line. */
export function didSomething({ sent, received, rejected, conflicts }: SyncReport): boolean {
  return sent + received + rejected + conflicts > 0;
}
