import type { World } from '../world';
import type { RowWatch } from './memory-local-database';
import type { Workstation } from './workstation';

/** S4, at each write: within one epoch the revision of a row that a machine holds never goes back. */
export function watchRows(world: World, workstation: Workstation): RowWatch {
  return (coll, stored, next) => {
    if (stored === null || next === null || next.rev >= stored.rev) return;
    if (world.server.restored) return;
    world.problems.push(
      `S4: ${coll}/${next.id} went from revision ${stored.rev} to ${next.rev} at ${workstation.device}`,
    );
  };
}
