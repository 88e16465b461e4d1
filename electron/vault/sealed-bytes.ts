import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const cipherName = 'aes-256-gcm';
const nonceLength = 12;
const tagLength = 16;

/** Encrypts bytes as a whole: nonce, text, tag. They open only with the same key and `purpose`. */
export function sealBytes(key: Uint8Array, bytes: Uint8Array, purpose: string): Buffer {
  const nonce = randomBytes(nonceLength);
  const cipher = createCipheriv(cipherName, key, nonce, { authTagLength: tagLength });
  cipher.setAAD(Buffer.from(purpose, 'utf8'));
  const text = cipher.update(bytes);
  cipher.final();
  return Buffer.concat([nonce, text, cipher.getAuthTag()]);
}

/** Gives null when the bytes were changed, or sealed with another key or for another purpose. */
export function openSealed(key: Uint8Array, sealed: Uint8Array, purpose: string): Buffer | null {
  if (sealed.length < nonceLength + tagLength) return null;
  const decipher = createDecipheriv(cipherName, key, sealed.subarray(0, nonceLength), {
    authTagLength: tagLength,
  });
  decipher.setAAD(Buffer.from(purpose, 'utf8'));
  decipher.setAuthTag(sealed.subarray(sealed.length - tagLength));
  const bytes = decipher.update(sealed.subarray(nonceLength, sealed.length - tagLength));
  try {
    decipher.final();
  } catch {
    return null;
  }
  return bytes;
}
