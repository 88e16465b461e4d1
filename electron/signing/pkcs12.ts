import { createPrivateKey, type KeyObject } from 'node:crypto';
import { AppError } from '@shared/result/result';
import { DerError, type Signer } from '@shared/signing';
import { isKeyOf, keySigner } from './node-signer';
import { type Contents, openContainer } from './pkcs12/container';
import { KeyDerivation } from './pkcs12/key-derivation';
import { passwordForms, wipePassword } from './pkcs12/password';

/** Containers of keys are a few kilobytes; larger ones are something else. */
const maxSize = 4 * 1024 * 1024;

/** A signer with all other certificates of its container, the root among them when it is there. */
export type Pkcs12Signer = Signer & { readonly others: readonly Uint8Array[] };

/**
 * Opens a PKCS#12 file (RFC 7292) and gives a signer for each private key that has its certificate beside it; never an
 * empty list. Certificates are taken verbatim. A Vietnamese password may be typed composed or decomposed.
 * Throws P12_BAD_PASSWORD, P12_UNSUPPORTED_CIPHER, P12_DAMAGED, P12_NO_KEY, P12_NO_CERT.
 */
export function openPkcs12(file: Uint8Array, password: string): readonly Pkcs12Signer[] {
  if (file.length > maxSize) throw new AppError('P12_DAMAGED', 'size');
  const { certificates, privateKeys } = openWithAnyForm(file, password);
  const keys = privateKeys.map(readPrivateKey);
  if (keys.length === 0) throw new AppError('P12_NO_KEY');
  try {
    const signers = keys.flatMap((key) => {
      const own = certificates.find((certificate) => isKeyOf(key, certificate));
      const others = certificates.filter((certificate) => certificate !== own);
      return own ? [{ ...keySigner(key, own, others), others }] : [];
    });
    if (signers.length === 0) throw new AppError('P12_NO_CERT');
    return signers;
  } catch (error) {
    if (error instanceof DerError) throw new AppError('P12_DAMAGED', 'certificate');
    throw error;
  }
}

function openWithAnyForm(file: Uint8Array, password: string): Contents {
  const derivation = new KeyDerivation();
  const forms = passwordForms(password);
  try {
    for (const form of forms) {
      try {
        return openContainer(file, form, derivation);
      } catch (error) {
        if (!(error instanceof AppError) || error.code !== 'P12_BAD_PASSWORD') throw error;
      }
    }
    throw new AppError('P12_BAD_PASSWORD');
  } finally {
    forms.forEach(wipePassword);
  }
}

function readPrivateKey(der: Uint8Array): KeyObject {
  const key = Buffer.from(der.buffer, der.byteOffset, der.byteLength);
  try {
    return createPrivateKey({ key, format: 'der', type: 'pkcs8' });
  } catch {
    // The library's message may quote the key; that it cannot be read is all there is to say.
    throw new AppError('P12_DAMAGED', 'private key');
  } finally {
    key.fill(0);
  }
}
