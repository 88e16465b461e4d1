import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { build } from 'vite';
import { mutationBundle, signingTests } from './bundle-targets.mjs';
import { mutationPoints } from './mutation-points.mjs';
import { OUT, ROOT } from './paths.mjs';
import { runCommand, SetUpError } from './processes.mjs';
import { say } from './progress.mjs';

const HELP = `node build/mutate.mjs [room...] [--list] [--from N] [--count N]

  Switches off each check of the signing module in turn and runs the signing tests until one fails. A check that no test
  misses is named; the command fails when there is one. Rooms: check difference certificates cms timestamps (default)
  or any other folder of shared/signing.

  --list       names the checks and runs nothing
  --from N     begins with the Nth check
  --count N    takes so many
`;
const ROOMS = ['check', 'difference', 'certificates', 'cms', 'timestamps'];
const PLACE = path.join(OUT, 'mutation');
/** A check that is missing may let something run for ever; that is noticed as well. */
const LIMIT_MS = 300_000;
const WHOLE_LIMIT_MS = 1_200_000;
const PASSED = 0;

/** The names of test files say what they are about. */
const likely = {
  check:
    /unit-signing-(rules|parsers)|-(samples|refusals-and-tampering|best-time|genuine-files|timestamps|extract-revision)\.test/,
  difference:
    /-(later-changes|shadow-attacks|certification-attacks|tagged-pdf|harmless-changes|field-locks|genuine-files|samples|attacker)/,
  certificates: /unit-signing-certificates|-(certificate-path|pkits|revocation|ocsp)\.test/,
  cms: /unit-signing-parsers|-(refusals-and-tampering|samples|timestamps|genuine-files|algorithms)\.test/,
  timestamps: /-(timestamps|best-time|long-term)\.test/,
};
const slow =
  /fuzz|bombs|big-|atomicity|command-line|checking-process|comparison-bounds|many-signatures|http-port/;

await runCommand(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      help: { type: 'boolean' },
      list: { type: 'boolean' },
      from: { type: 'string', default: '1' },
      count: { type: 'string', default: '100000' },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const first = Number(values.from) - 1;
  const points = pointsOf(positionals.length === 0 ? ROOMS : positionals);
  const chosen = points.slice(first, first + Number(values.count));
  if (values.list) {
    for (const [i, point] of chosen.entries()) process.stdout.write(`${first + i + 1} ${describe(point)}\n`);
    return 0;
  }
  return (await mutateAll(chosen)) ? 0 : 1;
});

function pointsOf(rooms) {
  return rooms.flatMap((room) => {
    const folder = path.join('shared', 'signing', room);
    const files = readdirSync(path.join(ROOT, folder), { recursive: true }).filter((file) =>
      file.endsWith('.ts'),
    );
    return files
      .toSorted((a, b) => a.localeCompare(b))
      .flatMap((file) => mutationPoints(path.join(folder, file)));
  });
}

function describe({ file, line, text }) {
  return `${file}:${line} ${text}`;
}

/** True when a test fails for each of the points. Two run at a time, as tests wait for other programs now and then. */
async function mutateAll(points) {
  if ((await judge(null, 0)).outcome !== 'SURVIVED')
    throw new SetUpError('the tests fail on the code as it is');
  const results = [];
  const waiting = [...points.entries()];
  const work = async (lane) => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [i, point] = next;
      const result = await judge(point, lane);
      results.push({ ...result, point });
      say(
        `${i + 1}/${points.length} ${result.outcome} ${describe(point)}${result.by ? ` | ${result.by}` : ''}`,
      );
    }
  };
  await Promise.all([work(1), work(2)]);
  rmSync(PLACE, { recursive: true, force: true });
  const survivors = results.filter(({ outcome }) => outcome === 'SURVIVED');
  mkdirSync(path.join(ROOT, 'test-results'), { recursive: true });
  writeFileSync(path.join(ROOT, 'test-results', 'mutation.json'), JSON.stringify(results, null, 1));
  process.stdout.write(`${results.length - survivors.length} caught, ${survivors.length} survived\n`);
  for (const { point } of survivors) process.stdout.write(`  ${describe(point)}\n`);
  return survivors.length === 0;
}

/** Runs the tests that are most likely to miss the check, then the others; nobody waits for those that take minutes. */
async function judge(point, lane) {
  for (const tests of testsFor(point)) {
    const result = await runTests(tests, point, lane);
    if (result.outcome !== 'SURVIVED') return result;
  }
  return { outcome: 'SURVIVED' };
}

/** Builds tests with one check switched off (none for null) and runs them until one fails. */
async function runTests(tests, point, lane) {
  const folder = path.join(PLACE, String(lane));
  rmSync(folder, { recursive: true, force: true });
  for (const config of mutationBundle(folder, tests, switchOff(point))) await build(config);
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [path.join(folder, 'run.js'), path.join(folder, 'tests')], {
      stdio: ['ignore', 'pipe', 'ignore'],
      cwd: ROOT,
    });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (piece) => {
      output = (output + piece).slice(-4000);
    });
    const limit = setTimeout(() => child.kill('SIGKILL'), point === null ? WHOLE_LIMIT_MS : LIMIT_MS);
    child.once('exit', (code) => {
      clearTimeout(limit);
      if (code === PASSED) resolve({ outcome: 'SURVIVED' });
      else resolve({ outcome: 'caught', by: code === null ? 'time limit' : lastLine(output) });
    });
  });
}

function lastLine(output) {
  const line = output.trim().split('\n').at(-1) ?? '';
  return line.startsWith('{') ? Object.values(JSON.parse(line)).join(' > ') : 'crash';
}

/** The two rounds of tests for a check; one round with all of them for the code as it is. */
function testsFor(point) {
  const all = Object.entries(signingTests()).filter(([name]) => !slow.test(name));
  const room = point === null ? null : likely[point.file.split(path.sep)[2]];
  const rounds = room
    ? [true, false].map((wanted) => all.filter(([name]) => room.test(name) === wanted))
    : [all];
  return rounds.map((tests) => Object.fromEntries(tests));
}

/** A step of the bundler that changes one place of one file. */
function switchOff(point) {
  return {
    name: 'switch-off',
    enforce: 'pre',
    transform: (code, id) =>
      point !== null && id === path.join(ROOT, point.file)
        ? code.slice(0, point.start) + point.replacement + code.slice(point.end)
        : null,
  };
}
