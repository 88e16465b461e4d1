import { app, type BrowserWindow } from 'electron';
import { settleRestore } from '../backup/restore-machine';
import { settleRescue } from '../journal/rescue';
import { serveVaultFile } from '../vault/serve-file';
import { announceUsable } from './app/first-window';
import { readLaunchOptions } from './app/launch-options';
import type { Log } from './app/log';
import { prepareProcess, prepareSession } from './app/process';
import { openSyncWindow } from './app/sync-window';
import { openWindow, reloadAfterCrash } from './app/window';
import { registerChannels } from './ipc/channels';
import { makeHandle, onceUsable } from './ipc/handle';
import { followServer } from './ipc/net-channels';
import { openOfficeServices } from './services/office-services';

const options = readLaunchOptions(process.argv, process.cwd());
let mainWindow: BrowserWindow | undefined;

const log = prepareProcess(options, () => {
  if (mainWindow?.isMinimized() === true) mainWindow.restore();
  mainWindow?.focus();
});

// No await at the top level: Electron holds `ready` back until this module has finished.
if (log !== null) {
  app
    .whenReady()
    .then(() => start(log))
    .catch((error: unknown) => {
      log.failure('start', error);
      app.exit(1);
    });
}

async function start(log: Log): Promise<void> {
  const profile = app.getPath('userData');
  await settleRestore(profile, Date.now());
  await settleRescue(profile, Date.now());
  const services = await openOfficeServices(profile, options, log);
  const handle = makeHandle(log);
  const closeChannels = await registerChannels(handle, services);
  prepareSession((request, sha256) => {
    const name = new URL(request.url).searchParams.get('name');
    return serveVaultFile(services.vault, request, sha256, name === null ? {} : { name });
  });
  const window = openMainWindow(log);
  mainWindow = window;
  announceUsable(window, options, log);
  // What a person waits for comes first.
  onceUsable(window, () => openSyncWindow(window, handle, log));
  const stream = followServer(services);
  app.once('will-quit', (event) => {
    event.preventDefault();
    stream.stop();
    Promise.allSettled([
      closeChannels(),
      services.documents.close(),
      services.checker.close(),
      services.tokens.close(),
    ])
      .then(() => app.exit(0))
      .catch(log.failure.bind(log, 'quit'));
  });
}

function openMainWindow(log: Log): BrowserWindow {
  const window = openWindow({
    page: 'index.html',
    preload: 'index',
    bounds: { width: 1366, height: 768 },
    options: { minWidth: 1024, minHeight: 640, title: 'Công Văn' },
  });
  const note = (reason: string): void => log.warn('page gone', { reason });
  reloadAfterCrash(window, () => performance.now(), note);
  window.on('closed', () => app.quit());
  return window;
}
