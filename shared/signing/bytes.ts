/** Byte-string primitives for the parsers and writers below; all of them leave their inputs unchanged. */

/** Joins byte strings into a new one. */
export function concatBytes(parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

/** True when both hold the same bytes. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && compareBytes(a, b) === 0;
}

/** Lexicographic order of byte strings, the shorter first on a tie (X.690 section 11.6 order for SET OF). */
export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const common = Math.min(a.length, b.length);
  for (let i = 0; i < common; i++) {
    const difference = a[i]! - b[i]!;
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

/** One character per byte (ISO 8859-1), the way PDF syntax is read. */
export function latin1(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 8192) {
    // Several times faster than spreading, which asks an iterator for each byte.
    text += String.fromCharCode.apply(null, bytes.subarray(at, at + 8192) as unknown as number[]);
  }
  return text;
}

/** One byte per character; characters above U+00FF are a defect of the caller. */
export function latin1Bytes(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}

/** Upper-case hexadecimal digits. */
export function hexOf(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += byte.toString(16).padStart(2, '0');
  return text.toUpperCase();
}

/** Bytes of a run of hexadecimal digits; other characters are skipped and an odd last digit is padded with 0 (ISO 32000-1, 7.3.4.3). */
export function bytesOfHex(text: string): Uint8Array {
  return decodeHex(latin1Bytes(text));
}

/** The same for digits that are given as bytes. */
export function decodeHex(digits: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(Math.ceil(digits.length / 2));
  let count = 0;
  for (const character of digits) {
    const digit = hexDigits[character] ?? -1;
    if (digit < 0) continue;
    const half = count >> 1;
    bytes[half] = count % 2 === 0 ? digit << 4 : bytes[half]! | digit;
    count += 1;
  }
  return bytes.subarray(0, Math.ceil(count / 2));
}

/** Value of each hexadecimal digit by character code, -1 for other characters. */
const hexDigits = new Int8Array(256).fill(-1);
for (const [value, characters] of [
  '0',
  '1',
  '2',
  '3',
  '4',
  '5',
  '6',
  '7',
  '8',
  '9',
  'aA',
  'bB',
  'cC',
  'dD',
  'eE',
  'fF',
].entries()) {
  for (const character of characters) hexDigits[character.charCodeAt(0)] = value;
}

/** UTF-16BE code units of a text, without a byte-order mark. */
export function utf16Bytes(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length * 2);
  for (let i = 0; i < text.length; i++) {
    bytes[2 * i] = text.charCodeAt(i) >> 8;
    bytes[2 * i + 1] = text.charCodeAt(i) & 0xff;
  }
  return bytes;
}

/** Text of UTF-16BE code units; an odd last byte is ignored. */
export function utf16Text(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i + 1 < bytes.length; i += 2) text += String.fromCharCode((bytes[i]! << 8) | bytes[i + 1]!);
  return text;
}

/** Position of a byte string inside another one at or after `from`, or -1. */
export function indexOfBytes(bytes: Uint8Array, wanted: Uint8Array, from = 0): number {
  const first = wanted[0] ?? 0;
  for (let at = bytes.indexOf(first, from); at >= 0; at = bytes.indexOf(first, at + 1)) {
    if (at + wanted.length > bytes.length) return -1;
    if (equalBytes(bytes.subarray(at, at + wanted.length), wanted)) return at;
  }
  return -1;
}
