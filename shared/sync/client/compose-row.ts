import type { CollectionName } from '../../schema/rows';
import type { Change } from '../operation';
import { applyPatch } from '../patch';
import type { WireRow } from '../protocol';
import type { AnyRow, RowData } from './local-row';

/** What the server has of a row, as far as this device knows; `data` is null where the server has none. */
export type ServerVersion = {
  readonly data: RowData | null;
  readonly rev: number;
  readonly through: number;
  readonly buckets: Readonly<Record<string, number>>;
};

const unknown: ServerVersion = { data: null, rev: 0, through: 0, buckets: {} };

/** A stored row without what the store itself has added. */
export function dataOf({ rev: _rev, origin: _origin, ...data }: AnyRow): RowData {
  return data;
}

/** The server's version inside a stored row. */
export function serverVersionOf(stored: AnyRow | null): ServerVersion {
  if (stored === null) return unknown;
  const { rev, origin } = stored;
  const known = origin?.base !== undefined ? origin.base : rev === 0 ? null : dataOf(stored);
  return { data: known, rev, through: origin?.through ?? 0, buckets: origin?.buckets ?? {} };
}

/** The row as people see it: the server's version with own changes over it, oldest first; null where there is neither. */
export function composeRow(
  coll: CollectionName,
  id: string,
  server: ServerVersion,
  changes: readonly Change[],
): AnyRow | null {
  const { rev, through, buckets } = server;
  let view = server.data;
  for (const change of changes) {
    if (view === null && !change.create) continue;
    view = applyPatch(view ?? {}, change.patch);
  }
  if (view === null) return null;
  if (changes.length === 0) return { ...view, id, rev, origin: { buckets, through } };
  return { ...view, id, rev, origin: { buckets, through, base: beneath(coll, view, server.data) } };
}

/** The stored row with one more own change over it; null where there is nothing to change. */
export function changeRow(stored: AnyRow | null, change: Change): AnyRow | null {
  if (stored === null && !change.create) return null;
  const { data, rev, through, buckets } = serverVersionOf(stored);
  const view = applyPatch(stored === null ? {} : dataOf(stored), change.patch);
  return {
    ...view,
    id: change.id,
    rev,
    origin: { buckets, through, base: beneath(change.coll, view, data) },
  };
}

/** Where a pulled row comes from. */
export type Source = {
  readonly bucket: string;
  readonly pass: number;
  /** The first pass in the present epoch: what older ones gave is of another history, and no measure. */
  readonly epochPass: number;
  /** Operations of this device up to this number are contained in what was pulled. */
  readonly through: number;
};

/**
 * What the server has after a row has come. A version that is older than the stored one is not taken: only that the bucket
 * holds the row. A later one contains what an earlier one of the same history did, also where an answer came that was long
 * on its way and knows of less of the own work.
 */
export function received(stored: AnyRow | null, wire: WireRow, source: Source): ServerVersion {
  const known = serverVersionOf(stored);
  const buckets = { ...known.buckets, [source.bucket]: source.pass };
  const ofThisEpoch = Object.values(known.buckets).some((pass) => pass >= source.epochPass);
  if (known.data !== null && ofThisEpoch && wire.rev < known.rev) return { ...known, buckets };
  const through = ofThisEpoch ? Math.max(known.through, source.through) : source.through;
  return { data: wire.data, rev: wire.rev, through, buckets };
}

/**
 * What the server has for us after a row has left a bucket: as before while another bucket holds it, otherwise nothing;
 * operations after `through` may still make it.
 */
export function departed(stored: AnyRow | null, bucket: string, through: number): ServerVersion {
  const known = serverVersionOf(stored);
  const { [bucket]: _left, ...buckets } = known.buckets;
  if (Object.keys(buckets).length > 0) return { ...known, buckets };
  return { data: null, rev: 0, through, buckets: {} };
}

/** Whether two stored versions of a row say the same, so that storing the second is needless. */
export function sameVersion(stored: AnyRow | null, next: AnyRow): boolean {
  if (stored === null || stored.rev !== next.rev || stored.rev === 0) return false;
  if (stored.origin === undefined || stored.origin.base !== undefined || next.origin?.base !== undefined)
    return false;
  const before = Object.entries(stored.origin.buckets);
  const after = next.origin?.buckets ?? {};
  return (
    before.length === Object.keys(after).length && before.every(([bucket, pass]) => after[bucket] === pass)
  );
}

/**
 * The server's version beneath own changes. Nothing is kept under an item that was removed here as secret; where the server
 * has removed it too its version tells nothing, and is needed when the own change is refused.
 */
function beneath(coll: CollectionName, view: RowData, server: RowData | null): RowData | null {
  const isRemoved = (row: RowData | null) => coll === 'intake' && row?.['state'] === 'purged';
  return isRemoved(view) && !isRemoved(server) ? view : server;
}
