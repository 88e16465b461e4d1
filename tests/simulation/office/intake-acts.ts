import { addToIntake, restoreToIntake, setAside } from '@shared/domain/intake';
import { purgeIntake } from '@shared/domain/removal';
import { type Act, fresh, freshFile, ownRow, personIn, type Scene } from './scene';

/** Somebody puts a scan into the box. */
export function addScan(scene: Scene): Act | null {
  const by = personIn(scene, 'clerk', 'officer', 'leader', 'admin');
  if (by === undefined) return null;
  const file = freshFile(scene);
  return {
    what: `puts ${file.name} into the box`,
    by,
    plan: (context) => addToIntake(context, { file, source: 'chosen', problem: '' }),
  };
}

/** The clerk puts an item aside or takes it back, as its state on her screen is. */
export function moveScan(scene: Scene): Act | null {
  const by = personIn(scene, 'clerk');
  const item = ownRow(scene, 'intake', ({ state }) => state === 'waiting' || state === 'set-aside');
  if (by === undefined || item === undefined) return null;
  const reason = scene.word();
  return item.state === 'waiting'
    ? {
        what: `puts aside ${item.id}`,
        by,
        plan: async (_context, read) => setAside(await fresh(read, 'intake', item.id), reason),
      }
    : {
        what: `takes back ${item.id}`,
        by,
        plan: async (_context, read) => restoreToIntake(await fresh(read, 'intake', item.id)),
      };
}

/** The clerk finds that a scan is secret and removes it. */
export function purgeScan(scene: Scene): Act | null {
  const by = personIn(scene, 'clerk');
  const item = ownRow(scene, 'intake', ({ state }) => state === 'waiting' || state === 'set-aside');
  if (by === undefined || item === undefined) return null;
  return {
    what: `removes the secret ${item.id}`,
    by,
    plan: async (context, read) => purgeIntake(context, [await fresh(read, 'intake', item.id)]),
  };
}
