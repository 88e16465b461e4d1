import type { Exclusive } from '@shared/sync/client/exclusive';

/** A lock of the browser: one task at a time over all windows of this origin; a window that ends lets go of it. */
export function windowLock(name: string): Exclusive {
  return {
    run: <T>(task: () => Promise<T>): Promise<T> =>
      navigator.locks.request(name, task) as unknown as Promise<T>,
  };
}
