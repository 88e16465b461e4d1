import { AppError } from '../../../result/result';
import { concatBytes } from '../../bytes';
import { type CryptoPort, digestOf } from '../../ports';
import type { PdfRef } from '../pdf-objects';
import { rc4 } from './rc4';

/** How the strings or streams of a file are encrypted (ISO 32000-2, table 25: Identity, V2, AESV2, AESV3). */
export type CryptMethod = 'identity' | 'rc4' | 'aes-128' | 'aes-256';

const block = 16;
const aesSalt = Uint8Array.of(0x73, 0x41, 0x6c, 0x54);

/** The bytes of one string or stream of an object. Throws PDF_MALFORMED for AES data that is cut off or not padded. */
export function decryptBytes(
  crypto: CryptoPort,
  method: CryptMethod,
  fileKey: Uint8Array,
  owner: PdfRef,
  bytes: Uint8Array,
): Uint8Array {
  // Writers leave empty strings empty instead of encrypting their padding.
  if (method === 'identity' || bytes.length === 0) return bytes;
  const key = objectKey(crypto, method, fileKey, owner);
  if (method === 'rc4') return rc4(key, bytes);
  if (bytes.length < 2 * block || bytes.length % block !== 0)
    throw new AppError('PDF_MALFORMED', 'encrypted data');
  const plain = crypto.aesCbcDecrypt(key, bytes.subarray(0, block), bytes.subarray(block));
  const padding = plain[plain.length - 1] ?? 0;
  if (padding < 1 || padding > block) throw new AppError('PDF_MALFORMED', 'encrypted data');
  return plain.subarray(0, plain.length - padding);
}

/** The reverse of {@link decryptBytes}, with a fresh initialisation vector for AES. */
export function encryptBytes(
  crypto: CryptoPort,
  method: CryptMethod,
  fileKey: Uint8Array,
  owner: PdfRef,
  bytes: Uint8Array,
): Uint8Array {
  if (method === 'identity') return bytes;
  const key = objectKey(crypto, method, fileKey, owner);
  if (method === 'rc4') return rc4(key, bytes);
  const padding = block - (bytes.length % block);
  const padded = concatBytes([bytes, new Uint8Array(padding).fill(padding)]);
  const vector = crypto.random(block);
  return concatBytes([vector, crypto.aesCbcEncrypt(key, vector, padded)]);
}

/** Algorithms 1 and 1.A of ISO 32000-2: each object has its own key, except with AES-256. */
function objectKey(
  crypto: CryptoPort,
  method: Exclude<CryptMethod, 'identity'>,
  fileKey: Uint8Array,
  { num, gen }: PdfRef,
): Uint8Array {
  if (method === 'aes-256') return fileKey;
  const number = Uint8Array.of(num, num >> 8, num >> 16, gen, gen >> 8);
  const salt = method === 'aes-128' ? aesSalt : new Uint8Array(0);
  const digest = digestOf(crypto, 'md5', concatBytes([fileKey, number, salt]));
  return digest.subarray(0, Math.min(fileKey.length + 5, 16));
}
