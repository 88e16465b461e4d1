import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { OUT, ROOT } from './paths.mjs';
import { capture, runCommand, SetUpError } from './processes.mjs';
import { say } from './progress.mjs';
import { findRuntime } from './runtime.mjs';
import { sandboxSwitches } from './sandbox.mjs';
import { setUpForWindows } from './set-up.mjs';
import { firstLine, readInsideElectron, readPlaywright, readVitest } from './test-report.mjs';

const RESULTS = path.join(ROOT, 'test-results');
const ZONES = ['electron', 'renderer', 'shared', 'server', 'tests', 'build'];

const HELP = `npm test [-- stage...] [-- argument...]     proves the whole application

  stages: format lint types unit integration simulate electron e2e (default: all)
    simulate runs client and server against each other, 50000 schedules and every planted bug, beside the other stages
    electron runs the signing tests again inside Electron's main process and a helper process
  arguments after a second -- go to the test runner, e.g.  npm test -- e2e -- security.spec.ts
`;

/** Runs beside the other stages, on what they leave of the processor: its clock is its own. */
const BESIDE = 'simulate';

const stages = {
  format: () => check('biome', ['format', '.']),
  lint: () => check('oxlint', ['--type-aware', ...ZONES]),
  types: () => check('tsc', ['-b']),
  unit: (more) => vitest('unit', more),
  integration: (more) => vitest('integration', more),
  simulate: simulation,
  electron: insideElectron,
  e2e: playwright,
};

await runCommand(async () => {
  const argv = process.argv.slice(2);
  if (argv.includes('--help')) {
    process.stdout.write(HELP);
    return 0;
  }
  const { chosen, more } = choose(argv);
  // Windows of the tests stay off the person's own screen.
  await setUpForWindows({ judges: 'tests', virtualDisplay: true });
  mkdirSync(RESULTS, { recursive: true });
  /** @type {{ passed: number, failures: string[], repeated: string[] }} */
  const total = { passed: 0, failures: [], repeated: [] };
  const count = (name, { passed, failures, repeated, seconds }) => {
    total.passed += passed;
    total.failures.push(...failures.map((line) => `${name}: ${line}`));
    total.repeated.push(...repeated.map((line) => `${name}: ${line}`));
    say(
      `${failures.length === 0 ? '✓' : '✗'} ${name}: ${passed} passed, ${failures.length} failed (${seconds} s)`,
    );
  };
  const alone = chosen.filter((name) => name !== BESIDE || chosen.length === 1);
  const beside = alone.length < chosen.length ? runStage(BESIDE, more) : null;
  for (const name of alone) count(name, await runStage(name, more));
  if (beside !== null) count(BESIDE, await beside);
  // Last of all, since of a long log often only the end is kept.
  for (const line of total.repeated) process.stdout.write(`! passed only when repeated: ${line}\n`);
  for (const line of total.failures) process.stdout.write(`✗ failed: ${line}\n`);
  process.stdout.write(`${total.passed} passed, ${total.failures.length} failed\n`);
  return total.failures.length === 0 && total.passed > 0 ? 0 : 1;
});

async function runStage(name, more) {
  const startedAt = Date.now();
  const outcome = await stages[name](more);
  return { ...outcome, seconds: ((Date.now() - startedAt) / 1000).toFixed(1) };
}

function choose(argv) {
  const border = argv.indexOf('--');
  const named = border === -1 ? argv : argv.slice(0, border);
  const unknown = named.find((name) => !Object.hasOwn(stages, name));
  if (unknown !== undefined) throw new SetUpError(`unknown stage: ${unknown}\n\n${HELP}`);
  return {
    chosen: named.length === 0 ? Object.keys(stages) : named,
    more: border === -1 ? [] : argv.slice(border + 1),
  };
}

/** Runs a tool of node_modules in this terminal. */
function runHere(name, args, settings = {}) {
  const plain = process.stdout.isTTY ? {} : { NO_COLOR: '1', FORCE_COLOR: undefined };
  const env = { ...process.env, ...plain, ...settings };
  return capture(path.join(ROOT, 'node_modules', '.bin', name), args, { cwd: ROOT, inherit: true, env });
}

/** A check without tests of its own counts as one; its first complaints stand for its failure. */
async function check(name, args) {
  const { code, output } = await capture(path.join(ROOT, 'node_modules', '.bin', name), args, { cwd: ROOT });
  process.stdout.write(output);
  if (code === 0) return { passed: 1, failures: [], repeated: [] };
  const complaints = output.trim().split('\n').slice(0, 8).join('\n  ');
  return { passed: 0, failures: [`${name}: ${complaints}`], repeated: [] };
}

async function vitest(project, more) {
  const file = path.join(RESULTS, `${project}.json`);
  rmSync(file, { force: true });
  const reporters = ['--reporter=default', '--reporter=./build/vitest-report.mjs'];
  const args = ['run', '--project', project, '--passWithNoTests', ...reporters, ...more];
  const { code } = await runHere('vitest', args, { CV_TEST_REPORT: file });
  return agreeing(readVitest(file), code, 'vitest');
}

/** Every schedule holds, and the simulation notices every bug that is planted for it. */
async function simulation() {
  const runs = [
    ['--schedules', '50000', '--seed', '1'],
    ['--mutant', 'all'],
  ];
  const outcome = { passed: 0, failures: [], repeated: [] };
  for (const args of runs) {
    const program = path.join(ROOT, 'build', 'simulate.mjs');
    const { code, output } = await capture(process.execPath, [program, ...args], { cwd: ROOT, gently: true });
    process.stdout.write(output);
    if (code === 0) outcome.passed += 1;
    else outcome.failures.push(`simulate ${args.join(' ')}: ${output.trim().split('\n').at(-1)}`);
  }
  return outcome;
}

/** The signing tests once more where the product runs them: Electron has another cryptography than Node. */
async function insideElectron() {
  const file = path.join(RESULTS, 'electron.json');
  rmSync(file, { force: true });
  const { executable } = await findRuntime();
  const args = [path.join(OUT, 'electron-suite', 'main.js'), `--result=${file}`, '--disable-gpu'];
  const { code, output } = await capture(executable, [
    ...args,
    ...sandboxSwitches({ directory: path.dirname(executable) }),
  ]);
  if (code !== 0) say(output.split('\n').slice(-20).join('\n'));
  return agreeing(readInsideElectron(file), code, firstLine(output.trim().split('\n').at(-1)));
}

async function playwright(more) {
  const file = path.join(RESULTS, 'e2e.json');
  rmSync(file, { force: true });
  const { code } = await runHere('playwright', ['test', '-c', 'tests/e2e/playwright.config.ts', ...more]);
  return agreeing(readPlaywright(file), code, 'playwright');
}

/** A runner that failed without naming a test (a crash) counts as one failed test. */
function agreeing(outcome, code, what) {
  if (code === 0 || outcome.failures.length > 0) return outcome;
  return { ...outcome, failures: [`${what}: ended with status ${code}`] };
}
