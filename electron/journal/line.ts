import { type Operation, operationSchema } from '@shared/sync/operation';
import { openSealed, sealBytes } from '../vault/sealed-bytes';

/** One whole line of the journal, as far as it can be told without the key. */
export type Line =
  /** A sealed operation; only its number can be read without the key. */
  | { readonly kind: 'operation'; readonly n: number; readonly sealed: string }
  /** The server has said that it holds everything up to `n`. */
  | { readonly kind: 'sent'; readonly n: number }
  /** Whatever stands before this line with the number `n` or a higher one counts no more. */
  | { readonly kind: 'void'; readonly n: number };

// Only the beginning is looked at: whether the sealed rest is whole is known when it is opened.
const linePattern = /^(?:o (?<n>[1-9]\d{0,14}) |(?<mark>[sv]) (?<at>\d{1,15})$)/;

/** Seals an operation into one line: its number, and the rest in base64. */
export function sealLine(key: Uint8Array, operation: Operation): string {
  const text = Buffer.from(JSON.stringify(operation), 'utf8');
  return `o ${operation.n} ${sealBytes(key, text, purposeOf(operation.n)).toString('base64')}\n`;
}

export function sentLine(n: number): string {
  return `s ${n}\n`;
}

export function voidLine(n: number): string {
  return `v ${n}\n`;
}

/** Gives null for a line that is not one of ours: damaged at its beginning, or of a later version. */
export function parseLine(text: string): Line | null {
  const match = linePattern.exec(text);
  if (match?.groups === undefined) return null;
  const { n, mark, at } = match.groups;
  if (mark !== undefined) return { kind: mark === 's' ? 'sent' : 'void', n: Number(at) };
  return { kind: 'operation', n: Number(n), sealed: text.slice(match[0].length) };
}

/** Opens a sealed operation; null when the line was changed, or sealed for another number or by another key. */
export function openLine(key: Uint8Array, n: number, sealed: string): Operation | null {
  const text = openSealed(key, Buffer.from(sealed, 'base64'), purposeOf(n));
  if (text === null) return null;
  const parsed = operationSchema.safeParse(JSON.parse(text.toString('utf8')));
  return parsed.success && parsed.data.n === n ? (parsed.data as Operation) : null;
}

/** A line that was moved under another number does not open. */
const purposeOf = (n: number): string => `journal 1 ${n}`;
