import type { Workstation } from '../machine/workstation';
import type { Draw } from '../tape';
import type { World } from '../world';
import type { Action, Weighted } from './action';

const day = 86_400_000;
const tenYears = 3652 * day;
/** How many durable steps ahead a fault is set. */
const reach = 12;

/** A fault of one running workstation. */
function atWorkstation(act: (workstation: Workstation, draw: Draw, world: World) => string): Action {
  return (world, draw) => {
    const workstation = draw.pick(world.workstations);
    if (workstation === undefined) return null;
    return workstation.isOn ? act(workstation, draw, world) : workstation.switchOn();
  };
}

const losePower = atWorkstation((workstation, draw) => {
  workstation.steps.lastWriteStays = draw.below(2) === 0;
  const steps = 1 + draw.below(reach);
  workstation.steps.powerLoss.arm(steps);
  return `${workstation.device} will lose its power at write ${steps}`;
});

const fillDisk = atWorkstation((workstation, draw) => {
  const steps = 1 + draw.below(reach);
  workstation.steps.fullDisk.arm(steps);
  return `the disk of ${workstation.device} will be full at write ${steps}`;
});

const hesitate = atWorkstation((workstation, draw) => {
  const steps = 1 + draw.below(reach);
  workstation.steps.pause.arm(steps);
  return `${workstation.device} will stand still at write ${steps}`;
});

const release: Action = (world, draw) => {
  const what = world.pauses.release((count) => draw.below(count));
  return what === null ? null : `goes on: ${what}`;
};

const switchOff = atWorkstation((workstation) => workstation.switchOff());

const setClock = atWorkstation((workstation, draw) => {
  const offset = [-tenYears, -day, 0, 2 * day, tenYears][draw.below(5)] ?? 0;
  workstation.clockOffset = offset;
  return `the clock of ${workstation.device} goes ${offset / day} days wrong`;
});

const wait: Action = (world, draw) => {
  const days = [1, 3, 40, 300][draw.below(4)] ?? 1;
  world.now += days * day;
  return `${days} days pass`;
};

/** What goes wrong at a workstation. */
export const faultActions: Readonly<Record<string, Weighted>> = {
  'lose-power': { weight: 6, act: losePower },
  'fill-disk': { weight: 3, act: fillDisk },
  hesitate: { weight: 6, act: hesitate },
  release: { weight: 8, act: release },
  'switch-off': { weight: 2, act: switchOff },
  clock: { weight: 3, act: setClock },
  wait: { weight: 2, act: wait },
};
