import type { RescueReport, RescueStatus } from '@shared/ipc/rescue-contract';
import { isoInHanoi } from '@shared/text/time';
import { useEffect, useRef, useState } from 'react';
import { countRestored, useSyncStatus, useWorkplace } from '../../data';
import { invoke } from '../../platform/desktop';

export type Restoring =
  | { readonly state: 'looking' }
  | { readonly state: 'none' }
  | { readonly state: 'pulling'; readonly status: RescueStatus }
  | { readonly state: 'done'; readonly report: RescueReport };

/**
 * Follows a rescue to its end. When this is called the journal has been replayed already, by the opening of the store;
 * what remains is one round with the server, well or not, and the record of what came of it, shown until it was read.
 */
export function useRestoring(): { readonly restoring: Restoring; readonly error: unknown } {
  const workplace = useWorkplace();
  const { report, problem, waiting } = useSyncStatus();
  const [restoring, setRestoring] = useState<Restoring>({ state: 'looking' });
  const [error, setError] = useState<unknown>(null);
  const finishing = useRef(false);

  useEffect(() => {
    invoke('rescue:status', undefined).then((status) => {
      if (status.restoring !== '') {
        setRestoring({ state: 'pulling', status });
        void workplace.replication.now();
      } else if (status.unread && status.last !== null) {
        setRestoring({ state: 'done', report: status.last });
      } else {
        setRestoring({ state: 'none' });
      }
    }, setError);
  }, [workplace]);

  const heard = report !== null || problem !== '';
  useEffect(() => {
    if (restoring.state !== 'pulling' || !heard || finishing.current) return;
    finishing.current = true;
    const finish = async (): Promise<void> => {
      const { operations, rows, filesMissing } = await countRestored(workplace);
      const { journal, folder, restoring: reason } = restoring.status;
      if (reason === '') return;
      const report: RescueReport = {
        finishedAt: isoInHanoi(workplace.clock()),
        reason,
        restored: operations,
        lost: Math.max(0, journal.operations - operations) + journal.unreadable,
        reachedServer: problem === '',
        rows,
        waiting,
        filesMissing,
        folder,
      };
      await invoke('rescue:finish', report);
      setRestoring({ state: 'done', report });
    };
    finish().catch(setError);
  }, [restoring, heard, problem, waiting, workplace]);

  return { restoring, error };
}
