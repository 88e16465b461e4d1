import type { ErrorCode } from '@shared/result/codes';
import { AppError } from '@shared/result/result';
import { type SyncNet, syncOnce } from '@shared/sync/engine';
import { BehaviorSubject } from 'rxjs';
import type { LocalStore } from './local-store';
import { notBegun, type ReplicationState } from './sync-channel';

const firstDelayMs = 1_000;
const longestDelayMs = 5 * 60_000;
const idleDelayMs = 30_000;

/**
 * Keeps this device and the server in step: one round at a time, at once when asked (work was written, the server
 * poked, the person pressed F9), else every half minute; after a failure with growing, jittered pauses.
 */
export class Replication {
  readonly state = new BehaviorSubject<ReplicationState>(notBegun);
  private readonly store: LocalStore;
  private readonly net: SyncNet;
  private readonly clock: () => number;
  private readonly random: () => number;
  private readonly afterRound: () => void;
  private running: Promise<void> | null = null;
  private again = false;
  private failures = 0;
  private timer: ReturnType<typeof setTimeout> | null = null;
  private stopped = false;

  constructor(parts: {
    readonly store: LocalStore;
    readonly net: SyncNet;
    readonly clock: () => number;
    readonly random: () => number;
    /** What follows every good round: moving files. */
    readonly afterRound: () => void;
  }) {
    this.store = parts.store;
    this.net = this.watched(parts.net);
    this.clock = parts.clock;
    this.random = parts.random;
    this.afterRound = parts.afterRound;
  }

  /** Asks for a round now; resolves when the round that contains everything written so far has ended, well or not. */
  async now(): Promise<void> {
    if (this.stopped) return;
    if (this.running !== null) {
      this.again = true;
      await this.running;
      return;
    }
    this.running = this.rounds();
    try {
      await this.running;
    } finally {
      this.running = null;
      this.schedule();
    }
  }

  /** Begins no further step, and resolves when the one under way has ended. */
  async stop(): Promise<void> {
    this.stopped = true;
    if (this.timer !== null) clearTimeout(this.timer);
    await this.running;
  }

  private async rounds(): Promise<void> {
    do {
      this.again = false;
      await this.round();
    } while (this.again && this.failures === 0 && !this.stopped);
  }

  private async round(): Promise<void> {
    this.tell({ busy: true, progress: { received: 0, sent: 0 } });
    try {
      const report = await syncOnce(this.store.replica, this.net);
      this.failures = 0;
      this.tell({ busy: false, online: true, problem: '', lastSync: this.clock(), report });
      this.afterRound();
    } catch (error) {
      this.failures += 1;
      const problem: ErrorCode = error instanceof AppError ? error.code : 'INTERNAL';
      const reachable = problem !== 'OFFLINE' && problem !== 'SERVER_UNREACHABLE';
      this.tell({ busy: false, online: reachable, problem });
    }
  }

  private tell(news: Partial<ReplicationState>): void {
    this.state.next({ ...this.state.value, ...news });
  }

  /** The network as the engine sees it: counts what is moved, and gives no further step once this has been stopped. */
  private watched(net: SyncNet): SyncNet {
    const step = async <T>(ask: () => Promise<T>, moved: (answer: T) => Partial<Progress>): Promise<T> => {
      if (this.stopped) throw new AppError('CANCELLED', 'stopped');
      const answer = await ask();
      const { progress } = this.state.value;
      const { received = 0, sent = 0 } = moved(answer);
      if (received + sent > 0)
        this.tell({ progress: { received: progress.received + received, sent: progress.sent + sent } });
      return answer;
    };
    return {
      push: (request) =>
        step(
          () => net.push(request),
          ({ results }) => ({ sent: results.length }),
        ),
      pull: (request) =>
        step(
          () => net.pull(request),
          ({ buckets }) => ({ received: buckets.reduce((sum, { rows }) => sum + rows.length, 0) }),
        ),
    };
  }

  private schedule(): void {
    if (this.stopped) return;
    if (this.timer !== null) clearTimeout(this.timer);
    const ceiling = Math.min(longestDelayMs, firstDelayMs * 2 ** this.failures);
    const delay = this.failures === 0 ? idleDelayMs : ceiling / 2 + (this.random() * ceiling) / 2;
    this.timer = setTimeout(() => void this.now(), delay);
  }
}

type Progress = ReplicationState['progress'];
