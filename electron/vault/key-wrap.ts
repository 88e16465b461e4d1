import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import { damaged } from './file-format';

const cipherName = 'aes-256-gcm';
const purpose = Buffer.from('cong-van wrapped data key 1', 'latin1');

/** Derives a key for one purpose from the master key, so that no two uses ever share a key. */
export function deriveKey(masterKey: Uint8Array, use: string): Buffer {
  return createHmac('sha256', masterKey).update(`cong-van ${use}`).digest();
}

/** Makes a random data key and the same key encrypted under the wrapping key: nonce (12), key (32), tag (16). */
export function newWrappedKey(wrappingKey: Uint8Array): { dataKey: Uint8Array; wrappedKey: Uint8Array } {
  const dataKey = randomBytes(32);
  const nonce = randomBytes(12);
  const cipher = createCipheriv(cipherName, wrappingKey, nonce, { authTagLength: 16 });
  cipher.setAAD(purpose);
  const text = cipher.update(dataKey);
  cipher.final();
  return { dataKey: alone(dataKey), wrappedKey: alone(Buffer.concat([nonce, text, cipher.getAuthTag()])) };
}

/** Opens a wrapped data key; throws FILE_DAMAGED_ON_DISK when it was changed or made under another key. */
export function unwrapKey(wrappingKey: Uint8Array, wrappedKey: Uint8Array): Uint8Array {
  const decipher = createDecipheriv(cipherName, wrappingKey, wrappedKey.subarray(0, 12), {
    authTagLength: 16,
  });
  decipher.setAAD(purpose);
  decipher.setAuthTag(wrappedKey.subarray(44, 60));
  const dataKey = decipher.update(wrappedKey.subarray(12, 44));
  try {
    decipher.final();
  } catch {
    throw damaged('wrapped key');
  }
  return alone(dataKey);
}

/**
 * A copy in memory of its own. Small Buffers share one pool, and sending one to another process sends the
 * whole pool, with whatever other secrets lie in it.
 */
function alone(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(bytes);
}
