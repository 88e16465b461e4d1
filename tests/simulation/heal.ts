import type { Workstation } from './machine/workstation';
import { settle } from './pauses';
import type { ServerState } from './server/state';
import type { World } from './world';

/** How many rounds of every machine may pass until nothing moves any more. */
const patience = 40;
/** How many messages one round may take. */
const messages = 400;

/** Everything is repaired: faults end, machines and lines come up, and every machine syncs until nothing is left to do. */
export async function heal(world: World): Promise<void> {
  world.tell('— everything is repaired —');
  world.network.cut();
  world.server.database.pause.disarm();
  world.server.database.fullDisk.disarm();
  for (const { steps } of world.workstations) steps.calm();
  while (world.pauses.release(() => 0) !== null) await settle();
  world.network.cut();
  await settle();
  for (const workstation of world.workstations) if (!workstation.isOn) workstation.switchOn();
  await settle();
  const quiet = new Map<Workstation, ServerState>();
  for (let pass = 0; pass < patience; pass += 1) if (await comesToRest(world, quiet)) return;
  const failures = world.workstations.map(({ device, lastRound }) => `${device}: ${lastRound}`);
  world.problems.push(`does not come to rest (${failures.join('; ')})`);
}

/**
 * Syncs every machine for which there may be news: `quiet` says at which state of the server a round of a machine has moved
 * nothing at all. True when that holds of every machine and the present state.
 */
async function comesToRest(world: World, quiet: Map<Workstation, ServerState>): Promise<boolean> {
  for (const workstation of world.reachable) {
    const before = world.server.state;
    if (quiet.get(workstation) === before) continue;
    world.tick();
    const movedNothing = await wholeRound(world, workstation);
    const agreed = workstation.agreeToRemovals() !== null;
    await settle();
    if (movedNothing && !agreed && world.server.state === before) quiet.set(workstation, before);
  }
  return world.reachable.every((workstation) => quiet.get(workstation) === world.server.state);
}

/** One round with a good line. True when it brought and sent nothing. */
export async function wholeRound(world: World, workstation: Workstation): Promise<boolean> {
  workstation.beginRound();
  for (let count = 0; count < messages; count += 1) {
    await settle();
    if (!workstation.isSyncing) break;
    world.network.deliver(() => 0, { device: workstation.device });
  }
  return workstation.lastRound === 'nothing to do';
}
