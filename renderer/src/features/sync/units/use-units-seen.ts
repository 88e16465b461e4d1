import type { UnitsSeenResponse } from '@shared/sync/protocol';
import { useEffect, useState } from 'react';
import { useSyncStatus } from '../../../data';
import { invoke } from '../../../platform/desktop';
import { type Task, useTask } from '../../../ui';

/** When the units of the province were last in touch, asked anew after every round; for people of the province only. */
export function useUnitsSeen(): {
  readonly seen: UnitsSeenResponse | null;
  readonly task: Task;
  readonly ask: () => Promise<boolean>;
} {
  const task = useTask();
  const { lastSync } = useSyncStatus();
  const [seen, setSeen] = useState<UnitsSeenResponse | null>(null);
  const ask = (): Promise<boolean> =>
    task.run(async () => setSeen(await invoke('net:units-seen', undefined)));
  useEffect(() => {
    void ask();
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- `ask` is another function each time
  }, [lastSync]);
  return { seen, task, ask };
}
