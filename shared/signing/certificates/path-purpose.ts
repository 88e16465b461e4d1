import { childrenOf, oidOf, readDer } from '../asn1/der';
import { oids } from '../asn1/oids';
import type { PathCode } from './path-report';
import { type Certificate, keyUsageBits } from './x509';

/** What the certificate at the end of a path is used for; 'any' asks nothing of it. */
export type PathPurpose = 'document' | 'timestamp' | 'ocsp' | 'any';

/** The purposes that a certificate names (RFC 5280 section 4.2.1.12); null without the extension. Throws DerError. */
export function extendedKeyUsages(certificate: Certificate): readonly string[] | null {
  const extension = certificate.extensions.get(oids.extendedKeyUsage);
  return extension ? childrenOf(readDer(extension.value)).map(oidOf) : null;
}

/** True when the certificate may sign documents: no key usage stated, or digitalSignature or nonRepudiation. */
export function maySignDocuments(certificate: Certificate): boolean {
  const allowed = keyUsageBits.digitalSignature | keyUsageBits.nonRepudiation;
  return certificate.keyUsage === null || (certificate.keyUsage & allowed) !== 0;
}

/** The rule of key usage that forbids a certificate the purpose, or null. Throws DerError. */
export function checkPurpose(certificate: Certificate, purpose: PathPurpose): PathCode | null {
  if (purpose === 'any') return null;
  if (!maySignDocuments(certificate)) return 'WRONG_KEY_USAGE';
  // Signing practice: document signers bear whatever extended key usage their authority sells.
  if (purpose === 'document') return null;
  const usages = extendedKeyUsages(certificate) ?? [];
  const allowed =
    purpose === 'ocsp' ? usages.includes(oids.ocspSigning) : isTimestampOnly(certificate, usages);
  return allowed ? null : 'WRONG_EXTENDED_KEY_USAGE';
}

/** RFC 3161 section 2.3: the usage stands alone, in a critical extension. */
function isTimestampOnly(certificate: Certificate, usages: readonly string[]): boolean {
  const extension = certificate.extensions.get(oids.extendedKeyUsage);
  return extension?.critical === true && usages.length === 1 && usages[0] === oids.timeStamping;
}
