import type { CollectionName, RowOf } from '@shared/schema/rows';
import type { FieldStamps } from '@shared/sync/merge';
import type { Operation } from '@shared/sync/operation';
import type { OpResult } from '@shared/sync/protocol';

/**
 * What push, pull, lease and digest need of a database. Everything that is decided is decided above this port;
 * `server/storage` carries it out in SQL, a simulation in memory.
 */
export type SyncDatabase = {
  /**
   * Runs the work in one transaction: it commits when the work ends and leaves nothing when it throws. Work that lost a
   * deadlock or a race is run again from its beginning. `snapshot` is one unchanging view, read only.
   */
  transaction<T>(mode: 'read-write' | 'snapshot', work: (tx: SyncTransaction) => Promise<T>): Promise<T>;
};

/** One transaction. Locks last until its end. Before a scope is chosen no row, feed or file reference is seen at all. */
export type SyncTransaction = Scopes & Rows & Feeds & Operations & Proofs & FileRecords;

export type RowKey = { readonly coll: CollectionName; readonly id: string };

/** A row at a revision. */
export type RowState = RowKey & { readonly rev: number };

/** A row as its readers see it. */
export type VisibleRow = RowState & { readonly data: Readonly<Record<string, unknown>> };

/** A replicated row as the server keeps it. `stamps` says for each path who set it last and at which revision. */
export type StoredRow = RowState & {
  readonly unit: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly stamps: FieldStamps;
  readonly buckets: readonly string[];
};

/** A row to be written; `op` is the operation that wrote it last. */
export type RowWrite = { readonly row: StoredRow; readonly isNew: boolean; readonly op: string };

/** For whom a transaction works; may be chosen anew within it. */
export type Scopes = {
  /** From here on only rows in these buckets are seen, and only rows of this unit are locked and written. */
  actForUnit(unit: string, buckets: readonly string[]): Promise<void>;
  /** From here on the server acts for itself: it sees and writes everything. */
  actForServer(): Promise<void>;
  /** Holds a name that need not belong to any row; another transaction that wants it waits. */
  holdName(name: string): Promise<void>;
  /**
   * Runs work that may be refused. When it throws an AppError, or the storage refuses what it writes, everything that it
   * wrote is undone, the scope is as before, and an AppError is thrown; any other failure ends the transaction.
   */
  attempt<T>(work: () => Promise<T>): Promise<T>;
};

export type Rows = {
  /** Locks those of these rows that the present scope sees and may write, in the order of collection and id. */
  lockRows(keys: readonly RowKey[]): Promise<readonly StoredRow[]>;
  /** The fields of a row in sight, or null. */
  readRow<C extends CollectionName>(coll: C, id: string): Promise<RowOf<C> | null>;
  /** Those of these rows that lie in one of the buckets, in any order. */
  readVisibleRows(keys: readonly RowKey[], buckets: readonly string[]): Promise<readonly VisibleRow[]>;
  /**
   * Writes rows that were locked, or that {@link lockRows} did not find; each row once. NUMBER_TAKEN where a new row
   * exists already or a book already holds its number or its document (Điều 15, 22).
   */
  storeRows(writes: readonly RowWrite[]): Promise<void>;
  /** Ids of the conflicts of a unit about one row, in order. */
  conflictsAbout(unit: string, key: RowKey): Promise<readonly string[]>;
};

/** What stands at one place of a bucket's feed; `gone` tells readers of the bucket to remove the row. */
export type FeedEntry = RowState & { readonly gone: boolean };
export type FeedPlace = FeedEntry & { readonly seq: number };
/** A place with the row as JSON text, as it goes over the wire; null where it is gone. */
export type FeedRow = FeedPlace & { readonly json: string | null };

export type Feeds = {
  /**
   * Moves the head of a bucket on and gives where it then is. The head stays locked until the commit, so that no reader
   * sees a later place before an earlier one.
   */
  advanceHead(bucket: string, by: number): Promise<number>;
  /** Puts rows at places of a bucket; each row stands in a bucket once, at its newest place. */
  storePlaces(bucket: string, places: readonly FeedPlace[]): Promise<void>;
  /** Where the feeds of these buckets end; a bucket that never changed is missing. */
  headsOf(buckets: readonly string[]): Promise<ReadonlyMap<string, number>>;
  /**
   * The next places after a cursor, in order: at most `limit`, and no more once their texts have `chars` characters
   * together, so that a few huge rows never fill the memory.
   */
  feedAfter(bucket: string, cursor: number, limit: number, chars: number): Promise<readonly FeedRow[]>;
  /** Every row of a bucket that is not gone, in any order. */
  liveRevisions(bucket: string): Promise<readonly RowState[]>;
  /** Other units whose rows the devices of a unit may read, sorted. */
  grantsOf(unit: string): Promise<readonly string[]>;
};

/** How far the operations of a device have come, and the history of the server's data that this is true of. */
export type DeviceState = {
  readonly unit: string;
  readonly status: 'active' | 'revoked';
  readonly lastN: number;
  readonly epoch: string;
  /** Whether it has not said yet, in this history, that the server has everything it keeps. */
  readonly awaited: boolean;
};

/** An operation as it came, with its answer. Rows of a refusal are not kept: they are read anew when it is asked again. */
export type StoredOperation = { readonly body: Operation; readonly result: OpResult };

export type Operations = {
  readDevice(id: string): Promise<DeviceState | null>;
  /** Like {@link readDevice}; the device stays locked, so that its operations come in one at a time. */
  lockDevice(id: string): Promise<DeviceState | null>;
  /** Names of the active devices of a unit that are awaited in this history, but for one of them; sorted. */
  awaitedDevices(unit: string, except: string): Promise<readonly string[]>;
  /** The device is awaited no more in this history. */
  noteHeard(id: string): Promise<void>;
  storedOperation(op: string): Promise<StoredOperation | null>;
  /** Keeps operations of a device for ever, in their order, and counts the last as its last. `at` is the server's time. */
  storeOperations(device: string, operations: readonly StoredOperation[], at: string): Promise<void>;
  /** Operations of the devices of a unit that may name a row; some that do not may be among them. */
  operationsNaming(unit: string, id: string): Promise<readonly StoredOperation[]>;
  replaceOperation(operation: StoredOperation): Promise<void>;
};

/** Who may number rests on signatures that can be checked on any later day, also after a restore. */
export type Proofs = {
  /** What only this server can write about a text; the same each time. */
  proveAsServer(text: string): Promise<string>;
  /** Whether a device of this unit, active or not, signed the text with its key. */
  deviceProved(device: string, unit: string, text: string, signature: string): Promise<boolean>;
};

/** That a row names a file; `origin` is the unit that vouches for it. */
export type FileVoucher = { readonly sha: string; readonly origin: string };
export type FileRefs = { readonly row: StoredRow; readonly vouchers: readonly FileVoucher[] };

export type FileRecords = {
  /** Who vouches for these files in these buckets. */
  vouchersOf(files: readonly string[], buckets: readonly string[]): Promise<readonly FileVoucher[]>;
  /** Notes which files each of these rows names, in each bucket it is in, in place of what was noted before. */
  replaceFileRefs(refs: readonly FileRefs[]): Promise<void>;
  /** Drops the records of those files that no row names any more and notes their content for removal. */
  dropUnnamedFiles(files: readonly string[]): Promise<void>;
};
