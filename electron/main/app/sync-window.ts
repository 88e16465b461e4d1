import { app, type BrowserWindow } from 'electron';
import { emit, type Handle } from '../ipc/handle';
import { SYNC_PAGE } from '../security/page-channels';
import type { Log } from './log';
import { openHiddenWindow, reloadAfterCrash } from './window';

/** How long the application waits at its end for the step that is under way; what is cut off is done again later. */
const STOP_WAIT_MS = 3_000;

/**
 * Opens the hidden window that sends and fetches everything, so that the windows people use stay smooth. It lives as long
 * as the main window: when that closes, the step under way may end, then the application does.
 */
export function openSyncWindow(mainWindow: BrowserWindow, handle: Handle, log: Log): void {
  const window = openHiddenWindow({ page: SYNC_PAGE, preload: 'index' });
  reloadAfterCrash(
    window,
    () => performance.now(),
    (reason) => log.warn('sync page gone', { reason }),
  );
  // `app.quit()` asks every window to close, and the main window may refuse: only its end is the end of this one.
  window.on('close', (event) => event.preventDefault());
  const stopped = new Promise<void>((resolve) => {
    handle('sync:stopped', () => {
      resolve();
      return {};
    });
  });
  mainWindow.once('closed', () => {
    emit(window, 'sync:stop', {});
    const waited = new Promise<void>((resolve) => setTimeout(resolve, STOP_WAIT_MS));
    void Promise.race([stopped, waited]).then(() => {
      if (!window.isDestroyed()) window.destroy();
      app.quit();
    });
  });
}
