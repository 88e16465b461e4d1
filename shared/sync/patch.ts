import type { Json } from '../schema/values';

type Row = Readonly<Record<string, unknown>>;

/** Splits a path into its field and, for one entry of a map field, the key (the rest after the first dot). */
export function splitPath(path: string): { readonly field: string; readonly key: string | null } {
  const dot = path.indexOf('.');
  return dot === -1 ? { field: path, key: null } : { field: path.slice(0, dot), key: path.slice(dot + 1) };
}

/**
 * Gives the row with every path of the patch set to its value; the input is not changed. Setting is absolute, so that
 * applying the same patch again gives the same row: pending work can be replayed over pulled rows at any time.
 */
export function applyPatch(row: Row, patch: Readonly<Record<string, Json>>): Record<string, unknown> {
  const result: Record<string, unknown> = { ...row };
  for (const [path, value] of Object.entries(patch)) {
    const { field, key } = splitPath(path);
    if (key === null) {
      result[field] = value;
    } else {
      const map = result[field];
      result[field] = { ...(isPlainObject(map) ? map : {}), [key]: value };
    }
  }
  return result;
}

/** The value at a path of a row, or undefined where there is none. */
export function valueAt(row: Row, path: string): unknown {
  const { field, key } = splitPath(path);
  if (key === null) return row[field];
  const map = row[field];
  return isPlainObject(map) ? map[key] : undefined;
}

/** Structural equality of JSON values; the order of object keys does not matter. */
export function sameJson(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((value, index) => sameJson(value, b[index]));
  }
  if (isPlainObject(a) && isPlainObject(b)) {
    const keys = Object.keys(a);
    return (
      keys.length === Object.keys(b).length &&
      keys.every((key) => Object.hasOwn(b, key) && sameJson(a[key], b[key]))
    );
  }
  return false;
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
