import type { ErrorCode } from '@shared/result/codes';
import { AppError } from '@shared/result/result';
import { type SyncNet, type SyncReport, syncOnce } from '@shared/sync/engine';
import type { PullResponse } from '@shared/sync/protocol';
import { BehaviorSubject } from 'rxjs';
import type { LocalStore } from './local-store';
import { notBegun, type ReplicationState } from './sync-channel';
import type { RoundRecord } from './sync-record';

const firstDelayMs = 1_000;
const longestDelayMs = 5 * 60_000;
const idleDelayMs = 30_000;

/**
 * Keeps this device and the server in step: one round at a time, at once when asked (work was written, the server
 * poked, the person pressed F9), else every half minute; after a failure with growing, jittered pauses.
 */
export class Replication {
  readonly state: BehaviorSubject<ReplicationState>;
  private readonly store: LocalStore;
  private readonly net: SyncNet;
  private readonly note: (round: RoundRecord) => Promise<void>;
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
    /** When the last complete round of an earlier start ended (milliseconds), or 0. */
    readonly lastSync: number;
    /** Remembers a round that has ended. */
    readonly note: (round: RoundRecord) => Promise<void>;
    readonly clock: () => number;
    readonly random: () => number;
    /** What follows every good round: moving files. */
    readonly afterRound: () => void;
  }) {
    this.state = new BehaviorSubject({ ...notBegun, lastSync: parts.lastSync });
    this.note = parts.note;
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
    const startedAt = this.clock();
    this.tell({ busy: true, progress: nothingMoved });
    try {
      const report = await syncOnce(this.store.replica, this.net);
      const at = this.clock();
      await this.note(recordOf(report, at, at - startedAt));
      this.failures = 0;
      this.tell({ busy: false, online: true, problem: '', failingSince: 0, lastSync: at, report });
      this.afterRound();
    } catch (error) {
      this.failures += 1;
      const problem = codeOf(error);
      await this.noteFailure(problem, startedAt);
      const reachable = problem !== 'OFFLINE' && problem !== 'SERVER_UNREACHABLE';
      const failingSince = this.state.value.failingSince || this.clock();
      this.tell({ busy: false, online: reachable, problem, failingSince });
    }
  }

  private async noteFailure(problem: ErrorCode, startedAt: number): Promise<void> {
    const { sent, received } = this.state.value.progress;
    const at = this.clock();
    try {
      await this.note({ at, tookMs: at - startedAt, sent, received, rejected: 0, conflicts: 0, problem });
    } catch (error) {
      // A full disk often is why the round failed: what is told is the failure itself.
      if (!(error instanceof AppError)) throw error;
    }
  }

  private tell(news: Partial<ReplicationState>): void {
    this.state.next({ ...this.state.value, ...news });
  }

  /** The network as the engine sees it: counts what is moved, and gives no further step once this has been stopped. */
  private watched(net: SyncNet): SyncNet {
    const step = async <T extends { readonly now: string }>(
      ask: () => Promise<T>,
      moved: (answer: T) => Partial<Progress>,
    ): Promise<T> => {
      if (this.stopped) throw new AppError('CANCELLED', 'stopped');
      const answer = await ask();
      const clockAheadMs = aheadOf(answer.now, this.clock());
      const { progress } = this.state.value;
      const { received = 0, sent = 0, toReceive = progress.toReceive } = moved(answer);
      this.tell({
        clockAheadMs,
        progress: { received: progress.received + received, sent: progress.sent + sent, toReceive },
      });
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
          ({ buckets }) => ({
            received: sumOf(buckets, ({ rows }) => rows.length),
            toReceive: leftOf(buckets),
          }),
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

const nothingMoved: Progress = { received: 0, sent: 0, toReceive: 0 };

function codeOf(error: unknown): ErrorCode {
  return error instanceof AppError ? error.code : 'INTERNAL';
}

function recordOf(report: SyncReport, at: number, tookMs: number): RoundRecord {
  const { sent, received, rejected, conflicts } = report;
  return { at, tookMs, sent, received, rejected, conflicts, problem: '' };
}

type Pages = PullResponse['buckets'];

function sumOf(pages: Pages, count: (page: Pages[number]) => number): number {
  return pages.reduce((sum, page) => sum + count(page), 0);
}

/** How many rows are still to come, at most: a place of the feed whose row has moved on since holds none. */
function leftOf(pages: Pages): number {
  return sumOf(pages, ({ next, head = next }) => Math.max(0, head - next));
}

/** How far a clock is ahead of the server's (milliseconds); 0 where the server's word cannot be read. */
function aheadOf(serverNow: string, now: number): number {
  const server = Date.parse(serverNow);
  return Number.isNaN(server) ? 0 : now - server;
}
