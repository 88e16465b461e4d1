import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { type Operation, operationSchema } from '@shared/sync/operation';

/** One whole line of the journal, as far as it can be told without the key. */
export type Line =
  /** A sealed operation; only its number can be read without the key. */
  | { readonly kind: 'operation'; readonly n: number; readonly sealed: string }
  /** The server has said that it holds everything up to `n`. */
  | { readonly kind: 'sent'; readonly n: number }
  /** Whatever stands before this line with the number `n` or a higher one counts no more. */
  | { readonly kind: 'void'; readonly n: number };

const cipherName = 'aes-256-gcm';
const nonceLength = 12;
const tagLength = 16;
const linePattern =
  /^(?:o (?<n>[1-9]\d{0,14}) (?<sealed>[A-Za-z0-9+/]+={0,2})|(?<mark>[sv]) (?<at>\d{1,15}))$/;

/** Seals an operation into one line: its number, then nonce, text and tag (AES-256-GCM) in base64. */
export function sealLine(key: Uint8Array, operation: Operation): string {
  const nonce = randomBytes(nonceLength);
  const cipher = createCipheriv(cipherName, key, nonce, { authTagLength: tagLength });
  cipher.setAAD(boundTo(operation.n));
  const text = cipher.update(JSON.stringify(operation), 'utf8');
  cipher.final();
  const sealed = Buffer.concat([nonce, text, cipher.getAuthTag()]).toString('base64');
  return `o ${operation.n} ${sealed}\n`;
}

export function sentLine(n: number): string {
  return `s ${n}\n`;
}

export function voidLine(n: number): string {
  return `v ${n}\n`;
}

/** Gives null for a line that is not one of ours: damaged, or of a later version. */
export function parseLine(text: string): Line | null {
  const groups = linePattern.exec(text)?.groups;
  if (groups === undefined) return null;
  const mark = groups['mark'];
  if (mark !== undefined) return { kind: mark === 's' ? 'sent' : 'void', n: Number(groups['at']) };
  return { kind: 'operation', n: Number(groups['n']), sealed: groups['sealed'] ?? '' };
}

/** Opens a sealed operation; null when the line was changed, or sealed for another number or by another key. */
export function openLine(key: Uint8Array, n: number, sealed: string): Operation | null {
  const bytes = Buffer.from(sealed, 'base64');
  if (bytes.length <= nonceLength + tagLength) return null;
  const decipher = createDecipheriv(cipherName, key, bytes.subarray(0, nonceLength), {
    authTagLength: tagLength,
  });
  decipher.setAAD(boundTo(n));
  decipher.setAuthTag(bytes.subarray(bytes.length - tagLength));
  const text = decipher.update(bytes.subarray(nonceLength, bytes.length - tagLength));
  try {
    decipher.final();
  } catch {
    return null;
  }
  const parsed = operationSchema.safeParse(JSON.parse(text.toString('utf8')));
  return parsed.success && parsed.data.n === n ? (parsed.data as Operation) : null;
}

/** A line that was moved under another number does not open. */
const boundTo = (n: number): Buffer => Buffer.from(`journal 1 ${n}`, 'latin1');
