/** A wanted part, `end` exclusive; `whole` when there is none to honour; `unsatisfiable` when it lies outside. */
export type WantedRange = { readonly start: number; readonly end: number } | 'whole' | 'unsatisfiable';

/**
 * Reads a `Range` header for content of `size` bytes (RFC 9110, 14.1.2 and 14.2). A header that is not one
 * plain byte range is ignored, as the RFC allows; several ranges in one request are answered with the whole.
 */
export function parseByteRange(header: string | null, size: number): WantedRange {
  const match = header === null ? null : /^bytes=(\d*)-(\d*)$/.exec(header.trim());
  if (match === null) return 'whole';
  const [, first = '', last = ''] = match;
  if (first === '' && last === '') return 'whole';
  if (first === '') {
    const length = Math.min(Number(last), size);
    return length === 0 ? 'unsatisfiable' : { start: size - length, end: size };
  }
  const start = Number(first);
  if (last !== '' && Number(last) < start) return 'whole';
  if (start >= size) return 'unsatisfiable';
  return { start, end: last === '' ? size : Math.min(size, Number(last) + 1) };
}
