import { AppError } from '@shared/result/result';
import type { Task } from '../../ui';

/** Runs an import; closing the window for the password or the file is no failure. */
export async function importing(task: Task, work: () => Promise<void>): Promise<void> {
  await task.run(async () => {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof AppError && error.code === 'CANCELLED')) throw error;
    }
  });
}
