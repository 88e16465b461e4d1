import { channelNames, privateChannelNames, topicNames } from '@shared/ipc/channels';
import type { PrivateChannel } from '@shared/ipc/contract';
import type { Desktop } from '@shared/ipc/desktop';
import type { Result } from '@shared/result/result';
import { contextBridge, ipcRenderer, webUtils } from 'electron';
import { PAGE_USABLE } from '../main/ipc/page-usable';

type Subscribe = Desktop['subscribe'];

const refused = { ok: false, error: { code: 'FORBIDDEN' } } as const;
const defect = { ok: false, error: { code: 'INTERNAL' } } as const;
const notAFile = { ok: false, error: { code: 'FILE_NOT_FOUND' } } as const;

/** Gives the path of a file that the person really dropped or chose; '' for one that a script made. */
const pathOf = (file: unknown): string =>
  webUtils.getPathForFile(file as Parameters<typeof webUtils.getPathForFile>[0]);

/** The page always gets a `Result`: a call that the main process cannot answer at all is a defect like any other. */
function call<T>(channel: string, input: unknown): Promise<Result<T>> {
  return ipcRenderer.invoke(channel, input).catch(() => defect);
}

const callPrivate = <T>(channel: PrivateChannel, input: unknown): Promise<Result<T>> =>
  Object.hasOwn(privateChannelNames, channel) ? call(channel, input) : Promise.resolve(refused);

function callWithPath<T>(channel: PrivateChannel, file: unknown): Promise<Result<T>> {
  const path = pathOf(file);
  return path === '' ? Promise.resolve(notAFile) : callPrivate(channel, { path });
}

const subscribe: Subscribe = (topic, listener) => {
  if (!Object.hasOwn(topicNames, topic)) return () => {};
  // Only the payload goes on: the event object would hand the page a way to the main process.
  const pass = (_event: unknown, payload: Parameters<typeof listener>[0]): void => listener(payload);
  ipcRenderer.on(topic, pass);
  return () => void ipcRenderer.off(topic, pass);
};

const desktop: Desktop = {
  invoke: (channel, input) =>
    Object.hasOwn(channelNames, channel) ? call(channel, input) : Promise.resolve(refused),
  subscribe,
  takeFiles(files) {
    const paths = files.map(pathOf).filter((path) => path !== '');
    return paths.length === 0 ? Promise.resolve(notAFile) : callPrivate('intake:take-paths', { paths });
  },
  importKey(file, owner) {
    const path = pathOf(file);
    return path === '' ? Promise.resolve(notAFile) : callPrivate('signing:import-key', { path, owner });
  },
  importPicture(file, owner) {
    const path = pathOf(file);
    return path === '' ? Promise.resolve(notAFile) : callPrivate('signing:import-picture', { path, owner });
  },
  chooseForCheck: (file) => callWithPath('signing:choose-file', file),
  previewAnchor: (file) => callWithPath('trust:preview-anchor', file),
  importRevocationLists: (file) => callWithPath('trust:import-revocation-lists', file),
};

contextBridge.exposeInMainWorld('desktop', desktop);
reportWhenUsable();

/** Watches for the mark `data-usable` on the root element, which the page sets when its first screen can be used. */
function reportWhenUsable(): void {
  const page = globalThis as unknown as PageGlobals;
  page.addEventListener('DOMContentLoaded', () => {
    const root = page.document.documentElement;
    const look = (): boolean => {
      if (!root.hasAttribute('data-usable')) return false;
      ipcRenderer.send(PAGE_USABLE);
      return true;
    };
    if (look()) return;
    const observer = new page.MutationObserver(() => look() && observer.disconnect());
    observer.observe(root, { attributes: true, attributeFilter: ['data-usable'] });
  });
}

/** The part of the page's globals used here; the compiler zone of the main process has no DOM types. */
type PageGlobals = {
  readonly document: { readonly documentElement: { hasAttribute(name: string): boolean } };
  readonly MutationObserver: new (
    callback: () => void,
  ) => {
    observe(target: unknown, options: { attributes: boolean; attributeFilter: string[] }): void;
    disconnect(): void;
  };
  addEventListener(type: 'DOMContentLoaded', listener: () => void): void;
};
