import { setTimeout as pause } from 'node:timers/promises';
import type { ErrorCode } from '@shared/result/codes';
import { AppError } from '@shared/result/result';

/** How long to wait after each failure in a row that brought nothing forward. */
const pausesMs = [200, 500, 1_000, 3_000];
/** A transfer that moves no byte for this long hangs; the server may need as long to read a big file through. */
const idleMs = 120_000;

/** What another try of the same bytes cannot mend. */
const final: ReadonlySet<ErrorCode> = new Set([
  'CANCELLED',
  'NOT_ENROLLED',
  'DEVICE_REVOKED',
  'FORBIDDEN',
  'UPDATE_REQUIRED',
  'FILE_TOO_LARGE',
  'FILE_NOT_FOUND',
  'FILE_DAMAGED_ON_DISK',
  'HASH_MISMATCH',
  'DISK_FULL',
  'SERVER_DISK_FULL',
]);

export type TransferProgress = (progress: {
  readonly sha256: string;
  readonly done: number;
  readonly total: number;
  readonly direction: 'up' | 'down';
}) => void;

/**
 * Repeats `attempt` as often as the line breaks, as long as something moves between two breaks. It gives up, with the
 * last error, after five breaks in a row in which `reached` (bytes) has not grown, and at once where a repetition is no use.
 */
export async function whileItMoves(
  attempt: () => Promise<void>,
  reached: () => number,
  stopped: AbortSignal,
): Promise<void> {
  let best = reached();
  let inVain = 0;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (stopped.aborted) throw new AppError('CANCELLED');
      if (!(error instanceof AppError) || final.has(error.code)) throw error;
      inVain = reached() > best ? 0 : inVain + 1;
      best = Math.max(best, reached());
      if (inVain > pausesMs.length) throw error;
      // A line that has just broken while it worked is tried at once.
      const wait = pausesMs[inVain - 1];
      if (wait !== undefined) await pause(wait, undefined, { signal: stopped }).catch(() => undefined);
    }
  }
}

/** A signal that fires when `stopped` does, or when nothing has been `moved` for two minutes. End it with `close`. */
export function idleGuard(stopped: AbortSignal): {
  readonly signal: AbortSignal;
  moved(): void;
  close(): void;
} {
  const connection = new AbortController();
  const hangUp = (): void => connection.abort();
  if (stopped.aborted) hangUp();
  stopped.addEventListener('abort', hangUp, { once: true });
  let timer = setTimeout(hangUp, idleMs);
  return {
    signal: connection.signal,
    moved() {
      clearTimeout(timer);
      timer = setTimeout(hangUp, idleMs);
    },
    close() {
      clearTimeout(timer);
      stopped.removeEventListener('abort', hangUp);
    },
  };
}
