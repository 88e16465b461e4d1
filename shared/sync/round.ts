import { AppError } from '../result/result';
import { begun } from './begun';
import type { Identity, SyncNet, SyncOptions, SyncReport, SyncStore } from './engine';
import type { PullRequest, PullResponse } from './protocol';
import { Sender } from './sender';

/** One round under way; see `syncOnce`. */
export class Round {
  private readonly store: SyncStore;
  private readonly net: SyncNet;
  private readonly limits: SyncOptions;
  /** Buckets that this round leaves where they are. */
  private readonly left = new Map<string, 'held' | 'stale'>();
  private readonly sender: Sender;
  private received = 0;
  private now = '';

  constructor(store: SyncStore, net: SyncNet, limits: SyncOptions) {
    this.store = store;
    this.net = net;
    this.limits = limits;
    this.sender = new Sender(store, net, limits.pushLimit);
  }

  async run(): Promise<SyncReport> {
    await this.store.beginRound();
    await this.pullAll();
    const before = this.sender.sent;
    await this.sender.sendWaiting();
    if (this.sender.sent > before) await this.pullAll();
    const { sent, rejected, conflicts, blocked } = this.sender;
    await this.store.noteBlocked(blocked);
    const now = Date.parse(this.now);
    if (Number.isFinite(now)) await this.store.endRound(now);
    const { received } = this;
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
    const known = await this.store.identity();
    if (isOutdated(asked, known)) return this.meet(await this.ask(await this.whereWeAre()));
    let { answer } = asked;
    let met = asked;
    this.now = answer.now;
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
    await this.sender.sendWaiting(answer.lastN);
    return met;
  }

  private async whereWeAre(): Promise<PullRequest> {
    const { epoch, cursors, settled } = await this.store.reached();
    return { epoch, cursors: { ...cursors }, limit: this.limits.pullLimit, settled };
  }

  /** Asks for what follows this answer, without waiting. */
  private askAhead(answer: PullResponse): () => Promise<Asked> {
    const cursors = Object.fromEntries(answer.buckets.map(({ bucket, next }) => [bucket, next]));
    return begun(this.ask({ epoch: answer.epoch, cursors, limit: this.limits.pullLimit }));
  }

  /** One answer from the cursors; where the server was restored, from the start of its new history. */
  private async ask(request: PullRequest): Promise<Asked> {
    const known = await this.store.identity();
    try {
      return { request, answer: await this.net.pull(request), startedOver: false, known };
    } catch (error) {
      if (!(error instanceof AppError) || !isOtherHistory(error)) throw error;
      return { ...(await this.askFromStart()), startedOver: true, known };
    }
  }

  private async askFromStart(): Promise<Asked> {
    const request = { epoch: '', cursors: {}, limit: this.limits.pullLimit };
    const known = await this.store.identity();
    return { request, answer: await this.net.pull(request), startedOver: false, known };
  }
}

/** What was asked and what came. */
type Asked = {
  readonly request: PullRequest;
  readonly answer: PullResponse;
  /** The server did not know the cursors that we had. */
  readonly startedOver: boolean;
  /** What was known of the server when it was asked. */
  readonly known: Identity;
};

/**
 * Whether another window has heard more since this was asked. An answer from before our last push would be taken for that
 * of a restored server, and everything would be read again.
 */
function isOutdated({ answer, known }: Asked, now: Identity): boolean {
  if (known.serverId !== now.serverId || known.epoch !== now.epoch) return true;
  return answer.lastN < now.served && known.served < now.served;
}

/** A cursor beyond the server's end says the same as another epoch: it was restored, and nobody told it so. */
function isOtherHistory({ code, detail }: AppError): boolean {
  return code === 'EPOCH_CHANGED' || (code === 'INVALID_INPUT' && detail === 'cursor');
}
