import { bucketsOf, provinceBucket, unitBucket } from '@shared/domain/exchange';
import { type CollectionName, collectionNames, type RowOf } from '@shared/schema/rows';
import { sameJson } from '@shared/sync/patch';
import { type Disk, rowsOf } from '../machine/disk';
import type { ServerState } from '../server/state';

/** The buckets that the devices of a unit may read, told by the grants alone. */
export function allowedBuckets(state: ServerState, unit: string): readonly string[] {
  return [provinceBucket, unitBucket(unit), ...(state.grants.get(unit) ?? []).map(unitBucket)];
}

/**
 * S2 and S6: the rows of a workstation are exactly those of the server that its unit may see, at their revisions. What
 * it may see is worked out from the rows themselves, not from the feeds that brought them.
 */
export function viewProblems(state: ServerState, unit: string, disk: Disk): readonly string[] {
  const allowed = new Set(allowedBuckets(state, unit));
  const problems: string[] = [];
  const expected = new Set<string>();
  for (const [key, { coll, id, rev, data }] of state.rows) {
    if (!bucketsOf(coll, data as RowOf<typeof coll>).some((bucket) => allowed.has(bucket))) continue;
    expected.add(key);
    const own = rowsOf(disk, coll).get(id);
    if (own === undefined) problems.push(`S2: ${key} is missing`);
    else if (own.rev !== rev) problems.push(`S2: ${key} at revision ${own.rev} instead of ${rev}`);
    else problems.push(...differences(key, data, own));
  }
  for (const coll of collectionNames) {
    for (const id of rowsOf(disk, coll).keys()) {
      if (!expected.has(`${coll}/${id}`)) problems.push(extra(state, coll, id));
    }
  }
  return problems;
}

function extra(state: ServerState, coll: CollectionName, id: string): string {
  return state.rows.has(`${coll}/${id}`)
    ? `S6: ${coll}/${id} stays although it may not be seen here`
    : `S2: ${coll}/${id} is not on the server`;
}

function differences(
  key: string,
  server: Readonly<Record<string, unknown>>,
  own: Readonly<Record<string, unknown>>,
): readonly string[] {
  return [...new Set([...Object.keys(server), ...Object.keys(own)])]
    .filter((field) => field !== 'rev' && field !== 'origin' && !sameJson(server[field], own[field]))
    .map((field) => `S2: ${key} differs in ${field}`);
}
