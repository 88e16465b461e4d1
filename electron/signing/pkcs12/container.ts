import { createHmac, timingSafeEqual } from 'node:crypto';
import { AppError } from '@shared/result/result';
import { DerError } from '@shared/signing';
import {
  bytesOf,
  childAt,
  childrenOf,
  contentOf,
  type DerNode,
  oidOf,
  readDer,
  toDefiniteLength,
} from '@shared/signing/asn1/der';
import { decrypt, smallNumber, WrongKey } from './encryption';
import { type DerivationHash, hashSize, type KeyDerivation, purpose } from './key-derivation';
import type { PasswordOctets } from './password';

/** What a container holds: certificates verbatim, and private keys as DER PrivateKeyInfo, to be wiped by who asks. */
export type Contents = {
  readonly certificates: readonly Uint8Array[];
  readonly privateKeys: readonly Uint8Array[];
};

const oid = {
  data: '1.2.840.113549.1.7.1',
  encryptedData: '1.2.840.113549.1.7.6',
  keyBag: '1.2.840.113549.1.12.10.1.1',
  shroudedKeyBag: '1.2.840.113549.1.12.10.1.2',
  certificateBag: '1.2.840.113549.1.12.10.1.3',
  safeContentsBag: '1.2.840.113549.1.12.10.1.6',
  x509Certificate: '1.2.840.113549.1.9.22.1',
} as const;

const macHashes: ReadonlyMap<string, DerivationHash> = new Map([
  ['1.2.840.113549.2.5', 'md5'],
  ['1.3.14.3.2.26', 'sha1'],
  ['2.16.840.1.101.3.4.2.4', 'sha224'],
  ['2.16.840.1.101.3.4.2.1', 'sha256'],
  ['2.16.840.1.101.3.4.2.2', 'sha384'],
  ['2.16.840.1.101.3.4.2.3', 'sha512'],
]);

const maxBags = 256;
const maxNesting = 4;

/**
 * Opens a PFX (RFC 7292 section 4) with one form of the password. Throws P12_BAD_PASSWORD, P12_UNSUPPORTED_CIPHER,
 * P12_DAMAGED. Without a MAC a wrong password and damage look the same; it is called the password then.
 */
export function openContainer(
  file: Uint8Array,
  password: PasswordOctets,
  derivation: KeyDerivation,
): Contents {
  const { safes, mac } = readPfx(file);
  if (mac !== null) checkMac(mac, safes, password, derivation);
  try {
    return readSafes(safes, password, derivation);
  } catch (error) {
    if (!(error instanceof WrongKey) && !(error instanceof DerError)) throw error;
    throw new AppError(mac === null ? 'P12_BAD_PASSWORD' : 'P12_DAMAGED', 'contents');
  }
}

type Pfx = { readonly safes: Uint8Array; readonly mac: DerNode | null };

function readPfx(file: Uint8Array): Pfx {
  try {
    const [version, content, mac] = childrenOf(readDer(toDefiniteLength(file)));
    if (version === undefined || content === undefined || smallNumber(version) !== 3)
      throw new DerError('PFX version 3 expected');
    const type = oidOf(childAt(content, 0));
    // With a public key instead of a password; nobody gives that to a person.
    if (type !== oid.data) throw new AppError('P12_UNSUPPORTED_CIPHER', type);
    return { safes: contentOf(octets(childAt(childAt(content, 1), 0))), mac: mac ?? null };
  } catch (error) {
    if (error instanceof DerError) throw new AppError('P12_DAMAGED', 'container');
    throw error;
  }
}

/** MacData: an HMAC over all safes. A wrong value means another password, or damage inside. */
function checkMac(
  mac: DerNode,
  safes: Uint8Array,
  password: PasswordOctets,
  derivation: KeyDerivation,
): void {
  const { hash, expected, salt, iterations } = readMac(mac);
  const key = derivation.pkcs12(password.bmp, purpose.mac, {
    hash,
    salt,
    iterations,
    length: hashSize(hash),
  });
  const actual = createHmac(hash, key).update(safes).digest();
  key.fill(0);
  if (actual.length !== expected.length || !timingSafeEqual(actual, expected))
    throw new AppError('P12_BAD_PASSWORD');
}

function readMac(mac: DerNode): {
  readonly hash: DerivationHash;
  readonly expected: Uint8Array;
  readonly salt: Uint8Array;
  readonly iterations: number;
} {
  try {
    const [digestInfo, salt, iterations] = childrenOf(mac);
    if (digestInfo === undefined || salt === undefined) throw new DerError('MacData expected');
    const name = oidOf(childAt(childAt(digestInfo, 0), 0));
    const hash = macHashes.get(name);
    if (hash === undefined) throw new AppError('P12_UNSUPPORTED_CIPHER', name);
    return {
      hash,
      expected: contentOf(octets(childAt(digestInfo, 1))),
      salt: contentOf(octets(salt)),
      iterations: iterations === undefined ? 1 : smallNumber(iterations),
    };
  } catch (error) {
    if (error instanceof DerError) throw new AppError('P12_DAMAGED', 'MAC');
    throw error;
  }
}

function readSafes(safes: Uint8Array, password: PasswordOctets, derivation: KeyDerivation): Contents {
  const certificates: Uint8Array[] = [];
  const privateKeys: Uint8Array[] = [];
  let bags = 0;

  const readBags = (contents: DerNode, nesting: number): void => {
    for (const bag of childrenOf(contents)) {
      if (++bags > maxBags || nesting > maxNesting) throw new DerError('too many bags');
      const value = childAt(childAt(bag, 1), 0);
      const type = oidOf(childAt(bag, 0));
      if (type === oid.safeContentsBag) readBags(value, nesting + 1);
      else if (type === oid.keyBag) privateKeys.push(bytesOf(value).slice());
      else if (type === oid.shroudedKeyBag) {
        const encrypted = contentOf(octets(childAt(value, 1)));
        privateKeys.push(wholeElement(decrypt(derivation, childAt(value, 0), password, encrypted)));
      } else if (type === oid.certificateBag && oidOf(childAt(value, 0)) === oid.x509Certificate)
        certificates.push(contentOf(octets(childAt(childAt(value, 1), 0))).slice());
    }
  };

  for (const content of childrenOf(readDer(toDefiniteLength(safes)))) {
    const type = oidOf(childAt(content, 0));
    const value = childAt(childAt(content, 1), 0);
    if (type === oid.data) readBags(readDer(toDefiniteLength(contentOf(octets(value)))), 0);
    else if (type === oid.encryptedData) {
      const [, algorithm, encrypted] = childrenOf(childAt(value, 1));
      if (algorithm === undefined || encrypted === undefined)
        throw new DerError('encrypted content expected');
      const plain = decrypt(derivation, algorithm, password, implicitOctets(encrypted));
      readBags(readDer(toDefiniteLength(plain)), 0);
    } else throw new AppError('P12_UNSUPPORTED_CIPHER', type);
  }
  return { certificates, privateKeys };
}

/** Padding may fit by chance; a key that is no element of DER as a whole was decrypted with another password. */
function wholeElement(plain: Uint8Array): Uint8Array {
  if (readDer(plain).end !== plain.length) throw new WrongKey();
  return plain;
}

function octets(node: DerNode): DerNode {
  if (node.tag !== 0x04) throw new DerError('octet string expected');
  return node;
}

/** `[0] IMPLICIT OCTET STRING`, which BER may cut into pieces. */
function implicitOctets(node: DerNode): Uint8Array {
  if (node.tag === 0x80) return contentOf(node);
  if (node.tag !== 0xa0) throw new DerError('octet string expected');
  return Buffer.concat(childrenOf(node).map((part) => contentOf(octets(part))));
}
