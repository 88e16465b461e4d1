import { readDigest } from '../../../server/sync/digest';
import type { World } from '../world';
import { allowedBuckets } from './views';

/** S7: every machine works out the same digest of each bucket from its own rows as the server does from its feed. */
export async function digestProblems(world: World): Promise<readonly string[]> {
  const problems: string[] = [];
  for (const workstation of world.reachable) {
    const { device, unit } = workstation;
    for (const bucket of allowedBuckets(world.server.state, unit)) {
      const own = await workstation.digest(bucket);
      const server = await readDigest(world.server.database, { device, unit }, bucket);
      if (own.digest !== server.digest || own.count !== server.count)
        problems.push(
          `S7: digest of ${bucket} at ${device}: ${own.count} rows, on the server ${server.count}`,
        );
    }
  }
  return problems;
}
