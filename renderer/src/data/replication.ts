import type { ErrorCode } from '@shared/result/codes';
import { AppError } from '@shared/result/result';
import { type SyncNet, type SyncReport, syncOnce } from '@shared/sync/engine';
import { BehaviorSubject } from 'rxjs';
import type { LocalStore } from './local-store';

export type ReplicationState = {
  readonly busy: boolean;
  readonly online: boolean;
  readonly problem: ErrorCode | '';
  /** When the last complete round ended (milliseconds), or 0. */
  readonly lastSync: number;
  readonly report: SyncReport | null;
};

const firstDelayMs = 1_000;
const longestDelayMs = 5 * 60_000;
const idleDelayMs = 30_000;

/**
 * Keeps this device and the server in step: one round at a time, at once when asked (work was written, the server
 * poked, the person pressed F9), else every half minute; after a failure with growing, jittered pauses.
 */
export class Replication {
  readonly state = new BehaviorSubject<ReplicationState>({
    busy: false,
    online: false,
    problem: '',
    lastSync: 0,
    report: null,
  });
  private readonly store: LocalStore;
  private readonly net: SyncNet;
  private readonly clock: () => number;
  private readonly random: () => number;
  private readonly afterRound: () => Promise<void>;
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
    readonly afterRound: () => Promise<void>;
  }) {
    this.store = parts.store;
    this.net = parts.net;
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

  stop(): void {
    this.stopped = true;
    if (this.timer !== null) clearTimeout(this.timer);
  }

  private async rounds(): Promise<void> {
    do {
      this.again = false;
      await this.round();
    } while (this.again && this.failures === 0 && !this.stopped);
  }

  private async round(): Promise<void> {
    this.state.next({ ...this.state.value, busy: true });
    try {
      const report = await syncOnce(this.store.replica, this.net);
      this.failures = 0;
      this.state.next({ busy: true, online: true, problem: '', lastSync: this.clock(), report });
      await this.afterRound();
      this.state.next({ ...this.state.value, busy: false });
    } catch (error) {
      this.failures += 1;
      const problem: ErrorCode = error instanceof AppError ? error.code : 'INTERNAL';
      const reachable = problem !== 'OFFLINE' && problem !== 'SERVER_UNREACHABLE';
      this.state.next({ ...this.state.value, busy: false, online: reachable, problem });
    }
  }

  private schedule(): void {
    if (this.stopped) return;
    if (this.timer !== null) clearTimeout(this.timer);
    const ceiling = Math.min(longestDelayMs, firstDelayMs * 2 ** this.failures);
    const delay = this.failures === 0 ? idleDelayMs : ceiling / 2 + (this.random() * ceiling) / 2;
    this.timer = setTimeout(() => void this.now(), delay);
  }
}
