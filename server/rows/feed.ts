import type { CollectionName } from '@shared/schema/rows';
import type { Session } from '../storage/port';

/** What a written row means to one bucket. */
export type FeedEntry = {
  readonly coll: CollectionName;
  readonly id: string;
  readonly rev: number;
  readonly gone: boolean;
};

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
export async function appendToFeed(session: Session, moves: readonly Move[]): Promise<readonly string[]> {
  const entries = [...feedEntries(moves)].sort(([a], [b]) => (a < b ? -1 : 1));
  for (const [bucket, list] of entries) {
    const heads = await session.query<{ head: number }>(
      `insert into bucket as b (bucket, head) values ($1, $2)
       on conflict (bucket) do update set head = b.head + excluded.head returning head`,
      [bucket, list.length],
    );
    const first = (heads[0]?.head ?? 0) - list.length + 1;
    const rows = list.map((entry, index) => ({ ...entry, seq: first + index }));
    await session.query(
      `insert into feed (bucket, seq, coll, id, rev, gone)
       select $1, r.seq, r.coll, r.id, r.rev, r.gone
       from json_to_recordset($2::json) as r(seq bigint, coll text, id text, rev integer, gone boolean)
       on conflict (bucket, coll, id) do update set seq = excluded.seq, rev = excluded.rev, gone = excluded.gone`,
      [bucket, JSON.stringify(rows)],
    );
  }
  return entries.map(([bucket]) => bucket);
}
