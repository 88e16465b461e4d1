/** The part of a keyboard event that shortcuts look at. */
export type KeyPress = {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
  readonly metaKey: boolean;
};

type Parsed = {
  readonly ctrl: boolean;
  readonly alt: boolean;
  readonly shift: boolean;
  readonly key: string;
};

/** Reads `Ctrl+K`, `F9`, `Alt+ArrowLeft`, `?`. */
export function parseShortcut(shortcut: string): Parsed {
  const parts = shortcut.split('+');
  const key = parts.at(-1) ?? '';
  return { ctrl: parts.includes('Ctrl'), alt: parts.includes('Alt'), shift: parts.includes('Shift'), key };
}

/** Ctrl+Shift and Alt+Z switch Vietnamese typing tools, so no command may use them. */
export function isFreeShortcut(shortcut: string): boolean {
  const { ctrl, alt, shift, key } = parseShortcut(shortcut);
  return !(ctrl && shift) && !(alt && key.toUpperCase() === 'Z');
}

export function matchesShortcut(press: KeyPress, shortcut: string): boolean {
  const wanted = parseShortcut(shortcut);
  if (press.metaKey || press.ctrlKey !== wanted.ctrl || press.altKey !== wanted.alt) return false;
  // '?' and the like need Shift on some keyboards only.
  const sign = wanted.key.length === 1 && !/[\p{L}\d]/u.test(wanted.key);
  if (!sign && press.shiftKey !== wanted.shift) return false;
  return press.key.toLowerCase() === wanted.key.toLowerCase();
}

/** Whether a shortcut is a plain key that text fields and buttons need for themselves. */
export function isPlainKey(shortcut: string): boolean {
  const { ctrl, alt, key } = parseShortcut(shortcut);
  return !ctrl && !alt && !/^F\d+$/.test(key);
}

const keyNames: Readonly<Record<string, string>> = {
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Escape: 'Esc',
  ' ': 'Space',
  Delete: 'Del',
};

/** `Alt+ArrowLeft` → `Alt+←`, as menus show it. */
export function shortcutLabel(shortcut: string): string {
  return shortcut
    .split('+')
    .map((part) => keyNames[part] ?? part)
    .join('+');
}
