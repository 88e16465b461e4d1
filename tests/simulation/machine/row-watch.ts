import type { CollectionName } from '@shared/schema/rows';
import type { AnyRow } from '@shared/sync/client/local-row';
import type { OutboxEntry } from '@shared/sync/client/outbox-entry';
import { sameJson, valueAt } from '@shared/sync/patch';
import type { World } from '../world';
import type { RowWatch } from './memory-local-database';
import type { Workstation } from './workstation';

/**
 * Looks at every row that a machine writes. S4: within one epoch its revision never goes back. And a pull never hides
 * work that waits to be sent.
 */
export function watchRows(world: World, workstation: Workstation): RowWatch {
  const { device } = workstation;
  return (coll, stored, next) => {
    if (stored !== null && next !== null && next.rev < stored.rev && !world.server.restored)
      world.problems.push(`S4: ${coll}/${next.id} went from ${stored.rev} to ${next.rev} at ${device}`);
    const id = next?.id ?? stored?.id ?? '';
    const hidden = hiddenWork([...workstation.disk.outbox.values()], coll, id, next);
    if (hidden !== null) world.problems.push(`own work of ${hidden} is hidden by a row at ${device}`);
  };
}

/** The newest waiting operation whose value a row does not show, or null. */
function hiddenWork(
  outbox: readonly OutboxEntry[],
  coll: CollectionName,
  id: string,
  next: AnyRow | null,
): string | null {
  const waiting = outbox.filter(({ n, status, refusedAs }) => {
    return status === 'pending' && refusedAs === undefined && n > (next?.origin?.through ?? 0);
  });
  const changes = waiting.flatMap(({ id: op, operation }) =>
    operation.changes
      .filter((change) => change.coll === coll && change.id === id)
      .map((change) => ({ op, change })),
  );
  if (next === null) return changes.find(({ change }) => change.create)?.op ?? null;
  const newest = new Map(
    changes.flatMap(({ op, change }) =>
      Object.entries(change.patch).map(([path, value]) => [path, { op, value }] as const),
    ),
  );
  for (const [path, { op, value }] of newest) {
    const within = [...newest.keys()].some((other) => other.startsWith(`${path}.`));
    if (!within && !sameJson(valueAt(next, path), value)) return op;
  }
  return null;
}
