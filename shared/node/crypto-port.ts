import {
  type Cipher,
  constants,
  createCipheriv,
  createDecipheriv,
  createHash,
  createPublicKey,
  createVerify,
  type Decipher,
  getHashes,
  type Hash,
  type KeyObject,
  randomBytes,
  verify,
} from 'node:crypto';
import { deflateSync, inflateSync, constants as zlibConstants } from 'node:zlib';
import { AppError } from '../result/result';
import type {
  CryptoPort,
  HashName,
  IncrementalHash,
  IncrementalVerifier,
  SignatureToVerify,
} from '../signing/index';

const available = new Set(getHashes().map((name) => name.toLowerCase()));

/** The cryptography and compression of Node's own OpenSSL (BoringSSL in Electron, which has no SHA-3). */
export const nodeCrypto: CryptoPort = {
  supportsHash: (name: HashName) => available.has(name),
  hash: (name: HashName) => incrementalHash(createHash(name)),
  verify: verifySignature,
  supportsKey: (publicKey) => readPublicKey(publicKey) !== null,
  verifier,
  inflate,
  deflate: (bytes) => new Uint8Array(deflateSync(bytes)),
  aesCbcDecrypt: (key, vector, bytes) => runCipher(createDecipheriv(aesName(key), key, vector), bytes),
  aesCbcEncrypt: (key, vector, bytes) => runCipher(createCipheriv(aesName(key), key, vector), bytes),
  random: (length) => new Uint8Array(randomBytes(length)),
};

function incrementalHash(hash: Hash): IncrementalHash {
  return {
    update: (bytes) => void hash.update(bytes),
    copy: () => incrementalHash(hash.copy()),
    digest: () => new Uint8Array(hash.digest()),
  };
}

function aesName(key: Uint8Array): string {
  return `aes-${8 * key.length}-cbc`;
}

function runCipher(cipher: Cipher | Decipher, bytes: Uint8Array): Uint8Array {
  cipher.setAutoPadding(false);
  return new Uint8Array(Buffer.concat([cipher.update(bytes), cipher.final()]));
}

function verifySignature(input: SignatureToVerify): boolean {
  const key = readPublicKey(input.publicKey);
  if (!key || !fits(key, input.scheme)) return false;
  try {
    return verify(input.hash, input.data, { key, ...paddingOf(input) }, input.signature);
  } catch (error) {
    // OpenSSL throws for parameters that cannot go with the key, such as a digest longer than its modulus.
    if (error instanceof Error) return false;
    throw error;
  }
}

function verifier(input: Omit<SignatureToVerify, 'data'> & { readonly hash: HashName }): IncrementalVerifier {
  const running = createVerify(input.hash);
  return {
    update: (bytes) => void running.update(bytes),
    isRight: () => {
      const key = readPublicKey(input.publicKey);
      if (!key || !fits(key, input.scheme)) return false;
      try {
        return running.verify({ key, ...paddingOf(input) }, input.signature);
      } catch (error) {
        // As above: parameters that cannot go with the key.
        if (error instanceof Error) return false;
        throw error;
      }
    },
  };
}

function paddingOf({ scheme, saltLength = 20 }: Pick<SignatureToVerify, 'scheme' | 'saltLength'>) {
  return scheme === 'rsa-pss' ? { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength } : {};
}

function readPublicKey(spki: Uint8Array): KeyObject | null {
  try {
    return createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' });
  } catch (error) {
    // OpenSSL throws for a key of a kind it does not know; nothing can be verified with it.
    if (error instanceof Error) return null;
    throw error;
  }
}

function fits(key: KeyObject, scheme: SignatureToVerify['scheme']): boolean {
  const kinds: Readonly<Record<SignatureToVerify['scheme'], readonly string[]>> = {
    'rsa-pkcs1': ['rsa'],
    'rsa-pss': ['rsa', 'rsa-pss'],
    ecdsa: ['ec'],
    eddsa: ['ed25519', 'ed448'],
  };
  return kinds[scheme].includes(key.asymmetricKeyType ?? '');
}

/** Streams cut off at their end are common in PDFs and harmless, so what can be inflated is given. */
function inflate(bytes: Uint8Array, limit: number): Uint8Array {
  try {
    // A view, not a copy: the largest outputs count twice otherwise.
    const { buffer, byteOffset, length } = inflateSync(bytes, {
      maxOutputLength: limit,
      finishFlush: zlibConstants.Z_SYNC_FLUSH,
    });
    return new Uint8Array(buffer, byteOffset, length);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    throw new AppError(
      code === 'ERR_BUFFER_TOO_LARGE' ? 'PDF_TOO_COMPLEX' : 'PDF_MALFORMED',
      'compressed data',
    );
  }
}
