import type { CollectionName } from '@shared/schema/rows';
import type { AnyRow } from '@shared/sync/client/local-row';
import { shownOf } from '@shared/sync/client/unconfirmed';
import type { Operation } from '@shared/sync/operation';
import { sameJson, valueAt } from '@shared/sync/patch';
import type { ServerState } from '../server/state';
import type { World } from '../world';
import { type Disk, outboxOf, rowsOf } from './disk';
import type { DiskWatch } from './memory-local-database';
import type { Workstation } from './workstation';

/** More rows than this never go in one round unless a person has agreed. */
const mostRemoved = 20;

/**
 * Looks at every row that a machine writes. S4: within one epoch its revision never goes back, and it contains the own work
 * that it is said to contain. A pull never hides work that waits to be sent, and never empties the directory unasked.
 */
export function watchRows(world: World, workstation: Workstation): DiskWatch['row'] {
  const { device } = workstation;
  return (coll, stored, next) => {
    if (coll === 'units' && next === null) {
      workstation.removedUnits += 1;
      if (workstation.removedUnits > mostRemoved && !workstation.agreed)
        world.problems.push(`the directory of ${device} is emptied and nobody was asked`);
    }
    if (next !== null && !world.server.restored && !contains(world.server.state, device, coll, next))
      world.problems.push(`S4: ${coll}/${next.id} at ${device} is older than the own work it should contain`);
    if (stored !== null && next !== null && next.rev < stored.rev && !world.server.restored)
      world.problems.push(`S4: ${coll}/${next.id} went from ${stored.rev} to ${next.rev} at ${device}`);
    const id = next?.id ?? stored?.id ?? '';
    const hidden = hiddenWork(workstation.disk, coll, id, next);
    if (hidden !== null) world.problems.push(`own work of ${hidden} is hidden by ${coll}/${id} at ${device}`);
  };
}

/** Whether a row is as new as the last own operation on it up to the number that it is said to contain. */
function contains(
  { lastCommit, operations, devices }: ServerState,
  device: string,
  coll: CollectionName,
  { id, rev, origin }: AnyRow,
): boolean {
  const through = origin?.through ?? 0;
  if (through > (devices.get(device)?.lastN ?? 0)) return false;
  const isContained = (op: string): boolean => {
    const taken = operations.get(op);
    if (taken?.device !== device || taken.body.n > through || taken.result.status === 'rejected')
      return false;
    return taken.body.changes.some((change) => change.coll === coll && change.id === id);
  };
  for (let commit = lastCommit; through > 0 && commit !== null; commit = commit.earlier) {
    const written = commit.rows.find(({ after }) => after.id === id && after.coll === coll);
    if (written === undefined) continue;
    if (written.after.rev <= rev) return true;
    // Operations that came together are one commit: only a row from before all of them certainly lacks this one.
    if (rev <= (written.before?.rev ?? 0) && commit.operations.some(isContained)) return false;
  }
  return true;
}

/**
 * The newest waiting operation whose value a row does not show, or null. The files of a document that was made of a removed
 * item are hidden on purpose, and the number that stays of a refused operation stands above what was numbered before.
 */
function hiddenWork(disk: Disk, coll: CollectionName, id: string, next: AnyRow | null): string | null {
  const waiting = outboxOf(disk).filter(
    ({ n, status }) => status === 'pending' && n > (next?.origin?.through ?? 0),
  );
  const changes = waiting.flatMap((entry) =>
    (entry.refusedAs === undefined ? entry.operation.changes : (shownOf(entry)?.changes ?? []))
      .filter((change) => change.coll === coll && change.id === id)
      .map((change) => ({ op: entry.id, change, withoutFiles: isOfRemoved(disk, entry.operation) })),
  );
  if (next === null) return changes.find(({ change }) => change.create)?.op ?? null;
  const newest = new Map(
    changes.flatMap(({ op, change, withoutFiles }) =>
      Object.entries(change.patch)
        .filter(([path]) => path !== 'files' || !withoutFiles)
        .map(([path, value]) => [path, { op, value }] as const),
    ),
  );
  for (const [path, { op, value }] of newest) {
    const within = [...newest.keys()].some((other) => other.startsWith(`${path}.`));
    if (!within && !sameJson(valueAt(next, path), value)) return op;
  }
  return null;
}

/** Whether an operation names an item of the box that this machine knows to be removed as a secret. */
function isOfRemoved(disk: Disk, { changes }: Operation): boolean {
  const items = rowsOf(disk, 'intake');
  return changes.some(({ coll, id }) => coll === 'intake' && items.get(id)?.['state'] === 'purged');
}
