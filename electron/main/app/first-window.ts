import { writeFile } from 'node:fs/promises';
import { app, type BrowserWindow } from 'electron';
import { onceUsable } from '../ipc/handle';
import type { LaunchOptions } from './launch-options';
import type { Log } from './log';

// One frame of the finished screen must have been drawn before it is photographed.
const SETTLE_MS = 500;

/**
 * Tells whoever started the application that the window can be used: `READY <ms since start>` on stdout; in development
 * also takes the picture and ends, when the command line asked for it.
 */
export function announceUsable(window: BrowserWindow, options: LaunchOptions, log: Log): void {
  onceUsable(window, () => {
    const ms = Math.round(performance.now());
    log.info('usable', { ms });
    process.stdout.write(`READY ${ms}\n`);
    if (app.isPackaged) return;
    photographAndEnd(window, options).catch((error: unknown) => {
      log.failure('screenshot', error);
      if (options.exitAfterReady) app.exit(1);
    });
  });
}

async function photographAndEnd(window: BrowserWindow, options: LaunchOptions): Promise<void> {
  if (options.screenshotFile !== undefined) {
    await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
    const picture = await window.webContents.capturePage();
    await writeFile(options.screenshotFile, picture.toPNG());
    process.stdout.write(`SCREENSHOT ${options.screenshotFile}\n`);
  }
  if (options.exitAfterReady) app.quit();
}
