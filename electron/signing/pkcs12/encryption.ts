import { createDecipheriv } from 'node:crypto';
import { AppError } from '@shared/result/result';
import { DerError } from '@shared/signing';
import { childrenOf, contentOf, type DerNode, oidOf } from '@shared/signing/asn1/der';
import { type DerivationHash, type KeyDerivation, purpose } from './key-derivation';
import type { PasswordOctets } from './password';
import { decryptRc2 } from './rc2';

/** PBE of PKCS#12 (RFC 7292, appendix C), always with SHA-1: octets of the derived key, and the cipher. */
const pkcs12Schemes: ReadonlyMap<string, { readonly key: number; readonly cipher: Cipher }> = new Map([
  ['1.2.840.113549.1.12.1.3', { key: 24, cipher: tripleDes }],
  ['1.2.840.113549.1.12.1.4', { key: 16, cipher: tripleDes }],
  ['1.2.840.113549.1.12.1.5', { key: 16, cipher: rc2 }],
  ['1.2.840.113549.1.12.1.6', { key: 5, cipher: rc2 }],
]);
const pbes2 = '1.2.840.113549.1.5.13';
const pbkdf2 = '1.2.840.113549.1.5.12';
const pbes2Ciphers: ReadonlyMap<string, { readonly key: number; readonly cipher: Cipher }> = new Map([
  ['2.16.840.1.101.3.4.1.2', { key: 16, cipher: aes }],
  ['2.16.840.1.101.3.4.1.22', { key: 24, cipher: aes }],
  ['2.16.840.1.101.3.4.1.42', { key: 32, cipher: aes }],
  ['1.2.840.113549.3.7', { key: 24, cipher: tripleDes }],
]);
const hmacs: ReadonlyMap<string, DerivationHash> = new Map([
  ['1.2.840.113549.2.7', 'sha1'],
  ['1.2.840.113549.2.8', 'sha224'],
  ['1.2.840.113549.2.9', 'sha256'],
  ['1.2.840.113549.2.10', 'sha384'],
  ['1.2.840.113549.2.11', 'sha512'],
]);

/** Decrypts and leaves the padding on. */
type Cipher = (key: Buffer, iv: Uint8Array, data: Uint8Array) => Buffer;

/**
 * Decrypts what an AlgorithmIdentifier of PBES2 (RFC 8018 section 6.2) or of PKCS#12 says. Throws
 * P12_UNSUPPORTED_CIPHER (its detail names the algorithm), P12_DAMAGED for too many iterations, and
 * {@link WrongKey} when the result has no padding, as with another password or in a damaged file.
 */
export function decrypt(
  derivation: KeyDerivation,
  algorithm: DerNode,
  password: PasswordOctets,
  data: Uint8Array,
): Buffer {
  const [name, parameters] = childrenOf(algorithm);
  if (name === undefined || parameters === undefined) throw new DerError('algorithm expected');
  const oid = oidOf(name);
  if (oid === pbes2) return decryptPbes2(derivation, parameters, password, data);
  const scheme = pkcs12Schemes.get(oid);
  if (scheme === undefined) throw new AppError('P12_UNSUPPORTED_CIPHER', oid);
  const [salt, iterations] = childrenOf(parameters);
  if (salt === undefined || iterations === undefined) throw new DerError('PBE parameters expected');
  const wanted = { hash: 'sha1', salt: contentOf(salt), iterations: smallNumber(iterations) } as const;
  const key = derivation.pkcs12(password.bmp, purpose.key, { ...wanted, length: scheme.key });
  const iv = derivation.pkcs12(password.bmp, purpose.iv, { ...wanted, length: 8 });
  return decryptWith(scheme.cipher, key, iv, data);
}

/** The password is not the right one, or the file is damaged; which of them the container knows best. */
export class WrongKey extends Error {}

function decryptPbes2(
  derivation: KeyDerivation,
  parameters: DerNode,
  password: PasswordOctets,
  data: Uint8Array,
): Buffer {
  const [kdf, encryption] = childrenOf(parameters).map(childrenOf);
  const [kdfName, kdfParameters] = kdf ?? [];
  const [cipherName, iv] = encryption ?? [];
  if (!kdfName || !kdfParameters || !cipherName || !iv) throw new DerError('PBES2 parameters expected');
  if (oidOf(kdfName) !== pbkdf2) throw new AppError('P12_UNSUPPORTED_CIPHER', oidOf(kdfName));
  const found = pbes2Ciphers.get(oidOf(cipherName));
  if (found === undefined) throw new AppError('P12_UNSUPPORTED_CIPHER', oidOf(cipherName));
  const [salt, iterations, ...optional] = childrenOf(kdfParameters);
  if (salt?.tag !== 0x04 || iterations === undefined) throw new DerError('PBKDF2 parameters expected');
  const key = derivation.pbkdf2(password.utf8, {
    hash: pseudoRandomFunction(optional.find(({ tag }) => tag === 0x30)),
    salt: contentOf(salt),
    iterations: smallNumber(iterations),
    length: found.key,
  });
  return decryptWith(found.cipher, key, contentOf(iv), data);
}

function pseudoRandomFunction(algorithm: DerNode | undefined): DerivationHash {
  // DEFAULT of RFC 8018.
  if (algorithm === undefined) return 'sha1';
  const [name] = childrenOf(algorithm);
  if (name === undefined) throw new DerError('algorithm expected');
  const hash = hmacs.get(oidOf(name));
  if (hash === undefined) throw new AppError('P12_UNSUPPORTED_CIPHER', oidOf(name));
  return hash;
}

function decryptWith(cipher: Cipher, key: Buffer, iv: Uint8Array, data: Uint8Array): Buffer {
  try {
    const plain = cipher(key, iv, data);
    const padding = plain.at(-1) ?? 0;
    const end = plain.length - padding;
    const isPadded =
      padding >= 1 && padding <= 16 && end >= 0 && plain.subarray(end).every((octet) => octet === padding);
    if (!isPadded) throw new WrongKey();
    return plain.subarray(0, end);
  } finally {
    key.fill(0);
  }
}

function aes(key: Buffer, iv: Uint8Array, data: Uint8Array): Buffer {
  return blocks(`aes-${key.length * 8}-cbc`, 16, key, iv, data);
}

function tripleDes(key: Buffer, iv: Uint8Array, data: Uint8Array): Buffer {
  // With two keys the first is also the third.
  const whole = Buffer.concat([key, key.subarray(0, 24 - key.length)]);
  try {
    return blocks('des-ede3-cbc', 8, whole, iv, data);
  } finally {
    whole.fill(0);
  }
}

function rc2(key: Buffer, iv: Uint8Array, data: Uint8Array): Buffer {
  requireBlocks(8, iv, data);
  return decryptRc2(key, key.length * 8, iv, data);
}

function blocks(name: string, size: number, key: Buffer, iv: Uint8Array, data: Uint8Array): Buffer {
  requireBlocks(size, iv, data);
  const decipher = createDecipheriv(name, key, iv).setAutoPadding(false);
  // Without padding `final` has nothing to add; so the plain text lies in one place only, where it can be wiped.
  const plain = decipher.update(data);
  decipher.final();
  return plain;
}

function requireBlocks(size: number, iv: Uint8Array, data: Uint8Array): void {
  if (iv.length !== size || data.length === 0 || data.length % size !== 0)
    throw new DerError('whole blocks expected');
}

/** A non-negative INTEGER of up to four octets. */
export function smallNumber(node: DerNode): number {
  const octets = contentOf(node);
  if (node.tag !== 0x02 || octets.length === 0 || octets.length > 5 || (octets[0] ?? 0) >= 0x80)
    throw new DerError('small number expected');
  return octets.reduce((value, octet) => value * 256 + octet, 0);
}
