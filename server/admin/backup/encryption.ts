import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  type DecipherGCM,
  randomBytes,
  scrypt,
  timingSafeEqual,
} from 'node:crypto';
import { AppError } from '@shared/result/result';
import { z } from 'zod';

/**
 * How a folder of backups is encrypted: scrypt (RFC 7914) makes one key from the passphrase; every file is AES-256-GCM
 * with a nonce of its own. `check` tells a wrong passphrase before anything is read or written.
 */
export const encryptionSchema = z.object({
  format: z.literal(1),
  salt: z.string().regex(/^[0-9a-f]{32}$/),
  cost: z.number().int().min(16_384).max(1_048_576),
  check: z.string().regex(/^[0-9a-f]{64}$/),
});
export type Encryption = z.infer<typeof encryptionSchema>;

/** Cost N with r = 8, p = 1: 128 MB and about half a second for each try. */
const newCost = 131_072;
const leastLetters = 12;
const nonceBytes = 12;
const tagBytes = 16;
/** By how much an encrypted file is longer. */
export const sealBytes = nonceBytes + tagBytes;

/** Begins the encryption of a new folder. INVALID_INPUT for a passphrase of less than 12 letters. */
export async function beginEncryption(
  passphrase: string,
): Promise<{ readonly encryption: Encryption; readonly key: Buffer }> {
  if (passphrase.normalize('NFC').length < leastLetters) {
    throw new AppError('INVALID_INPUT', `the passphrase needs ${leastLetters} letters or more`);
  }
  const salt = randomBytes(16).toString('hex');
  const key = await deriveKey(passphrase, salt, newCost);
  return { encryption: { format: 1, salt, cost: newCost, check: checkOf(key) }, key };
}

/** The key of a folder that is encrypted already. INVALID_INPUT for another passphrase. */
export async function openEncryption(encryption: Encryption, passphrase: string): Promise<Buffer> {
  const key = await deriveKey(passphrase, encryption.salt, encryption.cost);
  if (!timingSafeEqual(Buffer.from(checkOf(key), 'hex'), Buffer.from(encryption.check, 'hex'))) {
    throw new AppError('INVALID_INPUT', 'the passphrase is not that of these backups');
  }
  return key;
}

function deriveKey(passphrase: string, salt: string, cost: number): Promise<Buffer> {
  const options = { N: cost, r: 8, p: 1, maxmem: 2 * 128 * 8 * cost };
  return new Promise((resolve, reject) => {
    scrypt(passphrase.normalize('NFC'), Buffer.from(salt, 'hex'), 32, options, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
}

function checkOf(key: Buffer): string {
  return createHmac('sha256', key).update('check').digest('hex');
}

/** A name that says nothing of the content to whoever has not the key. */
export function hiddenName(key: Buffer, sha256: string): string {
  return createHmac('sha256', key).update(`content:${sha256}`).digest('hex');
}

/** Encrypts bytes on their way: nonce, ciphertext, tag. */
export async function* encrypted(plain: AsyncIterable<Buffer>, key: Buffer): AsyncGenerator<Buffer> {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  yield nonce;
  for await (const chunk of plain) yield cipher.update(chunk);
  yield cipher.final();
  yield cipher.getAuthTag();
}

/**
 * Decrypts such bytes on their way. What comes out may be believed only after its end: HASH_MISMATCH where the tag does
 * not fit.
 */
export async function* decrypted(sealed: AsyncIterable<Buffer>, key: Buffer): AsyncGenerator<Buffer> {
  let decipher: DecipherGCM | undefined;
  let held: Buffer = Buffer.alloc(0);
  for await (const chunk of sealed) {
    held = Buffer.concat([held, chunk]);
    if (decipher === undefined && held.length >= nonceBytes) {
      decipher = createDecipheriv('aes-256-gcm', key, held.subarray(0, nonceBytes));
      held = held.subarray(nonceBytes);
    }
    // The last bytes may be the tag.
    const ready = held.length - tagBytes;
    if (decipher === undefined || ready <= 0) continue;
    yield decipher.update(held.subarray(0, ready));
    held = held.subarray(ready);
  }
  if (decipher === undefined || held.length !== tagBytes) throw new AppError('HASH_MISMATCH', 'too short');
  decipher.setAuthTag(held);
  yield finish(decipher);
}

function finish(decipher: DecipherGCM): Buffer {
  try {
    return decipher.final();
  } catch (error) {
    throw new AppError('HASH_MISMATCH', error instanceof Error ? error.message : 'tag');
  }
}
