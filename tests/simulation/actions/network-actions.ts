import type { Action, Weighted } from './action';

/** A workstation begins a round of replication, as it does every half minute and after each piece of work. */
const round: Action = (world, draw) => {
  const workstation = draw.pick(world.workstations);
  if (workstation === undefined) return null;
  return workstation.isOn ? workstation.beginRound() : workstation.switchOn();
};

/** A round over a good line: its messages arrive at once, unless something else goes wrong. */
const quickRound: Action = (world, draw) => {
  const workstation = draw.pick(world.workstations);
  if (workstation === undefined) return null;
  if (!workstation.isOn) return workstation.switchOn();
  world.network.hurry(workstation.device, 4 * (1 + draw.below(10)));
  const began = workstation.beginRound() ?? `${workstation.device} goes on with its round`;
  return `${began} over a good line`;
};

const secondRound: Action = (world, draw) => {
  return draw.pick(world.workstations.filter(({ isSyncing }) => isSyncing))?.beginSecondRound() ?? null;
};

const deliver: Action = (world, draw) => world.network.deliver((count) => draw.below(count));

/** What is the oldest under way arrives: the usual case. */
const deliverOldest: Action = (world) => world.network.deliver(() => 0);

/** What was sent last overtakes everything else. */
const deliverNewest: Action = (world) => world.network.deliver((count) => count - 1);

const repeat: Action = (world, draw) => {
  const what = world.network.deliver((count) => draw.below(count), { again: true });
  return what === null ? null : `${what}, which will come again`;
};

const drop: Action = (world, draw) => {
  const what = world.network.drop((count) => draw.below(count));
  return what === null ? null : `lost: ${what}`;
};

const giveUp: Action = (world, draw) => {
  const what = world.network.giveUp((count) => draw.below(count));
  return what === null ? null : `given up: ${what}`;
};

const slowDown: Action = (world, draw) => {
  const what = world.network.slowDown((count) => draw.below(count));
  return what === null ? null : `held up: ${what}`;
};

const speedUp: Action = (world) => {
  const what = world.network.speedUp();
  return what === null ? null : `under way again: ${what}`;
};

const cut: Action = (world) => {
  world.network.cut();
  return 'all lines are cut';
};

/** What travels, and what becomes of it. */
export const networkActions: Readonly<Record<string, Weighted>> = {
  round: { weight: 16, act: round },
  'quick-round': { weight: 12, act: quickRound },
  'second-round': { weight: 3, act: secondRound },
  deliver: { weight: 16, act: deliver },
  next: { weight: 22, act: deliverOldest },
  newest: { weight: 6, act: deliverNewest },
  repeat: { weight: 4, act: repeat },
  drop: { weight: 4, act: drop },
  late: { weight: 4, act: giveUp },
  'slow-down': { weight: 4, act: slowDown },
  'speed-up': { weight: 3, act: speedUp },
  cut: { weight: 1, act: cut },
};
