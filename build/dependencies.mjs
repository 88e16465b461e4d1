import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { ROOT } from './paths.mjs';
import { run, SetUpError } from './processes.mjs';
import { step } from './progress.mjs';

const OLDEST_NODE = [20, 19];

/** Installs the packages of the product. */
export async function ensureDependencies() {
  refuseOldNode();
  await ensurePackages(ROOT, 'npm packages');
}

/**
 * Installs the packages of the lock file in `root` when its node_modules does not hold exactly them. No package runs a
 * script. `what` is the name of the step.
 */
export async function ensurePackages(root, what) {
  const wanted = packagesOf(root, 'package-lock.json');
  if (isSatisfied(wanted, packagesOf(root, 'node_modules/.package-lock.json'))) return;
  const folders = Object.keys(wanted).map((folder) => path.join(root, folder, 'package.json'));
  await step(what, async (report) => {
    const timer = setInterval(() => {
      report(`${folders.filter((file) => existsSync(file)).length} of about ${folders.length}`);
    }, 1_000);
    try {
      // Not `npm ci`: it refuses a lock file that was made where some packages of other systems could not be had.
      // Versions and hashes come from the lock file all the same, and --no-save leaves it as it is.
      const args = ['install', '--no-save', '--ignore-scripts', '--no-audit', '--no-fund'];
      await run('npm', args, { cwd: root });
    } finally {
      clearInterval(timer);
    }
  });
}

function refuseOldNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const [needMajor, needMinor] = OLDEST_NODE;
  if (major > needMajor || (major === needMajor && minor >= needMinor)) return;
  throw new SetUpError(`Node ${OLDEST_NODE.join('.')} or newer is needed; this is ${process.versions.node}.`);
}

/** The packages a lock file names, by their folder; none when there is no such file. */
function packagesOf(root, lockFile) {
  const file = path.join(root, lockFile);
  if (!existsSync(file)) return {};
  const { '': _project, ...packages } = JSON.parse(readFileSync(file, 'utf8')).packages;
  return packages;
}

/** Packages of other systems are optional and rightly missing. */
function isSatisfied(wanted, installed) {
  return Object.entries(wanted).every(([folder, { version, integrity, optional, devOptional, link }]) => {
    const found = installed[folder];
    if (found === undefined) return optional === true || devOptional === true || link === true;
    return found.version === version && found.integrity === integrity;
  });
}
