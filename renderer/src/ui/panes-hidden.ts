import { useSyncExternalStore } from 'react';

let hidden = false;
const listeners = new Set<() => void>();

/** F11: only the reader, or everything again. */
export function togglePanes(): void {
  hidden = !hidden;
  for (const listener of listeners) listener();
}

export function usePanesHidden(): boolean {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => hidden,
  );
}
