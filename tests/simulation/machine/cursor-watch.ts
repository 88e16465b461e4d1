import type { Position } from '@shared/sync/client/position';
import type { World } from '../world';
import { rowsOf } from './disk';
import type { DiskWatch } from './memory-local-database';
import type { Workstation } from './workstation';

/**
 * S5, at each write of the cursors: no cursor stands behind a row that this machine has not stored. What changed later has
 * a later place in the feed, and is not asked.
 */
export function watchCursors(world: World, workstation: Workstation): DiskWatch['value'] {
  return (id, value) => {
    if (id !== 'position') return;
    const { epoch, buckets } = value as Position;
    const { state } = world.server;
    if (epoch !== state.epoch) return;
    for (const [bucket, { next }] of Object.entries(buckets)) {
      for (const place of state.feeds.get(bucket)?.values() ?? []) {
        if (place.gone || place.seq > next) continue;
        const stored = rowsOf(workstation.disk, place.coll).get(place.id);
        if (stored === undefined || stored.rev < place.rev)
          world.problems.push(
            `S5: ${workstation.device} has read ${bucket} to ${next} without ${place.coll}/${place.id}`,
          );
      }
    }
  };
}
