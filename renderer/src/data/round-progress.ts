import type { SyncStatus } from './hooks';

/** A round that takes its time: what it does now, and how far it is. */
export type RoundProgress = {
  readonly doing: 'receiving' | 'sending';
  readonly done: number;
  readonly total: number;
};

/** Less than one page of either is there before anybody has read a figure. */
const few = { received: 500, sent: 200 } as const;

/** How far a first pull or a long push is; null while there is nothing worth a figure. */
export function roundProgress({
  busy,
  progress: { received, sent, toReceive },
  waiting,
}: Pick<SyncStatus, 'busy' | 'progress' | 'waiting'>): RoundProgress | null {
  if (!busy) return null;
  if (toReceive > 0 && received + toReceive > few.received)
    return { doing: 'receiving', done: received, total: received + toReceive };
  if (sent > 0 && waiting > 0 && sent + waiting > few.sent)
    return { doing: 'sending', done: sent, total: sent + waiting };
  return null;
}
