import { sha256 } from '@shared/node/sha256';
import type { World } from '../world';
import { acknowledgedProblems } from './acknowledged';
import { digestProblems } from './digests';
import { mergingProblems } from './merging';
import { numberProblems } from './numbers';
import { revokedProblems } from './revoked';
import { secretProblems } from './secrets';
import { shownNumberProblems } from './shown-numbers';
import { viewProblems } from './views';

/** Everything that must hold once all faults are over and nothing moves any more; what does not is named. */
export async function problemsAfter(world: World): Promise<readonly string[]> {
  if (world.problems.length > 0) return [];
  const { state } = world.server;
  return [
    ...acknowledgedProblems(world),
    ...mergingProblems(state),
    ...(await numberProblems(state, silentDevices(world), sha256)),
    ...shownNumberProblems(world.acknowledged, world.unwritten),
    ...world.reachable.flatMap(({ device, unit, disk }) =>
      viewProblems(state, unit, disk).map((problem) => `${problem} at ${device}`),
    ),
    ...(await digestProblems(world)),
    ...secretProblems(world),
    ...revokedProblems(world),
  ];
}

function silentDevices({ server, workstations }: World): ReadonlySet<string> {
  const silent = workstations.filter(({ device, diskReplaced }) => diskReplaced || server.isRevoked(device));
  return new Set(silent.map(({ device }) => device));
}
