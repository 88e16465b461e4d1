import process from 'node:process';
import { bundle } from './bundle.mjs';
import { ensureDependencies } from './dependencies.mjs';
import { ensureDisplay, hasDisplay } from './display.mjs';
import { say } from './progress.mjs';
import { findRuntime, runtimeLine } from './runtime.mjs';
import { sandboxSwitches } from './sandbox.mjs';
import { ensureSystemPackages } from './system-packages.mjs';

/**
 * Makes a checkout ready to run windows: packages, system libraries, Electron, build, display. What is there already
 * costs nothing.
 * @param {{ only?: readonly string[], judges?: 'demo' | 'tests', virtualDisplay?: boolean }} [options] `only` names what to build;
 *   `virtualDisplay` keeps the windows off the person's own screen
 * @returns {Promise<{ runtime: import('./runtime.mjs').Runtime, switches: readonly string[], virtual: boolean }>}
 *   `switches` are what Electron needs on this system; `virtual` says that the windows are on a screen nobody sees
 */
export async function setUpForWindows({ only, judges, virtualDisplay = false } = {}) {
  await ensureDependencies();
  if (virtualDisplay && process.platform === 'linux') {
    delete process.env['DISPLAY'];
    delete process.env['WAYLAND_DISPLAY'];
  }
  // Chromium reads file names by the locale: without one, files with Vietnamese names never reach the page.
  if (!process.env['LC_ALL'] && !process.env['LANG']) process.env['LANG'] = 'C.UTF-8';
  await ensureSystemPackages({ display: hasDisplay(), judges });
  const runtime = await findRuntime();
  say(runtimeLine(runtime));
  const switches = sandboxSwitches(runtime);
  // The tests and the demo start Electron through Playwright and learn from here which one.
  process.env['CONG_VAN_ELECTRON'] = runtime.executable;
  await bundle({ only });
  return { runtime, switches, virtual: await ensureDisplay() };
}

/** Makes a checkout ready to run the server alone, which needs no Electron. */
export async function setUpForServer() {
  await ensureDependencies();
  await bundle({ only: ['server'] });
}

/** Makes a checkout ready for the commands that sign and check, which need neither Electron nor system packages. */
export async function setUpForCommandLine() {
  await ensureDependencies();
  await bundle({ only: ['command-line'] });
}
