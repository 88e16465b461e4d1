import type { CollectionName } from '@shared/schema/rows';
import type { FeedEntry, Feeds } from '../sync/port';

/** A row as it stood before and as it stands now, seen by where it belongs. */
export type Move = {
  readonly coll: CollectionName;
  readonly id: string;
  readonly rev: number;
  readonly before: readonly string[];
  readonly after: readonly string[];
};

/** Entries per bucket: present in every bucket the row is in now, gone from each that it has left. */
export function feedEntries(moves: readonly Move[]): ReadonlyMap<string, readonly FeedEntry[]> {
  const entries = new Map<string, FeedEntry[]>();
  const add = (bucket: string, entry: FeedEntry) =>
    entries.set(bucket, [...(entries.get(bucket) ?? []), entry]);
  for (const { coll, id, rev, before, after } of moves) {
    for (const bucket of after) add(bucket, { coll, id, rev, gone: false });
    for (const bucket of before) {
      if (!after.includes(bucket)) add(bucket, { coll, id, rev, gone: true });
    }
  }
  return entries;
}

/**
 * Assigns places in the feed. Must be the last thing a transaction writes: it locks the head of each bucket until the
 * commit, so that a reader never sees a later place before an earlier one. Buckets are locked in sorted order.
 * Gives the buckets that changed.
 */
export async function appendToFeed(tx: Feeds, moves: readonly Move[]): Promise<readonly string[]> {
  const entries = [...feedEntries(moves)].sort(([a], [b]) => (a < b ? -1 : 1));
  for (const [bucket, list] of entries) {
    const first = (await tx.advanceHead(bucket, list.length)) - list.length + 1;
    await tx.storePlaces(
      bucket,
      list.map((entry, index) => ({ ...entry, seq: first + index })),
    );
  }
  return entries.map(([bucket]) => bucket);
}
