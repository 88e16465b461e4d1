import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { en } from '../../../../renderer/src/i18n/en';
import { vi } from '../../../../renderer/src/i18n/vi';
import { errorCodes } from '../../../../shared/result/codes';
import { errorTextsEn } from '../../../../shared/text/error-texts-en';
import { errorTexts } from '../../../../shared/text/error-texts-vi';

type Leaf = { readonly key: string; readonly value: unknown };

function leaves(value: unknown, key = ''): readonly Leaf[] {
  if (typeof value !== 'object' || value === null) return [{ key, value }];
  return Object.entries(value).flatMap(([name, inner]) =>
    leaves(inner, key === '' ? name : `${key}.${name}`),
  );
}

const textOf = ({ value }: Leaf): string =>
  typeof value === 'function'
    ? String(value(...Array.from({ length: value.length }, () => 1)))
    : String(value);

describe('catalogue', () => {
  const vietnamese = leaves(vi);
  const english = leaves(en);

  test('both languages have the same keys', () => {
    expect(english.map((leaf) => leaf.key).sort()).toEqual(vietnamese.map((leaf) => leaf.key).sort());
  });

  test('no text is empty, in either language', () => {
    const empty = [...vietnamese, ...english].filter(
      (leaf) => typeof leaf.value === 'string' && leaf.value.trim() === '',
    );
    expect(empty.map((leaf) => leaf.key)).toEqual([]);
  });

  test('a text with parameters uses the same number of them in both languages', () => {
    const of = new Map(english.map((leaf) => [leaf.key, leaf.value]));
    const wrong = vietnamese.filter((leaf) => typeof leaf.value !== typeof of.get(leaf.key));
    expect(wrong.map((leaf) => leaf.key)).toEqual([]);
  });

  test('Vietnamese texts are stored composed (NFC)', () => {
    const strings = vietnamese.filter((leaf) => typeof leaf.value === 'string');
    expect(strings.filter((leaf) => textOf(leaf) !== textOf(leaf).normalize('NFC'))).toEqual([]);
  });
});

describe('messages of failures', () => {
  test.each(errorCodes)('%s says what happened, what is safe and what to do, in both languages', (code) => {
    for (const texts of [errorTexts, errorTextsEn]) {
      for (const part of [texts[code].what, texts[code].safe, texts[code].todo]) {
        expect(part.trim()).toMatch(/\S.*[.!]$/);
      }
      // No codes on the first line: they stand behind "Chi tiết".
      expect(texts[code].what).not.toContain(code);
    }
  });
});

describe('texts live in the catalogue', () => {
  test('no component has a Vietnamese literal of its own', () => {
    const root = path.resolve('renderer/src');
    const offenders = readdirSync(root, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.tsx') && !entry.parentPath.includes('i18n'))
      .map((entry) => path.join(entry.parentPath, entry.name))
      .filter((file) => hasAccentedLiteral(readFileSync(file, 'utf8')))
      .map((file) => path.relative(root, file));
    expect(offenders).toEqual([]);
  });

  test('the check finds literals and leaves comments alone', () => {
    expect(hasAccentedLiteral("const a = 'Vào sổ';")).toBe(true);
    expect(hasAccentedLiteral('return <p>Trình</p>;')).toBe(true);
    expect(hasAccentedLiteral('/** Vào sổ. */\n// Trình\n{/* Bút phê */}\nconst a = 1;')).toBe(false);
    expect(hasAccentedLiteral("const url = 'https://x'; // Trình")).toBe(false);
  });
});

function hasAccentedLiteral(source: string): boolean {
  const code = source.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|[^:'"`])\/\/.*$/gm, '$1');
  return /[\p{M}đĐ]/u.test(code.normalize('NFD'));
}
