import { SetUpError } from './processes.mjs';
import { bundleSimulation } from './simulate-bundle.mjs';
import { mutants } from './simulate-mutants.mjs';
import { replay, tell, write } from './simulate-tell.mjs';
import { startCrew } from './simulate-workers.mjs';

/** Schedules that are given to a process at a time: few, since most of these bugs are caught at once. */
const PORTION = 10;

/** Names every planted bug, the mark that says what it stands for, and what it breaks. */
export function listMutants() {
  for (const { name, mark = '', breaks } of mutants) write(`${name.padEnd(24)} ${mark.padEnd(3)} ${breaks}`);
}

/**
 * Runs the named mutant, or all of them, each in one process and as many at once as there are workers. `seed` is null where
 * each takes its own. True when every one is caught.
 */
export async function runMutants({ mutant, schedules, seed, workers, replay: tape }) {
  const chosen = mutant === 'all' ? mutants : mutants.filter(({ name }) => name === mutant);
  const [only] = chosen;
  if (only === undefined) throw new SetUpError(`no mutant is called ${mutant}; --mutant list names them`);
  if (tape !== undefined) return (await replay(startCrew(await bundleSimulation(only), 1), tape)) === 1;
  const alone = chosen.length === 1;
  const waiting = [...chosen];
  let survivors = 0;
  const work = async () => {
    for (let one = waiting.shift(); one !== undefined; one = waiting.shift()) {
      const around = { schedules, seed: seed ?? one.seed ?? 1, alone, size: alone ? workers : 1 };
      if (!(await isCaught(one, around))) survivors += 1;
    }
  };
  await Promise.all(Array.from({ length: alone ? 1 : workers }, work));
  write(`${chosen.length - survivors} of ${chosen.length} mutants caught`);
  return survivors === 0;
}

/** Runs schedules until one breaks a rule, and says which. One that was asked for alone is told in full. */
async function isCaught(mutant, { schedules, seed, alone, size }) {
  const crew = startCrew(await bundleSimulation(mutant), size);
  const startedAt = Date.now();
  const total = await crew.runSchedules({ seed, schedules, portion: PORTION, stopAtFirst: true });
  const [first] = total.violations;
  const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
  write(
    first === undefined
      ? `${mutant.name.padEnd(24)} SURVIVED ${total.schedules} schedules of seed ${seed} (${seconds} s)`
      : `${mutant.name.padEnd(24)} caught at schedule ${first.index + 1} of seed ${seed} (${seconds} s): ${first.problems[0].split('\n')[0]}`,
  );
  if (first !== undefined && alone) await tell(crew, first);
  await crew.stop();
  return first !== undefined;
}
