import type { Action, Weighted } from './actions/action';
import { bookActions } from './actions/book-actions';
import { faultActions } from './actions/fault-actions';
import { networkActions } from './actions/network-actions';
import { officeActions } from './actions/office-actions';
import { profileActions } from './actions/profile-actions';
import { serverActions } from './actions/server-actions';
import { BrokenBeginning, beginningFor } from './beginnings';
import { problemsAfter } from './checks/problems-after';
import { heal } from './heal';
import { settle } from './pauses';
import { Draw, opening, type Step, type Weights } from './tape';
import { World } from './world';

const actions: Readonly<Record<string, Weighted>> = {
  ...officeActions,
  ...bookActions,
  ...networkActions,
  ...faultActions,
  ...serverActions,
  ...profileActions,
};

export const weights: Weights = Object.fromEntries(
  Object.entries(actions).map(([name, { weight }]) => [name, weight]),
);

export type Outcome = {
  /** What was broken, the first thing first; empty when everything held. */
  readonly problems: readonly string[];
  readonly story: readonly string[];
  readonly acknowledged: number;
};

/** Runs one tape from its world to the checks. The same tape gives the same outcome. */
export async function runTape(tape: readonly Step[]): Promise<Outcome> {
  try {
    const [first, ...steps] = tape;
    const detail = first?.action === opening ? first.detail : 0;
    return await runFrom(new World(await beginningFor(new Draw(detail))), steps);
  } catch (error) {
    if (!(error instanceof BrokenBeginning)) throw error;
    return { problems: [error.message], story: [], acknowledged: 0 };
  }
}

async function runFrom(world: World, steps: readonly Step[]): Promise<Outcome> {
  const count = { acknowledged: 0 };
  for (const step of steps) {
    await take(world, step);
    count.acknowledged = Math.max(count.acknowledged, world.acknowledged.length);
    if (world.problems.length > 0) break;
  }
  if (world.problems.length === 0) {
    await heal(world);
    world.problems.push(...(await problemsAfter(world)));
  }
  return { problems: world.problems, story: world.story, ...count };
}

async function take(world: World, { action, detail }: Step): Promise<void> {
  const act: Action | undefined = actions[action]?.act;
  if (act === undefined) throw new Error(`no action is called ${action}`);
  world.tick();
  const happened = act(world, new Draw(detail));
  if (happened !== null) world.tell(happened);
  await settle();
}
