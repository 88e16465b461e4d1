import { AppError } from '../../result/result';
import { equalBytes } from '../bytes';
import type { PdfDocument } from '../pdf/pdf-document';
import {
  isArray,
  isDict,
  isRef,
  isStream,
  isString,
  type PdfDict,
  type PdfStream,
  type PdfValue,
} from '../pdf/pdf-objects';
import { syntaxOf } from '../pdf/pdf-serialise';
import { isUnreadable } from '../pdf/unreadable';

const maxDepth = 60;
const maxCompared = 500_000;
/** Keys that lead back up the document; following them would compare everything with everything. */
const upwardKeys: ReadonlySet<string> = new Set(['Parent', 'P']);

/** Pairs of objects that one comparison has met: each is compared once, so that loops and shared parts cost nothing. */
type Compared = Set<string>;

/** True when two values are written alike, references included; strings by their bytes. Streams are never alike. */
export function isSameSyntax(a: PdfValue | undefined, b: PdfValue | undefined): boolean {
  const [x, y] = [a ?? null, b ?? null];
  if (isStream(x) || isStream(y)) return false;
  if (x === y) return true;
  if (isString(x) && isString(y)) return equalBytes(x.bytes, y.bytes);
  if (isArray(x) && isArray(y))
    return x.length === y.length && x.every((item, i) => isSameSyntax(item, y[i]));
  if (isDict(x) && isDict(y))
    return x.size === y.size && [...x].every(([key, item]) => y.has(key) && isSameSyntax(item, y.get(key)));
  if (isArray(x) || isArray(y) || isDict(x) || isDict(y)) return false;
  return syntaxOf(x) === syntaxOf(y);
}

/** True when a value of the older revision and one of the newer mean the same, whatever objects they are stored in. */
export async function isSameValue(
  older: PdfDocument,
  a: PdfValue | undefined,
  newer: PdfDocument,
  b: PdfValue | undefined,
  compared: Compared = new Set(),
  depth = 0,
): Promise<boolean> {
  if (depth > maxDepth) return false;
  if (isRef(a) && isRef(b)) {
    if (a.num === b.num && isUntouched(older, newer, a.num)) return a.gen === b.gen;
    const pair = `${a.num} ${b.num}`;
    // A pair met before is being compared, or was found equal: an unequal one ends the comparison.
    if (compared.has(pair)) return true;
    if (compared.size > maxCompared) throw new AppError('PDF_TOO_COMPLEX', 'comparison');
    compared.add(pair);
  }
  const [x, y] = [await older.resolve(a), await newer.resolve(b)];
  if (isStream(x) && isStream(y)) return isSameStream(older, x, newer, y, compared, depth);
  if (isDict(x) && isDict(y)) return isSameDict(older, x, newer, y, compared, depth);
  if (isArray(x) && isArray(y)) {
    if (x.length !== y.length) return false;
    for (const [i, item] of x.entries()) {
      if (!(await isSameValue(older, item, newer, y[i], compared, depth + 1))) return false;
    }
    return true;
  }
  return isSameSyntax(x, y);
}

/** True when an object still stands at the same place. Its containing object stream is checked on its own. */
export function isUntouched(older: PdfDocument, newer: PdfDocument, num: number): boolean {
  const [a, b] = [older.entries.get(num), newer.entries.get(num)];
  if (a?.type === 'offset' && b?.type === 'offset') return a.offset === b.offset && a.gen === b.gen;
  if (a?.type === 'compressed' && b?.type === 'compressed')
    return a.container === b.container && a.index === b.index && isUntouched(older, newer, a.container);
  return false;
}

async function isSameDict(
  older: PdfDocument,
  a: PdfDict,
  newer: PdfDocument,
  b: PdfDict,
  compared: Compared,
  depth: number,
): Promise<boolean> {
  for (const key of new Set([...a.keys(), ...b.keys()])) {
    const isSame = upwardKeys.has(key)
      ? isSameSyntax(a.get(key), b.get(key))
      : await isSameValue(older, a.get(key), newer, b.get(key), compared, depth + 1);
    if (!isSame) return false;
  }
  return true;
}

async function isSameStream(
  older: PdfDocument,
  a: PdfStream,
  newer: PdfDocument,
  b: PdfStream,
  compared: Compared,
  depth: number,
): Promise<boolean> {
  if (!(await isSameDict(older, a.dict, newer, b.dict, compared, depth))) return false;
  try {
    return equalBytes(await older.rawStream(a), await newer.rawStream(b));
  } catch (error) {
    // A stream that cannot be read cannot be shown to be the same.
    if (isUnreadable(error)) return false;
    throw error;
  }
}

/**
 * The keys whose values differ between a dictionary of the older revision and its successor. An entry that is left out
 * counts as its default, because many programs write defaults when they store a dictionary anew.
 */
export async function changedKeys(
  older: PdfDocument,
  a: PdfDict | null,
  newer: PdfDocument,
  b: PdfDict | null,
  defaults: PdfDict = new Map(),
): Promise<readonly string[]> {
  if (a === b) return [];
  const changed: string[] = [];
  for (const key of new Set([...(a?.keys() ?? []), ...(b?.keys() ?? [])])) {
    const [before, after] = [a?.get(key) ?? defaults.get(key), b?.get(key) ?? defaults.get(key)];
    if (isSameSyntax(before, after)) continue;
    const isSame = !upwardKeys.has(key) && (await isSameValue(older, before, newer, after));
    if (!isSame) changed.push(key);
  }
  return changed;
}
