import type { World } from '../world';
import type { Action, Weighted } from './action';

/** How many steps of its database ahead a fault of the server is set. */
const reach = 20;

const holdTransaction: Action = (world, draw) => {
  const steps = 1 + draw.below(reach);
  world.server.database.pause.arm(steps);
  return `a transaction of the server will stand still at step ${steps}`;
};

const fillServerDisk: Action = (world, draw) => {
  const steps = 1 + draw.below(reach);
  world.server.database.fullDisk.arm(steps);
  return `the disk of the server will be full at write ${steps}`;
};

const crashServer: Action = (world) => {
  world.server.database.crash();
  world.network.cut();
  return 'the server starts again';
};

const backUp: Action = (world) => {
  world.server.backUp();
  return 'the server is backed up';
};

const restore: Action = (world, draw) => {
  if (!world.server.restore((count) => draw.below(count))) return null;
  world.upheavals.add('server restored');
  // What the server alone still had of a lost disk is lost with its newer state.
  if (world.upheavals.has('disk replaced')) for (const one of world.workstations) world.excuseLost(one);
  world.network.cut();
  return `the server is restored from a backup, epoch ${world.server.state.epoch}`;
};

function unitsOf(world: World): readonly string[] {
  return [...new Set(world.workstations.map(({ unit }) => unit))].sort();
}

const grant: Action = (world, draw) => {
  const unit = draw.pick(unitsOf(world)) ?? '';
  const readable = draw.pick(unitsOf(world).filter((other) => other !== unit));
  if (readable === undefined) return null;
  world.server.setGrant(unit, readable, true);
  return `${unit} may read the rows of ${readable}`;
};

const revoke: Action = (world, draw) => {
  const granted = [...world.server.state.grants].flatMap(([unit, readable]) =>
    readable.map((other) => [unit, other] as const),
  );
  const [unit, readable] = draw.pick(granted) ?? [];
  if (unit === undefined || readable === undefined) return null;
  world.server.setGrant(unit, readable, false);
  return `${unit} may no longer read the rows of ${readable}`;
};

/** A device is shut out; whoever works at it learns that at the next contact. */
const revokeDevice: Action = (world, draw) => {
  const workstation = draw.pick(world.workstations);
  if (workstation === undefined || world.server.isRevoked(workstation.device)) return null;
  void world.server.database.revokeDevice(workstation.device);
  return `${workstation.device} is shut out`;
};

/** So many units are added at a time: when they go again, somebody has to be asked. */
const imported = 25;

const importUnits: Action = (world) => {
  const ids = Array.from({ length: imported }, () => world.word('u'));
  // A disk that is full, or a crash, ends it: the administrator sees that and leaves it.
  world.server.importUnits(ids).catch(() => world.tell('the import has failed'));
  return `${imported} units are read into the directory`;
};

const agree: Action = (world, draw) => draw.pick(world.workstations)?.agreeToRemovals() ?? null;

/** What happens to the server, and what its administrator does. */
export const serverActions: Readonly<Record<string, Weighted>> = {
  'hold-server': { weight: 5, act: holdTransaction },
  'fill-server': { weight: 2, act: fillServerDisk },
  'crash-server': { weight: 1, act: crashServer },
  'back-up': { weight: 2, act: backUp },
  restore: { weight: 1, act: restore },
  grant: { weight: 2, act: grant },
  revoke: { weight: 2, act: revoke },
  'revoke-device': { weight: 1, act: revokeDevice },
  'import-units': { weight: 1, act: importUnits },
  agree: { weight: 2, act: agree },
};
