import { DerError } from '../asn1/der';
import { derBlocks } from '../asn1/pem';
import { type Certificate, readCertificate } from '../certificates/x509';
import { parseCms } from '../cms/cms-parse';
import type { CryptoPort } from '../ports';

/** The certificates in what a caIssuers address gave: DER, PEM, or a CMS of certificates only (RFC 5280 section 4.2.2.1). */
export function readReceivedCertificates(bytes: Uint8Array, crypto: CryptoPort): readonly Certificate[] {
  return derBlocks(bytes, 'CERTIFICATE').flatMap((der) =>
    orNone(
      () => [readCertificate(der, crypto)],
      () => orNone(() => parseCms(der, crypto).certificates),
    ),
  );
}

/** What cannot be read is passed over: the search then goes on without it. */
function orNone(
  read: () => readonly Certificate[],
  otherwise: () => readonly Certificate[] = () => [],
): readonly Certificate[] {
  try {
    return read();
  } catch (error) {
    if (error instanceof DerError) return otherwise();
    throw error;
  }
}
