import type { BackupStatus } from '@shared/ipc/backup-contract';
import { useEffect, useState } from 'react';
import { invoke, subscribe } from '../../platform/desktop';

export type Advance = { readonly done: number; readonly total: number };

/** State of backups on this machine; `set` takes what an act has answered. */
export function useBackup(): {
  readonly status: BackupStatus | null;
  readonly error: unknown;
  readonly set: (status: BackupStatus) => void;
  readonly reload: () => void;
} {
  const [status, set] = useState<BackupStatus | null>(null);
  const [error, setError] = useState<unknown>(null);
  const reload = (): void => {
    invoke('backup:status', undefined).then(set, setError);
  };
  useEffect(reload, []);
  return { status, error, set, reload };
}

/** How far a backup, a test or a restore is; null while none was heard of. */
export function useAdvance(what: 'backup' | 'test' | 'restore'): Advance | null {
  const [advance, setAdvance] = useState<Advance | null>(null);
  useEffect(
    () =>
      subscribe('backup:progress', (progress) => {
        if (progress.what === what) setAdvance({ done: progress.done, total: progress.total });
      }),
    [what],
  );
  return advance;
}
