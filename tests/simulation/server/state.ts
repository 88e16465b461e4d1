import type { FeedPlace, FileVoucher, StoredOperation, StoredRow } from '../../../server/sync/port';

/** A row as it stands, and the operation that wrote it last. */
export type KeptRow = StoredRow & { readonly op: string };

export type KeptDevice = {
  readonly unit: string;
  readonly status: 'active' | 'revoked';
  readonly lastN: number;
  /** What `lastN` was when the device was shut out. */
  readonly shutOutAt?: number;
  /** The last epoch in which it has said that the server has everything it keeps. */
  readonly heardEpoch: string;
};

/** What one transaction has made of a row. */
export type WrittenRow = { readonly before: KeptRow | null; readonly after: KeptRow };

/** One committed transaction: its rows, and the operations that it took in, in order. The checks of a run look back on it. */
export type Commit = {
  readonly earlier: Commit | null;
  readonly rows: readonly WrittenRow[];
  readonly operations: readonly string[];
};

/** What is committed. Never changed in place, so that a snapshot and a backup are no more than a reference to it. */
export type ServerState = {
  readonly serverId: string;
  readonly epoch: string;
  readonly rows: ReadonlyMap<string, KeptRow>;
  readonly heads: ReadonlyMap<string, number>;
  readonly feeds: ReadonlyMap<string, ReadonlyMap<string, FeedPlace>>;
  readonly devices: ReadonlyMap<string, KeptDevice>;
  readonly operations: ReadonlyMap<string, StoredOperation & { readonly device: string }>;
  readonly grants: ReadonlyMap<string, readonly string[]>;
  readonly vouchers: ReadonlyMap<string, readonly (FileVoucher & { readonly bucket: string })[]>;
  readonly lastCommit: Commit | null;
};

export function emptyState(serverId: string, epoch: string): ServerState {
  return {
    serverId,
    epoch,
    rows: new Map(),
    heads: new Map(),
    feeds: new Map(),
    devices: new Map(),
    operations: new Map(),
    grants: new Map(),
    vouchers: new Map(),
    lastCommit: null,
  };
}

/** Every commit that this state has behind it, the oldest first. */
export function commitsOf(state: ServerState): readonly Commit[] {
  const commits: Commit[] = [];
  for (let commit = state.lastCommit; commit !== null; commit = commit.earlier) commits.push(commit);
  return commits.reverse();
}

/** A map with other entries laid over it; the same map where there are none. */
export function withEntries<V>(
  map: ReadonlyMap<string, V>,
  entries: ReadonlyMap<string, V>,
): ReadonlyMap<string, V> {
  if (entries.size === 0) return map;
  const next = new Map(map);
  for (const [key, value] of entries) next.set(key, value);
  return next;
}
