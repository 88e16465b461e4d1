import { oids } from '../asn1/oids';
import type { CryptoPort } from '../ports';
import { readCrl } from './crl';
import { nameAttribute } from './distinguished-name';

/** What a person is told of a revocation list, and what tells one that replaces another. Times are milliseconds since 1970. */
export type CrlDescription = {
  readonly der: Uint8Array;
  /** SHA-256 of the DER, hexadecimal. */
  readonly id: string;
  /** Common name of the issuer, or its organisation. */
  readonly issuer: string;
  /** Equal for lists of the same issuer, key and kind: the newer of two takes the place of the older. */
  readonly series: string;
  readonly thisUpdate: number;
  /** Null for a list that says nothing of its end. */
  readonly nextUpdate: number | null;
};

/** Reads the head of a revocation list (RFC 5280 section 5.1). Its signature is not checked. Throws DerError. */
export function describeCrl(der: Uint8Array, crypto: CryptoPort): CrlDescription {
  const crl = readCrl(der, crypto);
  const kind = crl.baseNumber === null ? 'complete' : 'delta';
  const name =
    nameAttribute(crl.issuer, oids.commonName) ?? nameAttribute(crl.issuer, oids.organization) ?? '';
  return {
    der: crl.der,
    id: crl.id,
    issuer: name.slice(0, 200),
    series: [crl.comparableIssuer, crl.authorityKeyId ?? '', kind].join('\n'),
    thisUpdate: crl.thisUpdate,
    nextUpdate: crl.nextUpdate,
  };
}
