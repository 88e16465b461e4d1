import process from 'node:process';
import { SetUpError, startChild } from './processes.mjs';

const START_MS = 10_000;
const SCREEN = '1920x1080x24';

/** True when windows can be shown to a person. */
export function hasDisplay(env = process.env) {
  return process.platform !== 'linux' || Boolean(env['DISPLAY']) || Boolean(env['WAYLAND_DISPLAY']);
}

/**
 * Starts a virtual screen that ends with this process. Xvfb itself chooses a free number, so runs side by side never
 * meet.
 * @returns {Promise<string>} the value for DISPLAY, e.g. ":99"
 */
export function startVirtualDisplay() {
  return new Promise((resolve, reject) => {
    // The number comes back on descriptor 3 once the server takes connections.
    const server = startChild('Xvfb', ['-displayfd', '3', '-screen', '0', SCREEN, '-nolisten', 'tcp'], {
      stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
      detached: true,
    });
    const limit = setTimeout(() => fail(`no answer in ${START_MS / 1000} s`), START_MS);
    let complaint = '';
    let number = '';
    const fail = (reason) => {
      clearTimeout(limit);
      reject(new SetUpError(`Xvfb could not be started: ${reason}`));
    };
    server.stderr.setEncoding('utf8').on('data', (text) => {
      complaint += text;
    });
    server.stdio[3].setEncoding('utf8').on('data', (text) => {
      number += text;
      if (!number.includes('\n')) return;
      clearTimeout(limit);
      resolve(`:${number.trim()}`);
    });
    server.once('error', (error) => fail(error.message));
    server.once('exit', (code) => fail(`it ended with status ${code}\n${complaint}`));
  });
}

/**
 * Makes sure that windows can be opened: with a display nothing happens, otherwise a virtual one is started and set as
 * DISPLAY of this process.
 * @returns {Promise<boolean>} true when the display is virtual
 */
export async function ensureDisplay() {
  if (hasDisplay()) return false;
  process.env['DISPLAY'] = await startVirtualDisplay();
  return true;
}
