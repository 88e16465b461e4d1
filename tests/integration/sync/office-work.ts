import { packManifest, prepareMeeting, publishMeeting } from '@shared/domain/meeting';
import type { Role } from '@shared/schema/people';
import { decide } from '../../simulation/office/conflict-acts';
import { correctFirst, handle, register } from '../../simulation/office/incoming-acts';
import { addScan, moveScan, purgeScan } from '../../simulation/office/intake-acts';
import { hold, prepare } from '../../simulation/office/meeting-acts';
import { advance, draft, editFirst } from '../../simulation/office/outgoing-acts';
import { type Act, fresh, ownRow, personIn, type Scene } from '../../simulation/office/scene';
import { chanceFrom } from '../../simulation/tape';
import type { Machine } from './machine';

/** A meeting is published; then units are asked to it and taken off again: the row moves between the buckets of units. */
function moveMeeting(scene: Scene): Act | null {
  const meeting = ownRow(scene, 'meetings', ({ state }) => state === 'preparing' || state === 'published');
  const by = personIn(scene, 'chair', 'secretary');
  if (meeting === undefined || by === undefined) return null;
  const participants = scene.rows('units').flatMap(({ id }) => {
    const asked = id === scene.unit || scene.draw.below(2) === 0;
    return asked ? [{ id: `p-${id}`, name: id, position: '', unit: id, voting: true }] : [];
  });
  return {
    what: `publishes ${meeting.id} or asks other offices to it`,
    by,
    plan: async (context, read) => {
      const row = await fresh(read, 'meetings', meeting.id);
      if (row.state === 'published') return prepareMeeting(context, row, { participants });
      const manifest = await scene.sha256(packManifest(row, 1));
      return publishMeeting(context, row, { manifest, document: null });
    },
  };
}

type Plan = (scene: Scene) => Act | null;

/** What people do all day; what is named twice is done twice as often. */
export const officeWork: readonly Plan[] = [
  addScan,
  moveScan,
  purgeScan,
  register,
  register,
  handle,
  handle,
  correctFirst,
  draft,
  editFirst,
  ...Array.from({ length: 6 }, () => advance),
  prepare,
  ...Array.from({ length: 4 }, () => moveMeeting),
  hold,
  hold,
  decide,
];

/** The roles of the four people of an office. */
export const staff: readonly (readonly [string, readonly Role[]])[] = [
  ['lan', ['leader', 'chair']],
  ['mai', ['clerk', 'secretary']],
  ['hoa', ['clerk']],
  ['son', ['officer', 'admin']],
];

/** Does one random thing at a machine; false where there was nothing to do. */
export function workAtRandom(machine: Machine, chance: () => number): Promise<boolean> {
  const plan = officeWork[chance() % officeWork.length] ?? addScan;
  return machine.work(plan, chance());
}

/** Numbers from the seed of the environment variable CV_SEED, and a place of their own in it. */
export function chanceOf(place: number): () => number {
  return chanceFrom(Number(process.env['CV_SEED'] ?? 1) * 1_000 + place);
}
