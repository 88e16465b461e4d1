import { type KeyboardEvent, type MouseEvent, useEffect, useId, useRef, useState } from 'react';
import { clickInList, emptyList, keyInList, type ListState, typeAhead } from './list-model';
import { plainText } from './match-text';

export type ListOptions = {
  readonly ids: readonly string[];
  /** Text of a row, for type-ahead. */
  readonly textOf: (index: number) => string;
  /** The row in front (shown in the reader); the list follows it. */
  readonly activeId: string | null;
  readonly onActive: (id: string) => void;
  /** Enter or double click. */
  readonly onOpen?: (id: string) => void;
  readonly onSelected?: (ids: ReadonlySet<string>) => void;
  readonly pageRows: () => number;
  readonly reveal: (index: number) => void;
};

const typingPauseMs = 700;

/** Keyboard and mouse of a list or grid with one tab stop; the active row is told by aria-activedescendant. */
export function useList(options: ListOptions) {
  const base = useId();
  const [state, setState] = useState<ListState>(emptyList);
  const typed = useRef({ text: '', at: 0 });
  const { ids, activeId } = options;
  const active = activeId === null ? state.active : ids.indexOf(activeId);
  // A row that was opened from elsewhere ends a selection that was made here.
  const ours = activeId === null || ids[state.active] === activeId;
  const selected = ours ? state.selected : new Set([activeId]);
  const present: ListState = { active, anchor: state.anchor < 0 ? active : state.anchor, selected };

  const { reveal } = options;
  const revealLatest = useRef(reveal);
  useEffect(() => {
    revealLatest.current = reveal;
  });
  useEffect(() => {
    if (active >= 0) revealLatest.current(active);
  }, [active]);

  const apply = (next: ListState): void => {
    setState(next);
    options.onSelected?.(next.selected);
    const id = ids[next.active];
    if (id !== undefined && id !== activeId) options.onActive(id);
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing || event.altKey || event.metaKey) return;
    if (event.key === 'Enter' && !event.ctrlKey && !event.shiftKey && options.onOpen !== undefined) {
      const id = ids[active];
      if (id === undefined) return;
      event.preventDefault();
      options.onOpen(id);
      return;
    }
    const modifiers = { shift: event.shiftKey, ctrl: event.ctrlKey };
    const next = keyInList(present, ids, event.key, modifiers, options.pageRows());
    if (next !== null) {
      event.preventDefault();
      apply(next);
      return;
    }
    if (event.key.length === 1 && /[\p{L}\d]/u.test(event.key) && !event.ctrlKey) jump(event);
  };

  const jump = (event: KeyboardEvent): void => {
    const fresh = event.timeStamp - typed.current.at > typingPauseMs;
    const text = fresh ? event.key : typed.current.text + event.key;
    typed.current = { text, at: event.timeStamp };
    const texts = ids.map((_, index) => options.textOf(index));
    const index = typeAhead(texts, active, text, plainText);
    const id = ids[index];
    if (id !== undefined) apply({ active: index, anchor: index, selected: new Set([id]) });
  };

  const onRowClick = (index: number, event: MouseEvent): void =>
    apply(clickInList(present, ids, index, { shift: event.shiftKey, ctrl: event.ctrlKey }));

  const rowId = (id: string): string => `${base}-${id}`;
  const activeRow = ids[active];
  return {
    active,
    selected,
    rowId,
    onKeyDown,
    onRowClick,
    activeDescendant: activeRow === undefined ? undefined : rowId(activeRow),
  };
}
