/** Where the keyboard stands in a list and what is chosen. `active` and `anchor` are row indexes, -1 for none. */
export type ListState = {
  readonly active: number;
  readonly anchor: number;
  readonly selected: ReadonlySet<string>;
};

export type Modifiers = { readonly shift: boolean; readonly ctrl: boolean };

export const emptyList: ListState = { active: -1, anchor: -1, selected: new Set() };

/**
 * What a key does to a list: arrows, Home, End, PageUp and PageDown move; with Shift they choose a range, with Ctrl they
 * move without choosing; Space toggles a row, Ctrl+A chooses all. Gives null for keys that are not the list's.
 * @param page rows on one screen
 */
export function keyInList(
  state: ListState,
  ids: readonly string[],
  key: string,
  modifiers: Modifiers,
  page: number,
): ListState | null {
  if (ids.length === 0) return null;
  if (key === ' ') return toggle(state, ids, state.active);
  if (modifiers.ctrl && key.toLowerCase() === 'a') return { ...state, selected: new Set(ids) };
  const target = targetOf(state.active, ids.length, key, page);
  if (target === null) return null;
  if (modifiers.shift) return range(state, ids, target);
  if (modifiers.ctrl) return { ...state, active: target };
  return single(ids, target);
}

/** What a click on a row does: alone it chooses one, with Ctrl it toggles, with Shift it chooses a range. */
export function clickInList(
  state: ListState,
  ids: readonly string[],
  index: number,
  modifiers: Modifiers,
): ListState {
  if (modifiers.shift) return range(state, ids, index);
  if (modifiers.ctrl) return toggle(state, ids, index) ?? state;
  return single(ids, index);
}

/** The next row after the active one whose text begins with what was typed; stays on the active row while it fits. */
export function typeAhead(
  texts: readonly string[],
  active: number,
  typed: string,
  plain: (text: string) => string,
): number {
  const wanted = plain(typed);
  const start = typed.length > 1 ? Math.max(active, 0) : active + 1;
  for (let step = 0; step < texts.length; step += 1) {
    const index = (start + step) % texts.length;
    if (plain(texts[index] ?? '').startsWith(wanted)) return index;
  }
  return -1;
}

function single(ids: readonly string[], index: number): ListState {
  const id = ids[index];
  return { active: index, anchor: index, selected: new Set(id === undefined ? [] : [id]) };
}

function toggle(state: ListState, ids: readonly string[], index: number): ListState | null {
  const id = ids[index];
  if (id === undefined) return null;
  const selected = new Set(state.selected);
  if (!selected.delete(id)) selected.add(id);
  return { active: index, anchor: index, selected };
}

function range(state: ListState, ids: readonly string[], target: number): ListState {
  const anchor = state.anchor < 0 ? target : state.anchor;
  const [from, to] = anchor < target ? [anchor, target] : [target, anchor];
  return { active: target, anchor, selected: new Set(ids.slice(from, to + 1)) };
}

function targetOf(active: number, count: number, key: string, page: number): number | null {
  const clamp = (index: number): number => Math.max(0, Math.min(count - 1, index));
  switch (key) {
    case 'ArrowDown':
      return clamp(active + 1);
    case 'ArrowUp':
      return clamp(active < 0 ? 0 : active - 1);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    case 'PageDown':
      return clamp(active + Math.max(1, page));
    case 'PageUp':
      return clamp(active - Math.max(1, page));
    default:
      return null;
  }
}
