import type { CollectionName, RowOf } from '../../schema/rows';

/** Data of a row as the server sends them, before anything is known of their shape. */
export type RowData = Readonly<Record<string, unknown>>;

/** Where a local row comes from. A row without it is known to this device only, or was stored by an older program. */
export type RowOrigin = {
  /** The buckets that hold the row, each with the number of the pass over the bucket that gave it last. */
  readonly buckets: Readonly<Record<string, number>>;
  /** The server's version contains the operations of this device up to this number. */
  readonly through: number;
  /**
   * The server's version while own operations lie over it; null while the server has none. Absent where the row itself
   * is the server's version.
   */
  readonly base?: RowData | null;
};

/** A row as stored locally: its data, the server's revision (0 while only this device knows it), and its origin. */
export type LocalRow<C extends CollectionName = CollectionName> = RowOf<C> & {
  readonly rev: number;
  readonly origin?: RowOrigin;
};

/** A local row of whatever collection, as the store handles it. */
export type AnyRow = RowData & { readonly id: string; readonly rev: number; readonly origin?: RowOrigin };
