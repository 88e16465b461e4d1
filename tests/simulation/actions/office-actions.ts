import { decide } from '../office/conflict-acts';
import { handle, register } from '../office/incoming-acts';
import { addScan, moveScan, purgeScan } from '../office/intake-acts';
import { hold, prepare } from '../office/meeting-acts';
import { advance, draft } from '../office/outgoing-acts';
import type { Act, Scene } from '../office/scene';
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

/** What people do with documents and meetings. */
export const officeActions: Readonly<Record<string, Weighted>> = {
  scan: { weight: 6, act: inOffice(addScan) },
  sort: { weight: 4, act: inOffice(moveScan) },
  purge: { weight: 2, act: inOffice(purgeScan) },
  register: { weight: 10, act: inOffice(register) },
  handle: { weight: 12, act: inOffice(handle) },
  draft: { weight: 5, act: inOffice(draft) },
  advance: { weight: 18, act: inOffice(advance) },
  prepare: { weight: 2, act: inOffice(prepare) },
  hold: { weight: 6, act: inOffice(hold) },
  decide: { weight: 3, act: inOffice(decide) },
};
