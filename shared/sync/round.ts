import type { ErrorCode } from '../result/codes';
import { AppError } from '../result/result';
import type { BlockedOperation } from './client/blocked-push';
import type { SyncNet, SyncOptions, SyncReport, SyncStore } from './engine';
import type { Operation } from './operation';
import type { PullRequest, PullResponse, PushRequest, PushResponse } from './protocol';

/** Codes that say something of the connection or of this device, and nothing of the operation that was sent. */
const notOfTheOperation: ReadonlySet<ErrorCode> = new Set([
  'OFFLINE',
  'SERVER_UNREACHABLE',
  'SERVER_BUSY',
  'SERVER_DISK_FULL',
  'TIMEOUT',
  'CANCELLED',
  'UPDATE_REQUIRED',
  'DEVICE_REVOKED',
  'NOT_ENROLLED',
  'NOT_SIGNED_IN',
  'KEY_STORE_LOCKED',
  'EPOCH_CHANGED',
]);

/** One round under way; see `syncOnce`. */
export class Round {
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
    let before = '';
    for (;;) {
      const ops = await this.store.pendingOperations(limit, through);
      const first = ops[0];
      if (first === undefined) return;
      const code = await this.push(ops);
      if (code === null) {
        if (first.op === before) throw new AppError('SERVER_REFUSED', `no answer to ${first.op}`);
        before = first.op;
        continue;
      }
      if (ops.length === 1) {
        this.blocked = { op: first.op, code };
        return;
      }
      limit = Math.ceil(ops.length / 2);
    }
  }

  /**
   * Sends operations and records the answer. Gives the code where the server does not take what was sent; fails where it
   * cannot be reached, or where the answer cannot be recorded, which says nothing of the operations either.
   */
  private async push(ops: readonly Operation[]): Promise<ErrorCode | null> {
    const { epoch, served } = await this.store.identity();
    const response = await this.send({ epoch, ops: [...ops] });
    if (typeof response === 'string') return response;
    this.now = response.now;
    if (response.lastN < served) throw new AppError('EPOCH_CHANGED', String(response.lastN));
    if (response.results.length === 0)
      return (await this.store.closeGap(response.lastN)) ? null : 'SERVER_REFUSED';
    const answered = await this.store.recordResults(response.results, {
      served,
      lastN: response.lastN,
      at: Date.parse(response.now),
    });
    this.sent += answered.length;
    this.rejected += answered.filter(({ status }) => status === 'rejected').length;
    this.conflicts += answered.filter(({ status }) => status === 'conflict').length;
    return null;
  }

  /** The answer to a push, or the code by which the server does not take it. */
  private async send(request: PushRequest): Promise<PushResponse | ErrorCode> {
    try {
      return await this.net.push(request);
    } catch (error) {
      if (!(error instanceof AppError) || notOfTheOperation.has(error.code)) throw error;
      return error.code;
    }
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
