import type { ErrorCode } from '../result/codes';
import { AppError } from '../result/result';
import type { BlockedOperation } from './client/blocked-push';
import type { AnswerContext } from './client/outbox';
import type { Operation } from './operation';
import type { OpResult, PullRequest, PullResponse, PushRequest, PushResponse } from './protocol';

/** The rows of one bucket in one answer of the server. */
export type PulledPage = PullResponse['buckets'][number];

export type PageOutcome = 'stored' | 'held' | 'stale';

/** Where the engine keeps everything; each method is durable when it resolves, and can be done again. */
export type SyncStore = {
  /** A new round: what was set aside is tried again, and the count of removals begins at 0. */
  beginRound(): Promise<void>;
  /** The history the cursors belong to ('' before the first pull), and how many operations the server has confirmed to hold. */
  identity(): Promise<{ readonly serverId: string; readonly epoch: string; readonly served: number }>;
  cursors(): Promise<Readonly<Record<string, number>>>;
  /** Learns which buckets it may read, and that the server holds this device's operations up to `lastN`. */
  hear(buckets: readonly string[], lastN: number): Promise<void>;
  /**
   * Stores the rows of a page with the unconfirmed operations applied over them, then the cursor; a bad row is set aside,
   * never fatal. `held`: too much would be removed at once, so the bucket waits for a person. `stale`: the cursor is not
   * `from`, where the page begins, any more.
   */
  storePage(page: PulledPage, from: number, lastN: number): Promise<PageOutcome>;
  dropBucket(bucket: string): Promise<void>;
  /** Every operation up to `n` is contained in the stored rows: it need not be applied over them any more. */
  confirmThrough(n: number): Promise<void>;
  /** Another history: every bucket is read again from the start, and operations after `lastN` are pending again. */
  restart(serverId: string, epoch: string, lastN: number): Promise<void>;
  /** Operations not yet answered by the server, in order of their number; with `through` only those up to it. */
  pendingOperations(limit: number, through?: number): Promise<readonly Operation[]>;
  /** Gives the results that answer what waited; others are of work that has to get new numbers, or was answered before. */
  recordResults(results: readonly OpResult[], context: AnswerContext): Promise<readonly OpResult[]>;
  /** Gives what waits the numbers after `lastN` where a number is missing in between; false where none is. */
  closeGap(lastN: number): Promise<boolean>;
  noteBlocked(blocked: BlockedOperation | null): Promise<void>;
  /** Drops what need not be kept any more; `now` is the server's clock in milliseconds. */
  endRound(now: number): Promise<void>;
};

/** The two calls to the server; they throw an AppError with a network code when it cannot be reached. */
export type SyncNet = {
  push(request: PushRequest): Promise<PushResponse>;
  pull(request: PullRequest): Promise<PullResponse>;
};

export type SyncReport = {
  readonly sent: number;
  readonly received: number;
  readonly rejected: number;
  readonly conflicts: number;
  /** Buckets that wait for a person because too much would be removed at once. */
  readonly held: readonly string[];
  /** The operation that the server does not take; what follows it waits. */
  readonly blocked: BlockedOperation | null;
};

export type SyncOptions = { readonly pushLimit: number; readonly pullLimit: number };
const defaults: SyncOptions = { pushLimit: 200, pullLimit: 500 };

/** Codes that say something of the connection or of this device, and nothing of the operation that was sent. */
const notOfTheOperation: ReadonlySet<ErrorCode> = new Set([
  'OFFLINE',
  'SERVER_UNREACHABLE',
  'SERVER_BUSY',
  'TIMEOUT',
  'CANCELLED',
  'UPDATE_REQUIRED',
  'DEVICE_REVOKED',
  'NOT_ENROLLED',
  'NOT_SIGNED_IN',
  'KEY_STORE_LOCKED',
  'EPOCH_CHANGED',
]);

/**
 * One round of replication: pull to learn the server's epoch and news, push what waits, pull what came of it.
 * A round may end anywhere by an error or a crash; the next one continues from what the store holds. Data are stored
 * before the cursor moves, and an operation stays pending until the server has answered it.
 */
export async function syncOnce(
  store: SyncStore,
  net: SyncNet,
  options: Partial<SyncOptions> = {},
): Promise<SyncReport> {
  const round = new Round(store, net, { ...defaults, ...options });
  return round.run();
}

class Round {
  private readonly store: SyncStore;
  private readonly net: SyncNet;
  private readonly limits: SyncOptions;
  /** Buckets that this round leaves where they are. */
  private readonly left = new Map<string, 'held' | 'stale'>();
  private received = 0;
  private sent = 0;
  private rejected = 0;
  private conflicts = 0;
  private blocked: BlockedOperation | null = null;
  private now = '';

  constructor(store: SyncStore, net: SyncNet, limits: SyncOptions) {
    this.store = store;
    this.net = net;
    this.limits = limits;
  }

  async run(): Promise<SyncReport> {
    await this.store.beginRound();
    await this.pullAll();
    const before = this.sent;
    await this.pushWaiting();
    if (this.sent > before) await this.pullAll();
    await this.store.noteBlocked(this.blocked);
    const now = Date.parse(this.now);
    if (Number.isFinite(now)) await this.store.endRound(now);
    const { sent, received, rejected, conflicts, blocked } = this;
    const held = [...this.left].filter(([, why]) => why === 'held').map(([bucket]) => bucket);
    return { sent, received, rejected, conflicts, blocked, held };
  }

  /** Reads every bucket to its end; while one page is being stored the next one is on its way, and no more than that. */
  private async pullAll(): Promise<void> {
    let asked = await this.ask(await this.whereWeAre());
    for (;;) {
      asked = await this.meet(asked);
      const { answer } = asked;
      const more = answer.buckets.some((page) => page.more && !this.left.has(page.bucket));
      const next = more ? this.askAhead(answer) : null;
      await this.storeAnswer(asked);
      if (next === null) break;
      asked = await next();
    }
    // Where a bucket was not read to its end, the rows do not hold yet what came of our own operations.
    if (this.left.size === 0) await this.store.confirmThrough(asked.answer.lastN);
  }

  private async storeAnswer({ request, answer }: Asked): Promise<void> {
    for (const page of answer.buckets) {
      if (this.left.has(page.bucket)) continue;
      const from = request.cursors[page.bucket] ?? 0;
      const outcome = await this.store.storePage(page, from, answer.lastN);
      if (outcome === 'stored') this.received += page.rows.length;
      else this.left.set(page.bucket, outcome);
    }
    for (const bucket of answer.drop) await this.store.dropBucket(bucket);
  }

  /**
   * Before anything of an answer is stored: which history it belongs to, and what the server holds of our work. What we
   * do not know to be answered is asked for first, so that no row is shown with work over it that it contains already.
   */
  private async meet(asked: Asked): Promise<Asked> {
    let { answer } = asked;
    let met = asked;
    this.now = answer.now;
    const known = await this.store.identity();
    const sameHistory = answer.epoch === known.epoch && answer.serverId === known.serverId;
    // A server that holds less than it did was restored, also where nobody has told it so.
    if (asked.startedOver || !sameHistory || answer.lastN < known.served) {
      await this.store.restart(answer.serverId, answer.epoch, answer.lastN);
      if (Object.values(asked.request.cursors).some((cursor) => cursor > 0)) met = await this.askFromStart();
      answer = met.answer;
    }
    await this.store.hear(
      answer.buckets.map(({ bucket }) => bucket),
      answer.lastN,
    );
    await this.pushWaiting(answer.lastN);
    return met;
  }

  /**
   * Sends what waits; with `through` only what the server may have already. One bad operation fails a whole push, so what
   * is not taken is sent again by halves: what stands before the bad one gets through. Where it stands alone this ends,
   * and pulling goes on: it must not keep the news away.
   */
  private async pushWaiting(through?: number): Promise<void> {
    let limit = this.limits.pushLimit;
    for (;;) {
      const ops = await this.store.pendingOperations(limit, through);
      const first = ops[0];
      if (first === undefined) return;
      const code = await this.tryPush(ops);
      if (code === null) continue;
      if (ops.length === 1) {
        this.blocked = { op: first.op, code };
        return;
      }
      limit = Math.ceil(ops.length / 2);
    }
  }

  /** Gives the code where the server does not take what was sent; fails where it cannot be reached. */
  private async tryPush(ops: readonly Operation[]): Promise<ErrorCode | null> {
    try {
      await this.push(ops);
      return null;
    } catch (error) {
      if (!(error instanceof AppError) || notOfTheOperation.has(error.code)) throw error;
      return error.code;
    }
  }

  private async push(ops: readonly Operation[]): Promise<void> {
    const { epoch, served } = await this.store.identity();
    const response = await this.net.push({ epoch, ops: [...ops] });
    this.now = response.now;
    if (response.lastN < served) throw new AppError('EPOCH_CHANGED', String(response.lastN));
    if (response.results.length === 0) {
      if (await this.store.closeGap(response.lastN)) return;
      throw new AppError('SERVER_REFUSED', `gap after ${response.lastN}`);
    }
    const answered = await this.store.recordResults(response.results, {
      served,
      lastN: response.lastN,
      at: Date.parse(response.now),
    });
    this.sent += answered.length;
    this.rejected += answered.filter(({ status }) => status === 'rejected').length;
    this.conflicts += answered.filter(({ status }) => status === 'conflict').length;
  }

  private async whereWeAre(): Promise<PullRequest> {
    const { epoch } = await this.store.identity();
    return { epoch, cursors: { ...(await this.store.cursors()) }, limit: this.limits.pullLimit };
  }

  /** Asks for what follows this answer, without waiting; what comes, or fails, is told when the result is called for. */
  private askAhead(answer: PullResponse): () => Promise<Asked> {
    const cursors = Object.fromEntries(answer.buckets.map(({ bucket, next }) => [bucket, next]));
    const outcome = this.ask({ epoch: answer.epoch, cursors, limit: this.limits.pullLimit }).then(
      (value) => () => Promise.resolve(value),
      (error: unknown) => () => Promise.reject(error),
    );
    return async () => (await outcome)();
  }

  /** One answer from the cursors; where the server was restored, from the start of its new history. */
  private async ask(request: PullRequest): Promise<Asked> {
    try {
      return { request, answer: await this.net.pull(request), startedOver: false };
    } catch (error) {
      if (!(error instanceof AppError) || !isOtherHistory(error)) throw error;
      return { ...(await this.askFromStart()), startedOver: true };
    }
  }

  private async askFromStart(): Promise<Asked> {
    const request = { epoch: '', cursors: {}, limit: this.limits.pullLimit };
    return { request, answer: await this.net.pull(request), startedOver: false };
  }
}

/** What was asked and what came; `startedOver`: the server did not know the cursors that we had. */
type Asked = { readonly request: PullRequest; readonly answer: PullResponse; readonly startedOver: boolean };

/** A cursor beyond the server's end says the same as another epoch: it was restored, and nobody told it so. */
function isOtherHistory({ code, detail }: AppError): boolean {
  return code === 'EPOCH_CHANGED' || (code === 'INVALID_INPUT' && detail === 'cursor');
}
