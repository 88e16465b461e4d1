import { AppError } from '../../result/result';
import { equalBytes } from '../bytes';
import type { PdfDocument } from '../pdf/pdf-document';
import {
  isArray,
  isDict,
  isRef,
  isStream,
  type PdfDict,
  type PdfStream,
  type PdfValue,
} from '../pdf/pdf-objects';
import { syntaxOf } from '../pdf/pdf-serialise';

const maxDepth = 60;
/** Keys that lead back up the document; following them would compare everything with everything. */
const upwardKeys: ReadonlySet<string> = new Set(['Parent', 'P']);

/** True when two values are written alike, references included. Streams are never alike. */
export function isSameSyntax(a: PdfValue | undefined, b: PdfValue | undefined): boolean {
  if (isStream(a ?? null) || isStream(b ?? null)) return false;
  return syntaxOf(a ?? null) === syntaxOf(b ?? null);
}

/** True when a value of the older revision and one of the newer mean the same, whatever objects they are stored in. */
export async function isSameValue(
  older: PdfDocument,
  a: PdfValue | undefined,
  newer: PdfDocument,
  b: PdfValue | undefined,
  depth = 0,
): Promise<boolean> {
  if (depth > maxDepth) return false;
  if (isRef(a) && isRef(b) && a.num === b.num && isUntouched(older, newer, a.num)) return true;
  const [x, y] = [await older.resolve(a), await newer.resolve(b)];
  if (isStream(x) && isStream(y)) return isSameStream(older, x, newer, y, depth);
  if (isDict(x) && isDict(y)) return isSameDict(older, x, newer, y, depth);
  if (isArray(x) && isArray(y)) {
    if (x.length !== y.length) return false;
    for (const [i, item] of x.entries()) {
      if (!(await isSameValue(older, item, newer, y[i], depth + 1))) return false;
    }
    return true;
  }
  return isSameSyntax(x, y);
}

/** True when an object still stands at the same place. Its containing object stream is checked on its own. */
export function isUntouched(older: PdfDocument, newer: PdfDocument, num: number): boolean {
  const [a, b] = [older.entries.get(num), newer.entries.get(num)];
  if (a?.type === 'offset' && b?.type === 'offset') return a.offset === b.offset;
  if (a?.type === 'compressed' && b?.type === 'compressed')
    return a.container === b.container && a.index === b.index && isUntouched(older, newer, a.container);
  return false;
}

async function isSameDict(
  older: PdfDocument,
  a: PdfDict,
  newer: PdfDocument,
  b: PdfDict,
  depth: number,
): Promise<boolean> {
  for (const key of new Set([...a.keys(), ...b.keys()])) {
    const isSame = upwardKeys.has(key)
      ? isSameSyntax(a.get(key), b.get(key))
      : await isSameValue(older, a.get(key), newer, b.get(key), depth + 1);
    if (!isSame) return false;
  }
  return true;
}

async function isSameStream(
  older: PdfDocument,
  a: PdfStream,
  newer: PdfDocument,
  b: PdfStream,
  depth: number,
): Promise<boolean> {
  if (!(await isSameDict(older, a.dict, newer, b.dict, depth))) return false;
  try {
    return equalBytes(await older.rawStream(a), await newer.rawStream(b));
  } catch (error) {
    // A stream that cannot be read cannot be shown to be the same.
    if (error instanceof AppError) return false;
    throw error;
  }
}

/** The keys whose values differ between a dictionary of the older revision and its successor. */
export async function changedKeys(
  older: PdfDocument,
  a: PdfDict | null,
  newer: PdfDocument,
  b: PdfDict | null,
): Promise<readonly string[]> {
  const changed: string[] = [];
  for (const key of new Set([...(a?.keys() ?? []), ...(b?.keys() ?? [])])) {
    const [before, after] = [a?.get(key), b?.get(key)];
    if (isSameSyntax(before, after)) continue;
    const isSame = !upwardKeys.has(key) && (await isSameValue(older, before, newer, after));
    if (!isSame) changed.push(key);
  }
  return changed;
}
