import { useSyncExternalStore } from 'react';

/** What lies over the frame: the palette or the shortcut sheet. */
export type Overlay = 'none' | 'palette' | 'shortcuts';

let overlay: Overlay = 'none';
const listeners = new Set<() => void>();

export function openOverlay(next: Overlay): void {
  overlay = next;
  for (const listener of listeners) listener();
}

export function useOverlay(): Overlay {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => overlay,
  );
}
