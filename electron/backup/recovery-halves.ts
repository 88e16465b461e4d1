import { createHash, randomBytes } from 'node:crypto';
import { AppError } from '@shared/result/result';

// The recovery key on paper: two halves, neither of which says anything about the key without the other. Each is nine
// rows of eight letters; every row carries its own check, so that a slip of the pen is found where it is.

export const halfHolders = ['clerk', 'leader'] as const;
export type HalfHolder = (typeof halfHolders)[number];

export type Half = {
  readonly holder: HalfHolder;
  /** Which kit the half belongs to: 4 hexadecimal digits. */
  readonly kit: string;
  /** 32 bytes. */
  readonly bytes: Uint8Array;
};

const keyLength = 32;
const rowLength = 4;
const keyRows = keyLength / rowLength;
const letterBits = 5;
// Crockford's alphabet: no I, L, O, U, so nothing is mistaken for 1, 0 or V.
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Makes a key and divides it: one half is random, the other is the key XOR that half. */
export function newHalves(): { readonly key: Uint8Array; readonly halves: readonly [Half, Half] } {
  const key = randomBytes(keyLength);
  const clerk = randomBytes(keyLength);
  const kit = createHash('sha256').update('cong-van kit').update(key).digest('hex').slice(0, 4);
  const leader = xor(key, clerk);
  return {
    key: new Uint8Array(key),
    halves: [
      { holder: 'clerk', kit, bytes: new Uint8Array(clerk) },
      { holder: 'leader', kit, bytes: leader },
    ],
  };
}

/** The key of two halves. KIT_MISMATCH when they are of one holder, or of two kits. */
export function joinHalves(a: Half, b: Half): Uint8Array {
  if (a.holder === b.holder) throw new AppError('KIT_MISMATCH', 'holder');
  if (a.kit !== b.kit) throw new AppError('KIT_MISMATCH', 'kit');
  return xor(a.bytes, b.bytes);
}

/** The rows of a half as they are printed: `XXXX XXXX`. */
export function writeHalf({ holder, kit, bytes }: Half): readonly string[] {
  const rows = Array.from({ length: keyRows }, (_, row) => {
    const part = bytes.subarray(row * rowLength, (row + 1) * rowLength);
    return writeRow(Buffer.concat([part, Buffer.of(rowCheck(row, part))]));
  });
  const name = Buffer.concat([Buffer.of(halfHolders.indexOf(holder)), Buffer.from(kit, 'hex')]);
  return [...rows, writeRow(Buffer.concat([name, wholeCheck(name, bytes)]))];
}

/**
 * Reads a half as somebody typed it: with any spaces, line breaks, dashes and letter case; O is read as 0, I and L as 1.
 * Errors: KIT_ROW_WRONG (detail: the row, from 1), also for a row that is missing.
 */
export function readHalf(text: string): Half {
  const letters = text
    .toUpperCase()
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1')
    .replace(/[^0-9A-Z]/g, '');
  const parts = Array.from({ length: keyRows }, (_, row) => {
    const bytes = readRow(letters, row);
    const part = bytes.subarray(0, rowLength);
    if (rowCheck(row, part) !== bytes[rowLength]) throw wrongRow(row);
    return part;
  });
  const last = readRow(letters, keyRows);
  const name = last.subarray(0, 3);
  const bytes = Buffer.concat(parts);
  const holder = halfHolders[name[0] ?? -1];
  const whole = wholeCheck(name, bytes).equals(last.subarray(3));
  if (holder === undefined || !whole || letters.length > (keyRows + 1) * 8) throw wrongRow(keyRows);
  return { holder, kit: name.subarray(1).toString('hex'), bytes: new Uint8Array(bytes) };
}

function xor(a: Uint8Array, b: Uint8Array): Uint8Array {
  return Uint8Array.from(a, (byte, index) => byte ^ (b[index] ?? 0));
}

/** Of one row; it finds all but one of 256 errors, and tells rows apart that were typed in another order. */
function rowCheck(row: number, part: Uint8Array): number {
  return createHash('sha256').update(`cong-van kit row ${row}`).update(part).digest()[0] ?? 0;
}

function wholeCheck(name: Uint8Array, bytes: Uint8Array): Buffer {
  return createHash('sha256').update('cong-van kit half').update(name).update(bytes).digest().subarray(0, 2);
}

/** 5 bytes are 8 letters. */
function writeRow(bytes: Uint8Array): string {
  let bits = 0n;
  for (const byte of bytes) bits = (bits << 8n) | BigInt(byte);
  const letters = Array.from({ length: 8 }, (_, at) => {
    return alphabet[Number((bits >> BigInt((7 - at) * letterBits)) & 31n)] ?? '';
  }).join('');
  return `${letters.slice(0, 4)} ${letters.slice(4)}`;
}

function readRow(letters: string, row: number): Buffer {
  const part = letters.slice(row * 8, (row + 1) * 8);
  if (part.length < 8) throw wrongRow(row);
  let bits = 0n;
  for (const letter of part) {
    const value = alphabet.indexOf(letter);
    if (value < 0) throw wrongRow(row);
    bits = (bits << BigInt(letterBits)) | BigInt(value);
  }
  return Buffer.from(Array.from({ length: 5 }, (_, at) => Number((bits >> BigInt((4 - at) * 8)) & 255n)));
}

const wrongRow = (row: number): AppError => new AppError('KIT_ROW_WRONG', String(row + 1));
