import type { CollectionName } from '../../schema/rows';
import type { AnyRow } from './local-row';
import type { OutboxEntry, OutboxStatus } from './outbox-entry';

/** A row that the database itself does not take, while it takes others. */
export type RowFault = { readonly id: string; readonly problem: string };

/**
 * The rows of one device, by collection. Views: they can be dropped and pulled again at any time.
 * Every method reads what is stored now, whichever window wrote it.
 */
export type RowTables = {
  read(coll: CollectionName, ids: readonly string[]): Promise<ReadonlyMap<string, AnyRow>>;
  /** Up to `limit` rows with an id after `after` ('' = from the start), in ascending order of their ids. */
  page(coll: CollectionName, after: string, limit: number): Promise<readonly AnyRow[]>;
  /**
   * Changes rows. `next` gets what is stored under an id (null: nothing) and gives what shall be (null: nothing); the same
   * object means no change. It is pure and may be called again for an id when what is stored was different from what the
   * database had guessed. Each row changes whole; a stop in between may leave some rows changed and others not.
   * Gives the rows that could not be stored by their own fault. Errors: DISK_FULL, IO.
   */
  update(
    coll: CollectionName,
    ids: readonly string[],
    next: (id: string, stored: AnyRow | null) => AnyRow | null,
  ): Promise<readonly RowFault[]>;
};

/** The operations of this device. Strict: what `write` has stored survives the loss of power. */
export type OutboxTable = {
  read(ids: readonly string[]): Promise<ReadonlyMap<string, OutboxEntry>>;
  /** Entries with a number above `n`, in order, at most `limit`. */
  after(n: number, limit: number): Promise<readonly OutboxEntry[]>;
  /** Entries in one status with a number above `n`, in order, at most `limit`. */
  inStatus(status: OutboxStatus, n: number, limit: number): Promise<readonly OutboxEntry[]>;
  /** Puts and removes entries (by id) together: ONE durable step. Errors: DISK_FULL, IO: nothing was stored. */
  write(put: readonly OutboxEntry[], remove?: readonly string[]): Promise<void>;
};

/** Small values of this device by name; each call that writes is ONE durable step, strict. Errors: DISK_FULL, IO. */
export type StateTable = {
  get(id: string): Promise<unknown>;
  /** Ids and values whose id begins with `prefix`, in ascending order of the ids. */
  under(prefix: string): Promise<ReadonlyMap<string, unknown>>;
  set(id: string, value: unknown): Promise<void>;
  remove(ids: readonly string[]): Promise<void>;
};

/**
 * Everything that one device keeps, as the client core sees it. The application gives RxDB, the simulator a database in
 * memory that stops between any two durable steps. No method may answer from a cache that another window's write has
 * not reached yet.
 */
export type LocalDatabase = {
  /** Names the layout that rows are stored in. Cursors that belong to another generation do not count. */
  readonly generation: string;
  readonly rows: RowTables;
  readonly outbox: OutboxTable;
  readonly state: StateTable;
};
