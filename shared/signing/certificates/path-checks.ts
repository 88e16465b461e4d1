import { DerError } from '../asn1/der';
import { oids } from '../asn1/oids';
import { NameConstraints } from './name-constraints';
import { checkPurpose, type PathPurpose } from './path-purpose';
import type { PathCode } from './path-report';
import { PolicyGraph, type PolicyInputs } from './policy-graph';
import { hasWeakDigest, hasWeakKey } from './signed-by';
import { type Certificate, isSelfIssued, keyUsageBits } from './x509';

/** Extensions that this validator processes or that do not restrict it; any other critical one refuses the path. */
const processedExtensions: ReadonlySet<string> = new Set([
  oids.subjectKeyIdentifier,
  oids.keyUsage,
  oids.subjectAltName,
  oids.issuerAltName,
  oids.basicConstraints,
  oids.nameConstraints,
  oids.crlDistributionPoints,
  oids.certificatePolicies,
  oids.policyMappings,
  oids.authorityKeyIdentifier,
  oids.policyConstraints,
  oids.extendedKeyUsage,
  oids.inhibitAnyPolicy,
]);

export type PathRules = {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly purpose: PathPurpose;
  readonly policies: PolicyInputs;
};

/**
 * Checks a path whose signatures are known to be right, from the anchor at its end down to the leaf (RFC 5280 section 6.1);
 * gives the first rule that it breaks, or 'OK'. Of the anchor only its constraints are asked, not its validity.
 */
export function checkPath(path: readonly Certificate[], rules: PathRules): PathCode {
  try {
    return new PathCheck(path, rules).run();
  } catch (error) {
    // An extension with information that cannot be processed is as good as an unknown one (section 4.2).
    if (error instanceof DerError) return 'UNKNOWN_CRITICAL_EXTENSION';
    throw error;
  }
}

class PathCheck {
  private readonly path: readonly Certificate[];
  private readonly rules: PathRules;
  private readonly names = new NameConstraints();
  private readonly policies: PolicyGraph;
  private pathLength = Number.POSITIVE_INFINITY;

  constructor(path: readonly Certificate[], rules: PathRules) {
    this.path = path;
    this.rules = rules;
    this.policies = new PolicyGraph(rules.policies, path.length - 1);
  }

  run(): PathCode {
    for (const [depth, certificate] of [...this.path].reverse().entries()) {
      const isAnchor = depth === 0 && this.path.length > 1;
      const isLeaf = depth === this.path.length - 1;
      const code =
        (isAnchor ? null : this.checkBasics(certificate)) ??
        checkExtensions(certificate) ??
        (depth === 0 ? null : this.checkNamesAndPolicies(certificate, depth, isLeaf)) ??
        (isLeaf ? checkPurpose(certificate, this.rules.purpose) : this.checkAuthority(certificate, isAnchor));
      if (code) return code;
    }
    return 'OK';
  }

  /** Section 6.1.3 a. */
  private checkBasics(certificate: Certificate): PathCode | null {
    if (hasWeakDigest(certificate) || hasWeakKey(certificate)) return 'WEAK_ALGORITHM';
    if (this.rules.at < certificate.notBefore) return 'NOT_YET_VALID';
    return this.rules.at > certificate.notAfter ? 'EXPIRED' : null;
  }

  /** Section 6.1.3 b to f. */
  private checkNamesAndPolicies(certificate: Certificate, depth: number, isLeaf: boolean): PathCode | null {
    const isExempt = isSelfIssued(certificate) && !isLeaf;
    if (!isExempt && !this.names.allows(certificate)) return 'NAME_NOT_PERMITTED';
    return this.policies.accept(certificate, depth) ? null : 'POLICY_NOT_PERMITTED';
  }

  /** Section 6.1.4 g and k to n: what an issuer must be, and what it asks of those below. */
  private checkAuthority(certificate: Certificate, isAnchor: boolean): PathCode | null {
    // Anchors from before X.509 version 3 have no extensions that could say so.
    const isOldAnchor = isAnchor && certificate.extensions.size === 0;
    if (!certificate.isCa && !isOldAnchor) return 'NOT_A_CA';
    if (certificate.keyUsage !== null && (certificate.keyUsage & keyUsageBits.keyCertSign) === 0)
      return 'CA_KEY_USAGE';
    if (!isAnchor && !isSelfIssued(certificate)) {
      if (this.pathLength === 0) return 'PATH_LENGTH';
      this.pathLength -= 1;
    }
    this.pathLength = Math.min(this.pathLength, certificate.pathLength ?? this.pathLength);
    this.names.add(certificate);
    return null;
  }
}

function checkExtensions(certificate: Certificate): PathCode | null {
  for (const [oid, { critical }] of certificate.extensions)
    if (critical && !processedExtensions.has(oid)) return 'UNKNOWN_CRITICAL_EXTENSION';
  return null;
}
