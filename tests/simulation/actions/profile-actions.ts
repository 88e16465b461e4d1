import type { Action, Weighted } from './action';

/** A copy of the profile is put aside, as a backup program would do it. */
const copyProfile: Action = (world, draw) => {
  const workstation = draw.pick(world.workstations);
  if (workstation === undefined) return null;
  workstation.copyProfile();
  return `the profile of ${workstation.device} is copied`;
};

/** An older copy of the database comes back; the journal beside it is the newest. */
const restoreProfile: Action = (world, draw) => {
  const workstation = draw.pick(world.workstations.filter(({ hasCopy }) => hasCopy));
  if (workstation === undefined) return null;
  workstation.restoreProfile();
  return `${workstation.device} gets an older copy of its database back`;
};

/**
 * The whole disk is lost with everything that only it had, and an older copy of the profile is restored on a new one. What
 * nobody else knows is gone; everything else has to hold.
 */
const replaceDisk: Action = (world, draw) => {
  const workstation = draw.pick(world.workstations.filter(({ hasCopy }) => hasCopy));
  if (workstation === undefined) return null;
  workstation.replaceDisk();
  return `${workstation.device} gets a new disk with an older copy of everything`;
};

/** The database is damaged and set aside; only the journal is left. */
const loseDatabase: Action = (world, draw) => {
  const workstation = draw.pick(world.workstations);
  if (workstation === undefined) return null;
  workstation.loseDatabase();
  return `the database of ${workstation.device} is lost`;
};

/** What happens to what a machine keeps. */
export const profileActions: Readonly<Record<string, Weighted>> = {
  'copy-profile': { weight: 3, act: copyProfile },
  'restore-profile': { weight: 3, act: restoreProfile },
  'replace-disk': { weight: 1, act: replaceDisk },
  'lose-database': { weight: 1, act: loseDatabase },
};
