import { useWorkplace } from '../../data';
import { t } from '../../i18n';
import { type Task, toast, useTask } from '../../ui';

/** Reads parts again from the server, from their start; what waits to be sent is not touched. */
export function useReadAgain(): {
  readonly readAgain: (buckets: readonly string[]) => Promise<void>;
  readonly task: Task;
} {
  const { store, replication } = useWorkplace();
  const task = useTask();
  const readAgain = async (buckets: readonly string[]): Promise<void> => {
    await task.run(async () => {
      for (const bucket of buckets) await store.readAgain(bucket);
      toast(t.sync.readingAgain);
      await replication.now();
    });
  };
  return { readAgain, task };
}
