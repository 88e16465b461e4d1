import type { BlockedOperation } from './client/blocked-push';
import type { AnswerContext } from './client/outbox';
import type { Operation } from './operation';
import type { OpResult, PullRequest, PullResponse, PushRequest, PushResponse } from './protocol';
import { Round } from './round';

/** The rows of one bucket in one answer of the server. */
export type PulledPage = PullResponse['buckets'][number];

/** Only operations with a number above `after` and up to `through`, where these are given. */
export type Numbers = { readonly after?: number | undefined; readonly through?: number | undefined };

export type PageOutcome = 'stored' | 'held' | 'stale';

/** The history the cursors belong to ('' before the first pull), and how many operations the server has confirmed to hold. */
export type Identity = { readonly serverId: string; readonly epoch: string; readonly served: number };

/** How far this device has read in which history; `settled`: to its end, and everything that it keeps was answered there. */
export type Reached = {
  readonly epoch: string;
  readonly cursors: Readonly<Record<string, number>>;
  readonly settled: boolean;
};

/** Where the engine keeps everything; each method is durable when it resolves, and can be done again. */
export type SyncStore = {
  /** A new round: what was set aside is tried again, and the count of removals begins at 0. */
  beginRound(): Promise<void>;
  identity(): Promise<Identity>;
  reached(): Promise<Reached>;
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
  /**
   * Another history, which holds this device's operations up to `lastN`: every bucket is read again from the start, and every
   * operation is pending again, for that history may have answered it otherwise.
   */
  restart(serverId: string, epoch: string, lastN: number): Promise<void>;
  /** Operations not yet answered by the server, in order of their number, at most `limit`. */
  pendingOperations(limit: number, numbers?: Numbers): Promise<readonly Operation[]>;
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
  return new Round(store, net, { ...defaults, ...options }).run();
}
