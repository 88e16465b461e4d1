import { nodeCrypto } from '@shared/node/crypto-port';
import { AppError } from '@shared/result/result';
import { describeCertificate, type SignatureScheme, type Signer } from '@shared/signing';
import { openPkcs12 } from '../../../../signing/pkcs12';

/** A PKCS#12 key for one job: the container and its password (UTF-8), in memory only. */
export type FileKey = { readonly pkcs12: Uint8Array; readonly secret: Uint8Array };

/** A key elsewhere, which signs between two jobs. */
export type RemoteKey = {
  readonly certificate: Uint8Array;
  readonly chain: readonly Uint8Array[];
  readonly schemes: readonly SignatureScheme[];
};

export type KeyMaterial = ({ readonly kind: 'file' } & FileKey) | ({ readonly kind: 'remote' } & RemoteKey);

/** The key in the container. The bytes of the password are wiped here. Errors: P12_*. */
export function signerOf({ pkcs12, secret }: FileKey): Signer {
  try {
    const [signer] = openPkcs12(pkcs12, new TextDecoder().decode(secret));
    if (signer === undefined) throw new AppError('P12_NO_KEY');
    return signer;
  } finally {
    secret.fill(0);
  }
}

/** What a certificate says about its holder, and the certificate itself with those above it. */
export type KeyFacts = {
  readonly subject: string;
  readonly issuer: string;
  /** Hexadecimal. */
  readonly serial: string;
  /** Milliseconds since 1970. */
  readonly notBefore: number;
  readonly notAfter: number;
  readonly certificate: Uint8Array;
  readonly chain: readonly Uint8Array[];
};

/** Reads the facts of a certificate. Throws P12_DAMAGED when it cannot be read. */
export function keyFacts(certificate: Uint8Array, chain: readonly Uint8Array[]): KeyFacts {
  const { cn, issuer, serial, notBefore, notAfter } = describeCertificate(nodeCrypto, certificate);
  return { subject: cn, issuer, serial, notBefore, notAfter, certificate, chain };
}
