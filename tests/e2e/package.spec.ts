import { type ChildProcess, execFile, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { listPackage } from '@electron/asar';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { expect, test } from '@playwright/test';
import { keys, opensslVerdicts, runTokenProgram } from './token-program';

const root = path.resolve(import.meta.dirname, '../..');
const folder = path.join(root, 'release', 'linux-unpacked');
const executable = path.join(folder, 'cong-van');
const switches = ['--disable-gpu', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])];
const READY_MS = 30_000;
const EXIT_USAGE = 64;
// The wire of fuses holds one character for each: '1' is on.
const FUSE_ON = '1'.charCodeAt(0);

test.skip(process.platform !== 'linux', 'the package built here is the one for Linux');

test.beforeAll(async () => {
  await promisify(execFile)(process.execPath, [path.join(root, 'build', 'package.mjs')], { cwd: root });
});

let profile: string;
test.beforeEach(() => {
  profile = mkdtempSync(path.join(tmpdir(), 'cong-van-package-'));
});
test.afterEach(() => rmSync(profile, { recursive: true, force: true }));

/** Starts the package and gives what it wrote until it could be used or ended. */
async function startPackage(more: readonly string[]): Promise<{ child: ChildProcess; output: string }> {
  const child = spawn(executable, [...switches, `--data=${profile}`, ...more], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  await new Promise<void>((resolve, reject) => {
    const limit = setTimeout(() => reject(new Error(`not usable in time\n${output}`)), READY_MS);
    const read = (chunk: Buffer): void => {
      output += chunk.toString('utf8');
      if (/^READY \d+$/m.test(output)) done();
    };
    const done = (): void => {
      clearTimeout(limit);
      resolve();
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('exit', done);
  }).catch((error: unknown) => {
    child.kill('SIGKILL');
    throw error;
  });
  return { child, output };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await ended;
}

test('the package starts by itself and its window can be used', async () => {
  const { child, output } = await startPackage([]);
  await end(child);
  expect(output).toMatch(/^READY \d+$/m);
});

for (const opening of ['--remote-debugging-port=0', '--inspect=0', '--disable-web-security']) {
  test(`the package does not start with ${opening}, which would open it to another program`, async () => {
    const { child, output } = await startPackage([opening]);
    await end(child);
    expect(child.exitCode).toBe(EXIT_USAGE);
    expect(output).toContain(`refused on the command line: ${opening.split('=')[0]}`);
    expect(output).not.toMatch(/READY|Debugger listening|DevTools listening/);
  });
}

test('the package cannot be used as a plain Node', () => {
  const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1' };
  // With the fuse off this is an ordinary start, and one that ends at once because of its last switch.
  const args = [
    '-e',
    'process.stdout.write("ran")',
    ...switches,
    `--data=${profile}`,
    '--remote-debugging-port=0',
  ];
  const { status, stdout } = spawnSync(executable, args, { env, encoding: 'utf8', timeout: READY_MS });
  expect(stdout).not.toContain('ran');
  expect(status).toBe(EXIT_USAGE);
});

test('item 19: the fuses are set', async () => {
  const wire = await getCurrentFuseWire(executable);
  const isOn = (fuse: FuseV1Options): boolean => wire[fuse] === FUSE_ON;
  expect(isOn(FuseV1Options.RunAsNode)).toBe(false);
  expect(isOn(FuseV1Options.EnableCookieEncryption)).toBe(true);
  expect(isOn(FuseV1Options.EnableNodeOptionsEnvironmentVariable)).toBe(false);
  expect(isOn(FuseV1Options.EnableNodeCliInspectArguments)).toBe(false);
  expect(isOn(FuseV1Options.EnableEmbeddedAsarIntegrityValidation)).toBe(true);
  expect(isOn(FuseV1Options.OnlyLoadAppFromAsar)).toBe(true);
  expect(isOn(FuseV1Options.GrantFileProtocolExtraPrivileges)).toBe(false);
});

test('the package holds the built application and nothing of the checkout', () => {
  const files = listPackage(path.join(folder, 'resources', 'app.asar'), { isPack: false });
  const foreign = files.filter(
    (file) => !/^\/(package\.json|out(\/(main|preload|workers|renderer)(\/.*)?)?)$/.test(file),
  );
  expect(foreign).toEqual([]);
  expect(files).toContain('/out/main/index.js');
  expect(files).toContain('/out/preload/index.cjs');
  expect(files).toContain('/out/renderer/index.html');
  expect(readFileSync(path.join(folder, 'version'), 'utf8')).toMatch(/^v?\d+\./);
});

test('the token helper in the package finds its compiled part beside the archive, and signs', async () => {
  const archive = path.join(folder, 'resources', 'app.asar');
  expect(existsSync(path.join(`${archive}.unpacked`, 'out', 'workers', 'native', 'koffi.node'))).toBe(true);
  const answer = await runTokenProgram(profile, path.join(archive, 'out', 'workers', 'tokens.js'));
  expect(opensslVerdicts(profile, answer)).toEqual(keys.map(() => 'Verified OK'));
  expect(answer.helpersLeft).toBe(0);
});
