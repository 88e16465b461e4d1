import type { Payload } from '@shared/ipc/contract';
import { useEffect, useState } from 'react';
import { subscribe } from '../../platform/desktop';

export type FileProgress = Payload<'files:progress'>;

/** Files on their way now, by SHA-256; a file leaves the list once it is through. */
export function useFileProgress(): ReadonlyMap<string, FileProgress> {
  const [moving, setMoving] = useState<ReadonlyMap<string, FileProgress>>(new Map());
  useEffect(
    () =>
      subscribe('files:progress', (progress) =>
        setMoving((known) => {
          const next = new Map(known);
          if (progress.total > 0 && progress.done >= progress.total) next.delete(progress.sha256);
          else next.set(progress.sha256, progress);
          return next;
        }),
      ),
    [],
  );
  return moving;
}

/** Whole percents of a file that is on its way. */
export function percentOf({ done, total }: Pick<FileProgress, 'done' | 'total'>): number {
  return total === 0 ? 0 : Math.floor((done / total) * 100);
}
