import type { ErrorCode } from '../result/codes';
import { AppError } from '../result/result';
import { begun } from './begun';
import type { BlockedOperation } from './client/blocked-push';
import type { SyncNet, SyncStore } from './engine';
import type { Operation } from './operation';
import type { PushRequest, PushResponse } from './protocol';

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

/** A push on its way, and what waits behind it when it is as large as a push may be. */
type OnItsWay = {
  readonly ops: readonly Operation[];
  /** What the server was known to hold before it. */
  readonly served: number;
  readonly answer: () => Promise<PushResponse | ErrorCode>;
  readonly following: () => Promise<readonly Operation[]>;
};

/** Sends what waits in the outbox, and counts it, for one round. */
export class Sender {
  sent = 0;
  rejected = 0;
  conflicts = 0;
  /** The operation that the server does not take. */
  blocked: BlockedOperation | null = null;
  private readonly store: SyncStore;
  private readonly net: SyncNet;
  private readonly pushLimit: number;

  constructor(store: SyncStore, net: SyncNet, pushLimit: number) {
    this.store = store;
    this.net = net;
    this.pushLimit = pushLimit;
  }

  /**
   * Sends what waits; with `through` only what the server may have already. One bad operation fails a whole push, so what
   * is not taken is sent again by halves: what stands before the bad one gets through. Where it stands alone this ends,
   * and pulling goes on: it must not keep the news away.
   */
  async sendWaiting(through?: number): Promise<void> {
    let limit = this.pushLimit;
    let before = '';
    let next: OnItsWay | null = null;
    for (;;) {
      const push: OnItsWay | null = next ?? (await this.beginFirst(limit, through));
      const first = push?.ops[0];
      if (push === null || first === undefined) return;
      const answer = await push.answer();
      // While this answer is recorded the server works on what follows.
      next = isTakenWhole(push, answer) ? await this.beginNext(push, answer, limit, through) : null;
      const code = await this.record(push, answer);
      if (code === null) {
        if (first.op === before) throw new AppError('SERVER_REFUSED', `no answer to ${first.op}`);
        before = first.op;
        continue;
      }
      if (push.ops.length === 1) {
        this.blocked = { op: first.op, code };
        return;
      }
      limit = Math.ceil(push.ops.length / 2);
    }
  }

  private async beginFirst(limit: number, through: number | undefined): Promise<OnItsWay | null> {
    const ops = await this.store.pendingOperations(limit, { through });
    if (ops.length === 0) return null;
    const { epoch, served } = await this.store.identity();
    return this.begin(ops, { epoch, served, limit, through });
  }

  private async beginNext(
    { following }: OnItsWay,
    { epoch, lastN }: PushResponse,
    limit: number,
    through: number | undefined,
  ): Promise<OnItsWay | null> {
    const ops = await following();
    return ops.length === 0 ? null : this.begin(ops, { epoch, served: lastN, limit, through });
  }

  private async begin(
    ops: readonly Operation[],
    at: {
      readonly epoch: string;
      readonly served: number;
      readonly limit: number;
      readonly through: number | undefined;
    },
  ): Promise<OnItsWay> {
    const { epoch, served, limit, through } = at;
    const answer = begun(this.send({ epoch, ops: [...ops] }));
    const after = ops.length < limit ? undefined : ops.at(-1)?.n;
    const following =
      after === undefined
        ? () => Promise.resolve([])
        : begun(this.store.pendingOperations(limit, { after, through }));
    return { ops, served, answer, following };
  }

  /**
   * Records the answer to a push. Gives the code where the server does not take what was sent; fails where the answer cannot
   * be recorded, which says nothing of the operations.
   */
  private async record({ served }: OnItsWay, response: PushResponse | ErrorCode): Promise<ErrorCode | null> {
    if (typeof response === 'string') return response;
    if (response.lastN < served) throw new AppError('EPOCH_CHANGED', String(response.lastN));
    if (response.results.length === 0)
      return (await this.store.closeGap(response.lastN)) ? null : 'SERVER_REFUSED';
    const answered = await this.store.recordResults(response.results, {
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
}

/** Whether everything was done: only then what waits behind it keeps its numbers, whatever recording this brings about. */
function isTakenWhole({ ops, served }: OnItsWay, answer: PushResponse | ErrorCode): answer is PushResponse {
  if (typeof answer === 'string' || answer.results.length !== ops.length || answer.lastN < served)
    return false;
  return answer.results.every(({ op, status }, at) => op === ops[at]?.op && status !== 'rejected');
}
