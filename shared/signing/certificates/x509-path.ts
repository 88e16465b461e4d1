import type { CryptoPort } from '../ports';
import { checkPath } from './path-checks';
import type { PathPurpose } from './path-purpose';
import type { PathCode, PathStatus } from './path-report';
import { anyPolicyInputs, type PolicyInputs } from './policy-graph';
import { checkSignedBy } from './signed-by';
import type { Certificate } from './x509';

const maxPathLength = 10;
/** Bounds on the search, against pools that are built to explode. */
const maxSearchSteps = 500;
const maxPathsOffered = 16;

export type { PathPurpose };

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
  readonly purpose: PathPurpose;
  /** Any policy will do without it. */
  readonly policies?: PolicyInputs;
  /**
   * Asked of each valid path, e.g. whether nothing in it is revoked: the first usable one is given, and when none is
   * usable the first valid one, whose faults the caller then reports.
   */
  readonly isUsable?: (path: readonly Certificate[]) => boolean;
};

/**
 * Builds and validates a certification path from a leaf to one of the chosen anchors (RFC 5280 section 6.1). One good path
 * is enough. 'untrusted' means no path, also for TOO_COMPLEX; 'invalid' that each path found breaks a rule.
 */
export function validatePath(crypto: CryptoPort, input: PathInput): PathResult {
  return new PathSearch(crypto, input).run();
}

class PathSearch {
  private readonly crypto: CryptoPort;
  private readonly input: PathInput;
  private readonly anchorIds: ReadonlySet<string>;
  /** Possible issuers by their name. */
  private readonly issuers = new Map<string, Certificate[]>();
  private steps = 0;
  private offered = 0;
  private failure: PathResult | null = null;
  private unusable: PathResult | null = null;

  constructor(crypto: CryptoPort, input: PathInput) {
    this.crypto = crypto;
    this.input = input;
    this.anchorIds = new Set(input.anchors.map(({ id }) => id));
    const all = new Map(
      [...input.anchors, ...input.pool].map((certificate) => [certificate.id, certificate]),
    );
    for (const certificate of all.values()) {
      const namesakes = this.issuers.get(certificate.comparableSubject);
      if (namesakes) namesakes.push(certificate);
      else this.issuers.set(certificate.comparableSubject, [certificate]);
    }
  }

  run(): PathResult {
    const { leaf } = this.input;
    const nothing: PathResult = { status: 'untrusted', code: 'NO_PATH_TO_ANCHOR', path: [leaf] };
    const found = this.extend([leaf]) ?? this.unusable;
    if (found) return found;
    return this.steps > maxSearchSteps ? { ...nothing, code: 'TOO_COMPLEX' } : (this.failure ?? nothing);
  }

  private extend(path: readonly Certificate[]): PathResult | null {
    const last = path[path.length - 1];
    if (!last) return null;
    if (this.anchorIds.has(last.id)) return this.judge(path);
    if (path.length >= maxPathLength) return null;
    for (const issuer of this.issuers.get(last.comparableIssuer) ?? []) {
      if (path.some(({ id }) => id === issuer.id) || !mayHaveKeyOf(issuer, last)) continue;
      this.steps += 1;
      if (this.steps > maxSearchSteps) return null;
      if (checkSignedBy(this.crypto, last, issuer) !== 'ok') continue;
      const found = this.extend([...path, issuer]);
      if (found) return found;
    }
    return null;
  }

  private judge(path: readonly Certificate[]): PathResult | null {
    const { at, purpose, policies = anyPolicyInputs, isUsable } = this.input;
    const code = checkPath(path, { at, purpose, policies });
    if (code !== 'OK') {
      this.failure ??= { status: 'invalid', code, path };
      return null;
    }
    const valid: PathResult = { status: 'trusted', code, path };
    this.offered += 1;
    if (!isUsable || (this.offered <= maxPathsOffered && isUsable(path))) return valid;
    this.unusable ??= valid;
    return null;
  }
}

/** False when the subject names another key of its issuer than this one. */
function mayHaveKeyOf(issuer: Certificate, subject: Certificate): boolean {
  return !subject.authorityKeyId || !issuer.subjectKeyId || subject.authorityKeyId === issuer.subjectKeyId;
}
