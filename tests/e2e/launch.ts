import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { _electron, type ElectronApplication, errors, type Page } from '@playwright/test';

const root = path.resolve(import.meta.dirname, '../..');

export type LaunchSpec = {
  /** Profile folder; a fresh one that is removed afterwards when it is left out. */
  readonly profile?: string;
  /** Further switches, e.g. `--server-url=http://127.0.0.1:1234`. */
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Another program than the found Electron, e.g. one that changes the user first. */
  readonly executable?: string;
  /** Another folder than the checkout that holds package.json and out/. */
  readonly folder?: string;
  /** Chromium's own sandbox: on, except for root, whom Chromium refuses it. */
  readonly sandbox?: boolean;
};

export type LaunchedApp = {
  readonly app: ElectronApplication;
  /** The main window, once its first screen can be used. */
  readonly page: Page;
  /** The hidden window that sends and fetches. */
  readonly syncPage: Page;
  readonly profile: string;
  /** What the main process wrote so far, stdout and stderr together. */
  output(): string;
  /** Ends the application and removes a profile that was made for it. */
  close(): Promise<void>;
};

/** The Electron that the set-up found; the commands of this project hand it over in CONG_VAN_ELECTRON. */
export function electronExecutable(): string {
  const given = process.env['CONG_VAN_ELECTRON'];
  if (given !== undefined && given !== '') return given;
  const find = [path.join(root, 'build', 'runtime.mjs'), '--executable'];
  return execFileSync(process.execPath, find, { encoding: 'utf8' }).trim();
}

const isRoot = process.getuid?.() === 0;

/**
 * Starts the built application (`out/`) in its own profile and waits until its first screen can be used.
 * @throws when it ends or is not usable within 30 s; the message holds what it wrote
 */
export async function launchApp(spec: LaunchSpec = {}): Promise<LaunchedApp> {
  const profile = spec.profile ?? mkdtempSync(path.join(tmpdir(), 'cong-van-'));
  const folder = spec.folder ?? root;
  const app = await attach({
    executablePath: spec.executable ?? electronExecutable(),
    args: [folder, '--disable-gpu', `--data=${profile}`, ...(spec.args ?? [])],
    env: { ...definedEnvironment(), ...spec.env },
    cwd: folder,
    chromiumSandbox: spec.sandbox ?? !isRoot,
    timeout: 25_000,
  });
  let output = '';
  const keep = (chunk: Buffer): void => {
    output += chunk.toString('utf8');
  };
  app.process().stdout?.on('data', keep);
  app.process().stderr?.on('data', keep);
  const close = async (): Promise<void> => {
    await app.close();
    if (spec.profile === undefined) rmSync(profile, { recursive: true, force: true });
  };
  try {
    // The sync window opens when the main window can be used. Nobody may take it for a window of his own later.
    const page = await windowOf(app, 'index.html');
    await page.locator('html[data-usable]').waitFor({ state: 'attached', timeout: 30_000 });
    const syncPage = await windowOf(app, 'sync.html');
    return { app, page, syncPage, profile, output: () => output, close };
  } catch (error) {
    await close();
    throw new Error(`the application did not become usable\n${output}`, { cause: error });
  }
}

/** The window that shows one of our pages; waits until it is there, and throws when it is not within 20 s. */
async function windowOf(app: ElectronApplication, name: string): Promise<Page> {
  for (let tries = 0; tries < 400; tries += 1) {
    const open = app.windows().find((page) => page.url() === `app://cong-van/${name}`);
    if (open !== undefined) return open;
    await pause(50);
  }
  throw new Error(`no window shows ${name}`);
}

/** On a loaded machine the driver now and then never attaches to an application that runs: one more try. */
async function attach(options: Parameters<typeof _electron.launch>[0]): Promise<ElectronApplication> {
  try {
    return await _electron.launch(options);
  } catch (error) {
    if (!(error instanceof errors.TimeoutError)) throw error;
    return _electron.launch(options);
  }
}

function definedEnvironment(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).filter((pair): pair is [string, string] => pair[1] !== undefined),
  );
}
