import { createPrivateKey, type KeyObject, pbkdf2Sync } from 'node:crypto';
import { AppError } from '@shared/result/result';
import { DerError, type Signer } from '@shared/signing/index';
import forge from 'node-forge';
import { isKeyOf, keySigner } from './node-signer';

/** Iterations above this only serve to block the process (RFC 8018 section 4.2 asks for at least 1,000). */
const maxIterations = 10_000_000;

type DigestLike = { readonly algorithm: string };

/** node-forge's own PBKDF2 reads passwords as ISO 8859-1 and is slow; RFC 8018 and OpenSSL take them as UTF-8. */
function pbkdf2(
  password: string,
  salt: string,
  iterations: number,
  length: number,
  digest?: DigestLike | null,
): string {
  if (iterations > maxIterations) throw new Error('too many iterations');
  const name = digest?.algorithm ?? 'sha1';
  const key = pbkdf2Sync(password, Buffer.from(salt, 'binary'), iterations, length, name);
  return key.toString('binary');
}

Object.assign(forge.pkcs5, { pbkdf2 });

/**
 * Opens a PKCS#12 file (RFC 7292) and gives a signer for each private key that has its certificate beside it; never an
 * empty list. node-forge decrypts the container only: keys and certificates are taken out as DER.
 * Throws P12_BAD_PASSWORD, P12_UNSUPPORTED_CIPHER, P12_DAMAGED, P12_NO_KEY, P12_NO_CERT.
 */
export function openPkcs12(file: Uint8Array, password: string): readonly Signer[] {
  const { keys, certificates } = readBags(file, password);
  if (keys.length === 0) throw new AppError('P12_NO_KEY');
  try {
    const signers = keys.flatMap((key) => {
      const own = certificates.find((certificate) => isKeyOf(key, certificate));
      const others = certificates.filter((certificate) => certificate !== own);
      return own ? [keySigner(key, own, others)] : [];
    });
    if (signers.length === 0) throw new AppError('P12_NO_CERT');
    return signers;
  } catch (error) {
    if (error instanceof DerError) throw new AppError('P12_DAMAGED', 'certificate');
    throw error;
  }
}

type Bags = { readonly keys: readonly KeyObject[]; readonly certificates: readonly Uint8Array[] };

/** A typed Vietnamese password may reach us composed or decomposed, whichever the file was made with. */
function readBags(file: Uint8Array, password: string): Bags {
  const forms = new Set([password, password.normalize('NFC'), password.normalize('NFD')]);
  let wrongPassword: AppError | null = null;
  for (const form of forms) {
    try {
      return readBagsWith(file, form);
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'P12_BAD_PASSWORD') throw error;
      wrongPassword = error;
    }
  }
  throw wrongPassword ?? new AppError('P12_BAD_PASSWORD');
}

function readBagsWith(file: Uint8Array, password: string): Bags {
  try {
    const asn1 = forge.asn1.fromDer(Buffer.from(file).toString('binary'));
    const container = forge.pkcs12.pkcs12FromAsn1(asn1, false, password);
    const bags = container.safeContents.flatMap(({ safeBags }) => safeBags);
    const { certBag, keyBag, pkcs8ShroudedKeyBag } = forge.pki.oids;
    return {
      certificates: bags.filter(({ type }) => type === certBag).map(certificateDer),
      keys: bags.filter(({ type }) => type === keyBag || type === pkcs8ShroudedKeyBag).map(privateKey),
    };
  } catch (error) {
    throw containerError(error);
  }
}

function derOf(asn1: forge.asn1.Asn1): Buffer {
  return Buffer.from(forge.asn1.toDer(asn1).getBytes(), 'binary');
}

function certificateDer({ cert, asn1 }: forge.pkcs12.Bag): Uint8Array {
  return new Uint8Array(derOf(cert ? forge.pki.certificateToAsn1(cert) : asn1));
}

function privateKey({ key, asn1 }: forge.pkcs12.Bag): KeyObject {
  const info = key ? forge.pki.wrapRsaPrivateKey(forge.pki.privateKeyToAsn1(key)) : asn1;
  const der = derOf(info);
  try {
    return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  } finally {
    der.fill(0);
  }
}

function containerError(error: unknown): AppError {
  const message = error instanceof Error ? error.message : '';
  if (/MAC could not be verified|wrong password|Failed to decrypt/i.test(message))
    return new AppError('P12_BAD_PASSWORD');
  if (/unsupported (OID|MAC)|unknown encryption|Unsupported PBES|cipher/i.test(message))
    return new AppError('P12_UNSUPPORTED_CIPHER');
  return new AppError('P12_DAMAGED');
}
