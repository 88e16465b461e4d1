import { app, BrowserWindow, type BrowserWindowConstructorOptions, type WebPreferences } from 'electron';
import { APP_ORIGIN } from '../security/origin';
import { places } from './places';

const RELOAD_PAUSE_MS = 10_000;

/** The protection every window gets; nothing may be added that weakens it. */
function webPreferences(preload: string): WebPreferences {
  return {
    preload: places.preload(preload),
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    webviewTag: false,
    spellcheck: false,
    navigateOnDragDrop: false,
    devTools: !app.isPackaged,
  };
}

export type WindowSpec = {
  /** Page in the renderer folder, e.g. `index.html`. */
  readonly page: string;
  /** Name of the preload, e.g. `index`. */
  readonly preload: string;
  readonly bounds: { readonly width: number; readonly height: number };
  readonly options?: Omit<BrowserWindowConstructorOptions, 'webPreferences' | 'width' | 'height' | 'show'>;
};

/** Opens a window on one of our pages; it shows itself once there is something to see. */
export function openWindow(spec: WindowSpec): BrowserWindow {
  const window = new BrowserWindow({
    backgroundColor: '#ffffff',
    autoHideMenuBar: true,
    ...spec.options,
    ...spec.bounds,
    show: false,
    webPreferences: webPreferences(spec.preload),
  });
  window.once('ready-to-show', () => window.show());
  void window.loadURL(`${APP_ORIGIN}/${spec.page}`);
  return window;
}

/** Loads a page again after its process died, but not in an endless loop. All work of the page is in its database. */
export function reloadAfterCrash(
  window: BrowserWindow,
  now: () => number,
  note: (reason: string) => void,
): void {
  let last = Number.NEGATIVE_INFINITY;
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    note(reason);
    if (reason === 'clean-exit' || now() - last < RELOAD_PAUSE_MS) return;
    last = now();
    window.webContents.reload();
  });
}
