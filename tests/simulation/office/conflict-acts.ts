import { decideConflict } from '@shared/domain/conflicts';
import type { CollectionName } from '@shared/schema/rows';
import { type Act, fresh, ownRow, personIn, type Scene } from './scene';

/** Somebody decides which of two values holds. */
export function decide(scene: Scene): Act | null {
  const by = personIn(scene, 'clerk', 'leader', 'admin');
  const conflict = ownRow(scene, 'conflicts', ({ decision }) => decision === '');
  if (by === undefined || conflict === undefined) return null;
  const decision = scene.draw.pick(['kept', 'lost'] as const) ?? 'kept';
  return {
    what: `decides ${conflict.id}: ${decision}`,
    by,
    plan: async (context, read) => {
      const entity = await fresh(read, conflict.coll as CollectionName, conflict.entity);
      return decideConflict(context, await fresh(read, 'conflicts', conflict.id), decision, entity.rev);
    },
  };
}
