import { decide } from '../office/conflict-acts';
import { makeCopy } from '../office/copy-acts';
import { correctFirst, handle, register } from '../office/incoming-acts';
import { addScan, moveScan, purgeScan } from '../office/intake-acts';
import { hold, prepare } from '../office/meeting-acts';
import { advance, draft, editFirst } from '../office/outgoing-acts';
import type { Act, Scene } from '../office/scene';
import { Draw } from '../tape';
import type { Action, Weighted } from './action';

/** Somebody sits down at a workstation, switches it on where it is off, and does this. */
export function inOffice(plan: (scene: Scene) => Act | null): Action {
  return (world, draw) => {
    const workstation = draw.pick(world.workstations);
    if (workstation === undefined || workstation.isLost) return null;
    if (!workstation.isOn) return workstation.switchOn();
    const act = plan(workstation.scene(draw));
    return act === null ? null : workstation.carryOut(act);
  };
}

/** Two people of one office work on the same thing at once, each at a machine of her own. */
const contend: Action = (world, draw) => {
  const first = draw.pick(world.workstations.filter(({ isOn, isLost }) => isOn && !isLost));
  const second = world.workstations.find(
    ({ device, unit, isOn, isLost }) => device !== first?.device && unit === first?.unit && isOn && !isLost,
  );
  const plan = draw.pick([correctFirst, editFirst, moveScan, handle, advance, hold]);
  if (first === undefined || second === undefined || plan === undefined) return null;
  const detail = draw.below(1000);
  const done = [first, second].flatMap((workstation) => {
    const act = plan(workstation.scene(new Draw(detail)));
    return act === null ? [] : workstation.carryOut(act);
  });
  return done.length === 0 ? null : `at once: ${done.join('; ')}`;
};

/** What people do with documents and meetings. */
export const officeActions: Readonly<Record<string, Weighted>> = {
  scan: { weight: 6, act: inOffice(addScan) },
  sort: { weight: 4, act: inOffice(moveScan) },
  purge: { weight: 6, act: inOffice(purgeScan) },
  register: { weight: 10, act: inOffice(register) },
  handle: { weight: 12, act: inOffice(handle) },
  draft: { weight: 5, act: inOffice(draft) },
  advance: { weight: 18, act: inOffice(advance) },
  copy: { weight: 2, act: inOffice(makeCopy) },
  prepare: { weight: 2, act: inOffice(prepare) },
  hold: { weight: 6, act: inOffice(hold) },
  decide: { weight: 3, act: inOffice(decide) },
  contend: { weight: 5, act: contend },
};
