import {
  app,
  BrowserWindow,
  type BrowserWindowConstructorOptions,
  type WebContents,
  type WebPreferences,
} from 'electron';
import { APP_ORIGIN } from '../security/origin';
import { places } from './places';

const RELOAD_PAUSE_MS = 10_000;

/** Which page each window was opened for. The address of a frame may be changed by the page itself; this may not. */
const pages = new WeakMap<WebContents, string>();

/** The page (e.g. `index.html`) that the window of these contents was opened for; '' for contents of no window of ours. */
export function pageOf(contents: WebContents): string {
  return pages.get(contents) ?? '';
}

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
  load(window, spec.page);
  return window;
}

/** Opens a window that is never shown and works at full speed all the same. */
export function openHiddenWindow(spec: Pick<WindowSpec, 'page' | 'preload'>): BrowserWindow {
  const window = new BrowserWindow({
    show: false,
    focusable: false,
    skipTaskbar: true,
    webPreferences: { ...webPreferences(spec.preload), backgroundThrottling: false },
  });
  load(window, spec.page);
  return window;
}

function load(window: BrowserWindow, page: string): void {
  pages.set(window.webContents, page);
  void window.loadURL(`${APP_ORIGIN}/${page}`);
}

/**
 * Loads a page again after its process died: at once, or after a pause when that has just happened. All work of the page
 * is in its database.
 */
export function reloadAfterCrash(
  window: BrowserWindow,
  now: () => number,
  note: (reason: string) => void,
): void {
  let last = Number.NEGATIVE_INFINITY;
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    note(reason);
    if (reason === 'clean-exit') return;
    const pause = Math.max(0, last + RELOAD_PAUSE_MS - now());
    last = now() + pause;
    setTimeout(() => {
      if (!window.isDestroyed()) window.webContents.reload();
    }, pause);
  });
}
