import { app, type BrowserWindow } from 'electron';
import { announceUsable } from './app/first-window';
import { readLaunchOptions } from './app/launch-options';
import type { Log } from './app/log';
import { prepareProcess, prepareSession } from './app/process';
import { openWindow, reloadAfterCrash } from './app/window';
import { makeHandle } from './ipc/handle';

const options = readLaunchOptions(process.argv, process.cwd());
let mainWindow: BrowserWindow | undefined;

const log = prepareProcess(options, () => {
  if (mainWindow?.isMinimized() === true) mainWindow.restore();
  mainWindow?.focus();
});

// No await at the top level: Electron holds `ready` back until this module has finished.
if (log !== null) {
  app.whenReady().then(() => start(log), log.failure.bind(log, 'ready'));
}

function start(log: Log): void {
  const handle = makeHandle(log);
  handle('app:info', () => ({
    version: app.getVersion(),
    electron: process.versions.electron ?? '',
    chrome: process.versions.chrome ?? '',
    node: process.versions.node,
  }));

  prepareSession(undefined);
  const window = openWindow({
    page: 'index.html',
    preload: 'index',
    bounds: { width: 1366, height: 768 },
    options: { minWidth: 1024, minHeight: 640, title: 'Công Văn' },
  });
  mainWindow = window;
  reloadAfterCrash(
    window,
    () => performance.now(),
    (reason) => log.warn('page gone', { reason }),
  );
  announceUsable(window, options, log);
}
