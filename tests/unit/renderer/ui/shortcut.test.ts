import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  isFreeShortcut,
  isPlainKey,
  matchesShortcut,
  shortcutLabel,
} from '../../../../renderer/src/ui/commands/shortcut';

const press = (
  key: string,
  held: Partial<Record<'ctrlKey' | 'altKey' | 'shiftKey' | 'metaKey', boolean>> = {},
) => ({
  key,
  ctrlKey: false,
  altKey: false,
  shiftKey: false,
  metaKey: false,
  ...held,
});

describe('shortcuts', () => {
  test('letter case does not matter, held keys do', () => {
    expect(matchesShortcut(press('k', { ctrlKey: true }), 'Ctrl+K')).toBe(true);
    expect(matchesShortcut(press('K', { ctrlKey: true }), 'Ctrl+K')).toBe(true);
    expect(matchesShortcut(press('k', { ctrlKey: true, shiftKey: true }), 'Ctrl+K')).toBe(false);
    expect(matchesShortcut(press('k'), 'Ctrl+K')).toBe(false);
    expect(matchesShortcut(press('k', { ctrlKey: true, metaKey: true }), 'Ctrl+K')).toBe(false);
  });

  test('? works whether or not the keyboard needs Shift for it', () => {
    expect(matchesShortcut(press('?', { shiftKey: true }), '?')).toBe(true);
    expect(matchesShortcut(press('?'), '?')).toBe(true);
  });

  test('plain keys are those that text fields need', () => {
    expect(['B', 'Enter', '?', 'Escape'].every(isPlainKey)).toBe(true);
    expect(['F9', 'Ctrl+B', 'Alt+ArrowLeft'].some(isPlainKey)).toBe(false);
  });

  test('arrows are shown as arrows', () => {
    expect(shortcutLabel('Alt+ArrowLeft')).toBe('Alt+←');
  });

  test('Ctrl+Shift and Alt+Z belong to Vietnamese typing tools: no command of the program uses them', () => {
    expect(isFreeShortcut('Ctrl+Shift+K')).toBe(false);
    expect(isFreeShortcut('Alt+Z')).toBe(false);
    const used = sources().flatMap((text) =>
      [...text.matchAll(/shortcut: '([^']+)'/g)].map((match) => match[1] ?? ''),
    );
    expect(used.length).toBeGreaterThan(15);
    expect(used.filter((shortcut) => !isFreeShortcut(shortcut))).toEqual([]);
  });
});

function sources(): readonly string[] {
  const root = path.resolve('renderer/src');
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => readFileSync(path.join(entry.parentPath, entry.name), 'utf8'));
}
