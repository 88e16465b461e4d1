import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { OUT, ROOT } from './paths.mjs';
import { capture, runCommand, SetUpError } from './processes.mjs';
import { say } from './progress.mjs';
import { findRuntime } from './runtime.mjs';
import { sandboxSwitches } from './sandbox.mjs';
import { setUpForWindows } from './set-up.mjs';
import { countInsideElectron, countPlaywright, countVitest } from './test-report.mjs';

const RESULTS = path.join(ROOT, 'test-results');
const ZONES = ['electron', 'renderer', 'shared', 'server', 'tests', 'build'];

const HELP = `npm test [-- stage...] [-- argument...]     proves the whole application

  stages: format lint types unit integration electron e2e (default: all)
    electron runs the signing tests again inside Electron's main process and a helper process
  arguments after a second -- go to the test runner, e.g.  npm test -- e2e -- security.spec.ts
`;

const stages = {
  format: () => check('biome', ['format', '.']),
  lint: () => check('oxlint', ['--type-aware', ...ZONES]),
  types: () => check('tsc', ['-b']),
  unit: (more) => vitest('unit', more),
  integration: (more) => vitest('integration', more),
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
  const total = { passed: 0, failed: 0 };
  for (const name of chosen) {
    const startedAt = Date.now();
    const { passed, failed } = await stages[name](more);
    total.passed += passed;
    total.failed += failed;
    const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
    say(`${failed === 0 ? '✓' : '✗'} ${name}: ${passed} passed, ${failed} failed (${seconds} s)`);
  }
  process.stdout.write(`${total.passed} passed, ${total.failed} failed\n`);
  return total.failed === 0 && total.passed > 0 ? 0 : 1;
});

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
function runHere(name, args) {
  const env = process.stdout.isTTY ? process.env : { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined };
  return capture(path.join(ROOT, 'node_modules', '.bin', name), args, { cwd: ROOT, inherit: true, env });
}

/** A check without tests of its own counts as one. */
async function check(name, args) {
  const { code } = await runHere(name, args);
  return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

async function vitest(project, more) {
  const file = path.join(RESULTS, `${project}.json`);
  rmSync(file, { force: true });
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const { code } = await runHere('vitest', [
    'run',
    '--project',
    project,
    '--passWithNoTests',
    ...reporters,
    ...more,
  ]);
  return agreeing(countVitest(file), code);
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
  const counts = countInsideElectron(file);
  for (const failure of counts.failures) say(`! ${failure}`);
  if (code !== 0) say(output.split('\n').slice(-20).join('\n'));
  return agreeing(counts, code);
}

async function playwright(more) {
  const file = path.join(RESULTS, 'e2e.json');
  rmSync(file, { force: true });
  const { code } = await runHere('playwright', ['test', '-c', 'tests/e2e/playwright.config.ts', ...more]);
  const counts = countPlaywright(file);
  for (const test of counts.repeated) say(`! passed only when repeated: ${test}`);
  return agreeing(counts, code);
}

/** A runner that failed without naming a test (a stray rejection, a crash) counts as one failed test. */
function agreeing(counts, code) {
  return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}
