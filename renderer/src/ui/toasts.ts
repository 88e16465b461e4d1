/** A short word that something is done, or a failure in three parts. */
export type Toast = {
  readonly id: number;
  readonly text: string;
  readonly failure: unknown;
  readonly undo: (() => void | Promise<void>) | null;
};

const lifeMs = 4_000;
const undoMs = 10_000;
let toasts: readonly Toast[] = [];
let lastId = 0;
const listeners = new Set<() => void>();

/** Says that something is done; with `undo` it offers "Hoàn tác" for ten seconds. */
export function toast(text: string, undo: Toast['undo'] = null): void {
  show({ text, failure: null, undo });
}

/** Shows a failure that belongs to no form or pane. */
export function reportFailure(failure: unknown): void {
  show({ text: '', failure, undo: null });
}

export function dismissToast(id: number): void {
  toasts = toasts.filter((entry) => entry.id !== id);
  for (const listener of listeners) listener();
}

export function currentToasts(): readonly Toast[] {
  return toasts;
}

export function subscribeToasts(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function show(entry: Omit<Toast, 'id'>): void {
  lastId += 1;
  const id = lastId;
  toasts = [...toasts.slice(-2), { ...entry, id }];
  for (const listener of listeners) listener();
  // A failure stays until it is read; the rest goes by itself.
  if (entry.failure === null) setTimeout(() => dismissToast(id), entry.undo === null ? lifeMs : undoMs);
}
