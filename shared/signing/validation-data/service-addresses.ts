import { childrenOf, contentOf, DerError, type DerNode, oidOf, readDer } from '../asn1/der';
import { oids } from '../asn1/oids';
import { latin1 } from '../bytes';
import { generalNameTags } from '../certificates/general-name';
import type { Certificate } from '../certificates/x509';

/** Bound on the addresses that are tried for one thing of one certificate. */
const maxAddresses = 4;

/** Where the issuer's certificate can be had (caIssuers, RFC 5280 section 4.2.2.1). */
export function issuerAddresses(certificate: Certificate): readonly string[] {
  return accessAddresses(certificate, oids.accessIssuers);
}

/** Where OCSP answers about the certificate (RFC 5280 section 4.2.2.1). */
export function ocspAddresses(certificate: Certificate): readonly string[] {
  return accessAddresses(certificate, oids.accessOcsp);
}

/** Where the revocation lists about the certificate are published (RFC 5280 section 4.2.1.13). */
export function crlAddresses(certificate: Certificate): readonly string[] {
  return readAddresses(certificate, oids.crlDistributionPoints, (points) =>
    childrenOf(points)
      .flatMap(childrenOf)
      .filter(({ tag }) => tag === 0xa0)
      .flatMap(childrenOf)
      .filter(({ tag }) => tag === 0xa0)
      .flatMap(childrenOf),
  );
}

function accessAddresses(certificate: Certificate, method: string): readonly string[] {
  return readAddresses(certificate, oids.authorityInfoAccess, (descriptions) =>
    childrenOf(descriptions).flatMap((description) => {
      const [id, location] = childrenOf(description);
      return id && location && oidOf(id) === method ? [location] : [];
    }),
  );
}

/** The HTTP addresses among general names; LDAP and others are passed over, and so is an extension that cannot be read. */
function readAddresses(
  certificate: Certificate,
  oid: string,
  namesOf: (extension: DerNode) => readonly DerNode[],
): readonly string[] {
  const extension = certificate.extensions.get(oid);
  if (!extension) return [];
  try {
    return namesOf(readDer(extension.value))
      .filter(({ tag }) => tag === generalNameTags.uri)
      .map((name) => latin1(contentOf(name)))
      .filter((address) => /^https?:\/\//i.test(address))
      .slice(0, maxAddresses);
  } catch (error) {
    if (error instanceof DerError) return [];
    throw error;
  }
}
