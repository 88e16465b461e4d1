import type { CollectionName } from '../schema/rows';
import type { Json } from '../schema/values';
import type { Change } from '../sync/operation';
import { type Context, type Plan, patchRow, type Stored } from './plan';

/**
 * Decides a conflict: keep the value that stands, or bring back the one that lost. Both stay in the record for ever, so
 * that a decision can be undone by deciding again. `entityRev` is the revision of the row at which the person looked.
 */
export function decideConflict(
  context: Context,
  conflict: Stored<'conflicts'>,
  decision: 'kept' | 'lost',
  entityRev: number,
): Plan {
  const changes: Change[] = [patchRow('conflicts', conflict, { decision, decidedBy: context.person.id })];
  // Before the first decision the kept value stands already, and whoever has changed the field since goes before it.
  if (decision === 'lost' || conflict.decision === 'lost') {
    changes.push({
      coll: conflict.coll as CollectionName,
      id: conflict.entity,
      base: entityRev,
      create: false,
      patch: { [conflict.field]: conflict[decision] as Json },
    });
  }
  return { command: 'conflict.decide', changes };
}
