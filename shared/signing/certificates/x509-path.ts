import { oids } from '../asn1/oids';
import type { CryptoPort } from '../ports';
import type { PathCode, PathStatus } from './path-report';
import { readSignatureAlgorithm, verifyWithAlgorithm } from './signature-algorithm';
import { type Certificate, keyUsageBits } from './x509';

/** Extensions that this validator processes or that do not restrict it; any other critical one refuses the path. */
const processedExtensions: ReadonlySet<string> = new Set([
  oids.subjectKeyIdentifier,
  oids.keyUsage,
  '2.5.29.17', // subjectAltName
  '2.5.29.18', // issuerAltName
  oids.basicConstraints,
  '2.5.29.31', // cRLDistributionPoints
  '2.5.29.32', // certificatePolicies: any policy is accepted
  oids.authorityKeyIdentifier,
  oids.extendedKeyUsage,
]);

const maxPathLength = 8;
/** Bound on signature checks while searching, against pools that are built to explode. */
const maxSearchSteps = 500;

/** What a path ended with; `path` runs from the leaf to the anchor, as far as it was found. */
export type PathResult = {
  readonly status: PathStatus;
  readonly code: PathCode;
  readonly path: readonly Certificate[];
};

export type PathInput = {
  readonly leaf: Certificate;
  readonly pool: readonly Certificate[];
  /** Trusted as they are: neither their own signature nor their validity is asked. */
  readonly anchors: readonly Certificate[];
  /** Milliseconds since 1970. */
  readonly at: number;
};

/**
 * Builds and validates a certification path from a signer to one of the chosen anchors (RFC 5280 section 6.1, without
 * policies; name constraints are refused). 'untrusted' means no path; 'invalid' means that each path found breaks a rule.
 */
export function validatePath(crypto: CryptoPort, input: PathInput): PathResult {
  const search = { steps: 0, failure: null as PathResult | null };
  const anchorIds = new Set(input.anchors.map((anchor) => anchor.id));
  const issuers = new Map(
    [...input.anchors, ...input.pool].map((certificate) => [certificate.id, certificate]),
  );
  const extend = (path: readonly Certificate[]): PathResult | null => {
    const last = path[path.length - 1];
    if (!last) return null;
    if (anchorIds.has(last.id)) {
      const report = checkPath(path, input.at);
      search.failure ??= report.status === 'trusted' ? null : report;
      return report.status === 'trusted' ? report : null;
    }
    if (path.length >= maxPathLength) return null;
    for (const issuer of issuers.values()) {
      if (path.includes(issuer) || !couldIssue(issuer, last)) continue;
      search.steps += 1;
      if (search.steps > maxSearchSteps) return null;
      if (!isSignedBy(crypto, last, issuer)) continue;
      const found = extend([...path, issuer]);
      if (found) return found;
    }
    return null;
  };
  return (
    extend([input.leaf]) ??
    search.failure ?? { status: 'untrusted', code: 'NO_PATH_TO_ANCHOR', path: [input.leaf] }
  );
}

function couldIssue(issuer: Certificate, subject: Certificate): boolean {
  if (subject.authorityKeyId && issuer.subjectKeyId && subject.authorityKeyId !== issuer.subjectKeyId)
    return false;
  return subject.comparableIssuer === issuer.comparableSubject;
}

/** False for weak digests too: a collision there makes a certificate for anybody. */
function isSignedBy(crypto: CryptoPort, subject: Certificate, issuer: Certificate): boolean {
  const hash = readSignatureAlgorithm(subject.signatureAlgorithm, null)?.hash;
  if (hash === 'sha1' || hash === 'md5') return false;
  const signed = { publicKey: issuer.publicKey, data: subject.tbs, signature: subject.signature };
  return verifyWithAlgorithm(crypto, subject.signatureAlgorithm, null, signed) === 'ok';
}

function checkPath(path: readonly Certificate[], at: number): PathResult {
  for (const [index, certificate] of path.entries()) {
    const isAnchor = index === path.length - 1;
    const code =
      (isAnchor && index > 0 ? null : checkValidity(certificate, at)) ?? checkExtensions(certificate);
    if (code) return { status: 'invalid', code, path };
    const issuerCode = index > 0 ? checkIssuer(path, index) : checkSignerUsage(certificate);
    if (issuerCode) return { status: 'invalid', code: issuerCode, path };
  }
  return { status: 'trusted', code: 'OK', path };
}

function checkValidity(certificate: Certificate, at: number): PathCode | null {
  if (at < certificate.notBefore) return 'NOT_YET_VALID';
  return at > certificate.notAfter ? 'EXPIRED' : null;
}

function checkExtensions(certificate: Certificate): PathCode | null {
  if (certificate.extensions.has(oids.nameConstraints)) return 'UNKNOWN_CRITICAL_EXTENSION';
  for (const [oid, extension] of certificate.extensions) {
    if (extension.critical && !processedExtensions.has(oid)) return 'UNKNOWN_CRITICAL_EXTENSION';
  }
  return null;
}

function checkIssuer(path: readonly Certificate[], index: number): PathCode | null {
  const issuer = path[index];
  if (!issuer?.isCa) return 'NOT_A_CA';
  if (issuer.keyUsage !== null && (issuer.keyUsage & keyUsageBits.keyCertSign) === 0) return 'CA_KEY_USAGE';
  // Self-issued certificates do not count (RFC 5280 section 4.2.1.9).
  const below = path.slice(1, index).filter((certificate) => !isSelfIssued(certificate)).length;
  return issuer.pathLength !== null && below > issuer.pathLength ? 'PATH_LENGTH' : null;
}

/** True when the certificate may sign documents: no key usage stated, or digitalSignature or nonRepudiation. */
export function maySignDocuments(certificate: Certificate): boolean {
  const allowed = keyUsageBits.digitalSignature | keyUsageBits.nonRepudiation;
  return certificate.keyUsage === null || (certificate.keyUsage & allowed) !== 0;
}

function checkSignerUsage(certificate: Certificate): PathCode | null {
  return maySignDocuments(certificate) ? null : 'WRONG_KEY_USAGE';
}

function isSelfIssued(certificate: Certificate): boolean {
  return certificate.comparableSubject === certificate.comparableIssuer;
}
