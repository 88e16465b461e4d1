import { AppError } from '../result/result';
import type { Operation } from './operation';
import type { OpResult, PullRequest, PullResponse, PushRequest, PushResponse, WireRow } from './protocol';

/** Where the engine keeps everything; each method is durable when it resolves. */
export type SyncStore = {
  /** Identity of the server the cursors belong to; both '' before the first pull. */
  identity(): Promise<{ readonly serverId: string; readonly epoch: string }>;
  /** Operations not yet answered by the server, in order of their number. */
  pendingOperations(limit: number): Promise<readonly Operation[]>;
  recordResults(results: readonly OpResult[]): Promise<void>;
  cursors(): Promise<Readonly<Record<string, number>>>;
  /** Stores pulled rows with the unconfirmed operations applied over them; a bad row is set aside, never fatal. */
  storeRows(rows: readonly WireRow[]): Promise<void>;
  moveCursor(bucket: string, next: number): Promise<void>;
  dropBucket(bucket: string): Promise<void>;
  /** Every operation up to `n` is contained in the stored rows: it need not be applied over them any more. */
  confirmThrough(n: number): Promise<void>;
  /** A new server epoch: cursors back to the start, and operations after `lastN` are pending again. */
  restart(serverId: string, epoch: string, lastN: number): Promise<void>;
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
};

export type SyncOptions = { readonly pushLimit: number; readonly pullLimit: number };
const defaults: SyncOptions = { pushLimit: 50, pullLimit: 500 };

/**
 * One round of replication: pull to learn the server's epoch, push what waits, pull what came of it.
 * A round may end anywhere by an error or a crash; the next one continues from what the store holds. Data are stored
 * before the cursor moves, and an operation stays pending until the server has answered it.
 */
export async function syncOnce(
  store: SyncStore,
  net: SyncNet,
  options: Partial<SyncOptions> = {},
): Promise<SyncReport> {
  const limits = { ...defaults, ...options };
  const first = await pullAll(store, net, limits.pullLimit);
  const pushed = await pushAll(store, net, limits.pushLimit);
  const last = pushed.sent === 0 ? 0 : await pullAll(store, net, limits.pullLimit);
  return { ...pushed, received: first + last };
}

async function pushAll(store: SyncStore, net: SyncNet, limit: number): Promise<Omit<SyncReport, 'received'>> {
  let sent = 0;
  let rejected = 0;
  let conflicts = 0;
  for (;;) {
    const ops = await store.pendingOperations(limit);
    if (ops.length === 0) return { sent, rejected, conflicts };
    const { epoch } = await store.identity();
    const response = await net.push({ epoch, ops: [...ops] });
    if (response.results.length === 0) throw new AppError('SERVER_REFUSED', `gap after ${response.lastN}`);
    await store.recordResults(response.results);
    sent += response.results.length;
    rejected += response.results.filter((result) => result.status === 'rejected').length;
    conflicts += response.results.filter((result) => result.status === 'conflict').length;
  }
}

async function pullAll(store: SyncStore, net: SyncNet, limit: number): Promise<number> {
  let received = 0;
  for (;;) {
    const response = await pullPage(store, net, limit);
    for (const page of response.buckets) {
      await store.storeRows(page.rows);
      await store.moveCursor(page.bucket, page.next);
      received += page.rows.length;
    }
    for (const bucket of response.drop) await store.dropBucket(bucket);
    if (response.buckets.every((page) => !page.more)) {
      await store.confirmThrough(response.lastN);
      return received;
    }
  }
}

/** One page from the cursors; where the server is another or was restored, from the start of its new epoch. */
async function pullPage(store: SyncStore, net: SyncNet, limit: number): Promise<PullResponse> {
  const known = await store.identity();
  const response = await pullOrStartOver(net, {
    epoch: known.epoch,
    cursors: { ...(await store.cursors()) },
    limit,
  });
  if (response.epoch !== known.epoch || response.serverId !== known.serverId) {
    await store.restart(response.serverId, response.epoch, response.lastN);
  }
  return response;
}

async function pullOrStartOver(net: SyncNet, request: PullRequest): Promise<PullResponse> {
  try {
    return await net.pull(request);
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'EPOCH_CHANGED') throw error;
    return net.pull({ epoch: '', cursors: {}, limit: request.limit });
  }
}
