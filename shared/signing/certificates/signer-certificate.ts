import { AppError } from '../../result/result';
import { contentOf, DerError, readDer } from '../asn1/der';
import { oids } from '../asn1/oids';
import { hexOf } from '../bytes';
import type { SignerReport } from '../check/check-report';
import type { CryptoPort } from '../ports';
import { nameAttribute } from './distinguished-name';
import { maySignDocuments } from './path-purpose';
import { type Certificate, readCertificate } from './x509';

/**
 * Checks a certificate before it signs (Thông tư 15/2025/TT-BKHCN: validity and purpose are checked before signing).
 * `time` in milliseconds since 1970. Throws CERT_NOT_YET_VALID, CERT_EXPIRED, CERT_WRONG_USAGE, P12_DAMAGED.
 */
export function checkSignerCertificate(crypto: CryptoPort, der: Uint8Array, time: number): void {
  const certificate = readOwn(crypto, der);
  if (time < certificate.notBefore) throw new AppError('CERT_NOT_YET_VALID');
  if (time > certificate.notAfter) throw new AppError('CERT_EXPIRED');
  if (!maySignDocuments(certificate) || certificate.isCa) throw new AppError('CERT_WRONG_USAGE');
}

function readOwn(crypto: CryptoPort, der: Uint8Array): Certificate {
  try {
    return readCertificate(der, crypto);
  } catch (error) {
    if (error instanceof DerError) throw new AppError('P12_DAMAGED', 'certificate');
    throw error;
  }
}

/** The facts about a certificate's holder that are shown to people. Throws P12_DAMAGED when it cannot be read. */
export function describeCertificate(crypto: CryptoPort, der: Uint8Array): SignerReport {
  return describeSigner(readOwn(crypto, der));
}

/** The facts about a signer that a report shows. */
export function describeSigner(certificate: Certificate): SignerReport {
  return {
    cn: nameAttribute(certificate.subject, oids.commonName) ?? '',
    o: nameAttribute(certificate.subject, oids.organization) ?? '',
    serial: hexOf(contentOf(readDer(certificate.serial))),
    notBefore: certificate.notBefore,
    notAfter: certificate.notAfter,
    issuer: nameAttribute(certificate.issuer, oids.commonName) ?? '',
  };
}
