import { useSyncExternalStore } from 'react';

/** How this machine likes the page; kept on the machine, never replicated. */
export type Settings = { readonly railFolded: boolean; readonly compactRows: boolean };

const key = 'cong-van.settings';
const usual: Settings = { railFolded: false, compactRows: false };
const listeners = new Set<() => void>();
let current = read();

export function useSettings(): Settings {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => current,
  );
}

export function changeSettings(change: Partial<Settings>): void {
  current = { ...current, ...change };
  localStorage.setItem(key, JSON.stringify(current));
  for (const listener of listeners) listener();
}

function read(): Settings {
  const text = localStorage.getItem(key);
  if (text === null) return usual;
  const parsed: unknown = JSON.parse(text);
  return typeof parsed === 'object' ? { ...usual, ...parsed } : usual;
}
