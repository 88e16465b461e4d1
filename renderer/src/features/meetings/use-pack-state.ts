import type { Meeting } from '@shared/schema/meetings';
import { useEffect, useState } from 'react';
import { sha256Text, usePresentFiles } from '../../data';
import { filesOfPack, type PackState, packState } from './pack-state';

/** Whether this machine holds exactly what was published; null until computed. */
export function usePackState(meeting: Meeting): PackState | null {
  const present = usePresentFiles(filesOfPack(meeting));
  const [state, setState] = useState<PackState | null>(null);
  useEffect(() => {
    let left = false;
    void packState(meeting, present, sha256Text).then((found) => {
      if (!left) setState(found);
    });
    return () => {
      left = true;
    };
  }, [meeting, present]);
  return state;
}
