import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { ROOT } from './paths.mjs';
import { runCommand, SetUpError } from './processes.mjs';
import { bundleSimulation } from './simulate-bundle.mjs';
import { listMutants, runMutants } from './simulate-mutant-runs.mjs';
import { showProgress } from './simulate-progress.mjs';
import { firstLine, replay, tell, write } from './simulate-tell.mjs';
import { startCrew } from './simulate-workers.mjs';

const HELP = `npm run --silent simulate -- [--schedules N] [--seed S] [--mutant NAME] [--replay TAPE]

  Runs the client and the server of the product against each other in memory, under every fault that a schedule can
  hold, and checks after each schedule that nothing was lost, doubled or shown to the wrong reader.

  --schedules N   how many schedules (default 20000)
  --from N        the first of them, to go on with a long run in pieces (default 0)
  --seed S        which ones; the same seed gives the same schedules and the same fingerprint (default 1, and for some
                  planted bugs one that shows them early)
  --mutant NAME   with one planted bug; 'list' names them, 'all' runs each and fails when one is not caught. P1 to P9 are what
                  usually goes wrong in a protocol of this kind, H1 to H6 what has lost work in other engines
  --replay TAPE   runs one tape as it was printed, and tells it step by step
  --workers N     how many processes (default: as many as cores)
  --progress      says every minute on stderr how far it is (on a terminal it is shown anyway)

  Status 0 without violations (with a mutant: when it is caught), 1 otherwise.
`;
const KNOWN_TAPES = path.join(ROOT, 'tests', 'simulation', 'known-tapes.txt');
/** Schedules that are given to a process at a time. */
const PORTION = 100;
/** How many of the violations are shortened. */
const TOLD = 3;

await runCommand(async () => {
  const options = readOptions();
  if (options === null) {
    process.stdout.write(HELP);
    return 0;
  }
  if (options.mutant === 'list') {
    listMutants();
    return 0;
  }
  if (options.mutant !== undefined) return (await runMutants(options)) ? 0 : 1;
  const crew = startCrew(await bundleSimulation(null), options.workers);
  return options.replay === undefined ? runAll(crew, options) : replay(crew, options.replay);
});

function readOptions() {
  const { values } = parseArgs({
    options: {
      help: { type: 'boolean' },
      schedules: { type: 'string', default: '20000' },
      from: { type: 'string', default: '0' },
      seed: { type: 'string' },
      mutant: { type: 'string' },
      replay: { type: 'string' },
      workers: { type: 'string', default: String(availableParallelism()) },
      progress: { type: 'boolean', default: false },
    },
  });
  if (values.help) return null;
  const numbers = [values.schedules, values.from, values.seed ?? '1', values.workers].map(Number);
  for (const number of numbers) {
    if (!Number.isSafeInteger(number) || number < 0) throw new SetUpError(HELP);
  }
  const [schedules, from, given, workers] = numbers;
  const { mutant, replay: tape, progress } = values;
  const seed = values.seed === undefined ? null : given;
  return { schedules, from, seed, workers: Math.max(1, workers), mutant, replay: tape, progress };
}

/** Tapes that broke a rule once, with what they broke. */
function knownTapes() {
  const lines = readFileSync(KNOWN_TAPES, 'utf8').split('\n');
  return lines.flatMap((line, index) =>
    line.startsWith('world.') ? [{ broke: lines[index - 1] ?? '', tape: line }] : [],
  );
}

/** Runs the known tapes and every schedule, and tells violations when they are found. Gives the exit status. */
async function runAll(crew, { schedules, from, seed: given, progress: lines }) {
  const seed = given ?? 1;
  let broken = 0;
  for (const { broke, tape } of knownTapes()) {
    const { problems } = await crew.ask({ kind: 'replay', tape });
    if (problems.length === 0) continue;
    broken += 1;
    write(`known tape (${broke}): ${problems[0]}\n  npm run --silent simulate -- --replay '${tape}'`);
  }
  const startedAt = Date.now();
  const progress = showProgress(schedules, lines);
  let left = TOLD;
  const onPortion = async (result, worker) => {
    progress.add(result);
    for (const violation of result.violations) {
      left -= 1;
      if (left >= 0) await tell(worker, violation);
      else write(firstLine(violation));
    }
  };
  const portion = PORTION;
  const total = await crew.runSchedules({ seed, from, schedules, portion, stopAtFirst: false, onPortion });
  const seconds = (Date.now() - startedAt) / 1000;
  progress.end();
  const where = from === 0 ? '' : ` from ${from}`;
  write(
    `${total.schedules} schedules of seed ${seed}${where}, ${total.acknowledged} acknowledged operations`,
  );
  write(`${Math.round(total.schedules / seconds)} schedules a second`);
  write(`fingerprint: ${total.fingerprint}`);
  const violations = total.violations.length + broken;
  write(`violations: ${violations}`);
  await crew.stop();
  return violations === 0 ? 0 : 1;
}
