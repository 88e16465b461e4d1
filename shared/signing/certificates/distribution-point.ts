import { childAt, childrenOf, contentOf, DerError, type DerNode, readDer } from '../asn1/der';
import { oids } from '../asn1/oids';
import { comparableRdn } from './distinguished-name';
import { comparableDirectoryName, comparableGeneralName } from './general-name';
import type { Certificate, CertificateExtension } from './x509';

/** Bits 1 to 8 of ReasonFlags, bit 0 as the highest of 16 bits: every reason for which a certificate is revoked. */
export const allReasons = 0x7f80;
const maxPoints = 32;

/** Where the CRLs about a certificate are published (RFC 5280 section 4.2.1.13); names in comparable form. */
export type DistributionPoint = {
  /** Null when only the issuer of the CRL is named. */
  readonly names: readonly string[] | null;
  readonly reasons: number;
  /** Null when the issuer of the certificate issues the CRL as well. */
  readonly crlIssuers: readonly string[] | null;
};

/** Which certificates and reasons a CRL is about (IssuingDistributionPoint, RFC 5280 section 5.2.5). */
export type CrlScope = {
  readonly names: readonly string[] | null;
  readonly onlyUserCertificates: boolean;
  readonly onlyCaCertificates: boolean;
  readonly onlyAttributeCertificates: boolean;
  readonly reasons: number;
  readonly indirect: boolean;
};

/** Reads the distribution points of a certificate; none when it has no such extension. Throws {@link DerError}. */
export function readDistributionPoints(certificate: Certificate): readonly DistributionPoint[] {
  const extension = certificate.extensions.get(oids.crlDistributionPoints);
  if (!extension) return [];
  const points = childrenOf(readDer(extension.value));
  if (points.length > maxPoints) throw new DerError('too many distribution points');
  return points.map((node) => readPoint(node, certificate.comparableIssuer));
}

function readPoint(node: DerNode, certificateIssuer: string): DistributionPoint {
  const parts = childrenOf(node);
  const name = parts.find((part) => part.tag === 0xa0);
  const issuers = parts.find((part) => part.tag === 0xa2);
  const crlIssuers = issuers ? childrenOf(issuers).map(comparableGeneralName) : null;
  const relativeTo = crlIssuers?.[0] ?? comparableDirectoryName(certificateIssuer);
  return {
    names: name ? readPointNames(name, relativeTo) : null,
    reasons: readReasons(parts.find((part) => part.tag === 0x81)),
    crlIssuers,
  };
}

/** The point that stands for CRLs of the issuer that no point of the certificate names (RFC 5280 section 6.3.3). */
export function impliedPoint({ comparableIssuer }: Certificate): DistributionPoint {
  return { names: [comparableDirectoryName(comparableIssuer)], reasons: allReasons, crlIssuers: null };
}

/** Reads the scope of a CRL whose issuer has the given comparable name. Throws {@link DerError}. */
export function readCrlScope(extension: CertificateExtension, crlIssuer: string): CrlScope {
  const parts = new Map(childrenOf(readDer(extension.value)).map((part) => [part.tag, part]));
  const isSet = (tag: number): boolean => {
    const part = parts.get(tag);
    return part !== undefined && contentOf(part)[0] !== 0;
  };
  const name = parts.get(0xa0);
  return {
    names: name ? readPointNames(name, comparableDirectoryName(crlIssuer)) : null,
    onlyUserCertificates: isSet(0x81),
    onlyCaCertificates: isSet(0x82),
    onlyAttributeCertificates: isSet(0x85),
    reasons: readReasons(parts.get(0x83)),
    indirect: isSet(0x84),
  };
}

function readPointNames(holder: DerNode, relativeTo: string): readonly string[] {
  const choice = childAt(holder, 0);
  if (choice.tag === 0xa0) return childrenOf(choice).map(comparableGeneralName);
  if (choice.tag === 0xa1) return [`${relativeTo}\n${comparableRdn(choice)}`];
  throw new DerError('distribution point name expected');
}

function readReasons(bits: DerNode | undefined): number {
  if (!bits) return allReasons;
  const content = contentOf(bits);
  return (((content[1] ?? 0) << 8) | (content[2] ?? 0)) & allReasons;
}
