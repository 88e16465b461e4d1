import { childrenOf, oidOf, readDer } from '../asn1/der';
import { oids } from '../asn1/oids';
import type { Certificate } from '../certificates/x509';

/** True when the certificate is for timestamps and nothing else, and says so critically (RFC 3161 section 2.3). */
export function isTimestampSigner(certificate: Certificate): boolean {
  const extension = certificate.extensions.get(oids.extendedKeyUsage);
  if (!extension?.critical) return false;
  const [usage, ...others] = childrenOf(readDer(extension.value));
  return usage !== undefined && oidOf(usage) === oids.timeStamping && others.length === 0;
}
