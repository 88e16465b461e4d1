import { oids } from '../asn1/oids';
import { nameAttribute } from '../certificates/distinguished-name';
import { checkRevocation, type RevocationStatus } from '../certificates/revocation';
import type { Certificate } from '../certificates/x509';
import { type PathPurpose, type PathResult, validatePath } from '../certificates/x509-path';
import type { CryptoPort } from '../ports';
import type { PathReport, RevocationReport, SignatureProblem } from './check-report';
import type { EncodedEvidence, Evidence } from './evidence';

/** Whom the caller trusts, what is known, and when. Times are milliseconds since 1970. */
export type TrustContext = {
  readonly crypto: CryptoPort;
  readonly anchors: readonly Certificate[];
  readonly evidence: Evidence;
  readonly now: number;
};

/** What can be said of a certificate at one moment. */
export type TrustJudgement = {
  readonly path: PathResult;
  readonly revocation: readonly RevocationStatus[];
  readonly problems: readonly SignatureProblem[];
};

/** When a certificate is judged, and what for. */
export type TrustQuestion = {
  readonly purpose: PathPurpose;
  /** The moment at which its path must be valid. */
  readonly at: number;
  /** The moment at which it was used, when that is another: it must not have been revoked then, nor up to `at`. */
  readonly usedAt?: number;
};

/**
 * Judges a certificate: its path to an anchor, then the revocation of every certificate below the anchor (EN 319 102-1
 * section 5.2.6). Without revocation data the question stays open; it never counts as good.
 */
export function judgeCertificate(
  context: TrustContext,
  leaf: Certificate,
  question: TrustQuestion,
): TrustJudgement {
  const { crypto, anchors, evidence } = context;
  const { at, purpose } = question;
  // Of several paths one may hold a revoked certificate and another not; one good path is enough.
  const isUsable = (path: readonly Certificate[]): boolean =>
    revocationOf(context, path, question).every(({ status }) => status === 'good');
  const path = validatePath(crypto, { leaf, pool: evidence.certificates, anchors, at, purpose, isUsable });
  if (path.status !== 'trusted') return { path, revocation: [], problems: pathProblems(path) };
  const revocation = revocationOf(context, path.path, question);
  return { path, revocation, problems: revocationProblems(revocation) };
}

/** The status of every certificate of a path below its anchor. */
function revocationOf(
  { crypto, anchors, evidence, now }: TrustContext,
  path: readonly Certificate[],
  { at, usedAt = at }: TrustQuestion,
): readonly RevocationStatus[] {
  const { certificates: pool, crls, ocsps } = evidence;
  return path.slice(0, -1).map((certificate, i) => {
    const issuer = path[i + 1] ?? certificate;
    const query = { certificate, issuer, now, pool, anchors, crls, ocsps };
    const whenUsed = checkRevocation(crypto, { ...query, at: usedAt });
    const later = usedAt === at ? whenUsed : checkRevocation(crypto, { ...query, at });
    return later.status === 'revoked' ? later : whenUsed;
  });
}

function pathProblems({ status, code }: PathResult): readonly SignatureProblem[] {
  if (status === 'untrusted') return ['CERT_NOT_TRUSTED'];
  if (code === 'EXPIRED') return ['CERT_EXPIRED'];
  return code === 'NOT_YET_VALID' ? ['CERT_NOT_YET_VALID'] : ['CERT_PATH_INVALID'];
}

function revocationProblems(revocation: readonly RevocationStatus[]): readonly SignatureProblem[] {
  if (revocation.some(({ status }) => status === 'revoked')) return ['CERT_REVOKED'];
  return revocation.some(({ status }) => status === 'unknown') ? ['REVOCATION_UNKNOWN'] : [];
}

/** The judgement in the words of the report. */
export function reportPath({ path, revocation }: TrustJudgement): PathReport {
  const names = path.path.map(({ subject }) => nameAttribute(subject, oids.commonName) ?? '');
  return {
    status: path.status,
    code: path.code,
    path: names,
    revocation: revocation.map((status, i) => reportRevocation(names[i] ?? '', status)),
  };
}

function reportRevocation(subject: string, found: RevocationStatus): RevocationReport {
  const { status, source, issuedAt, revokedAt } = found;
  return {
    subject,
    status,
    source,
    ...(issuedAt === undefined ? {} : { issuedAt }),
    ...(revokedAt === undefined ? {} : { revokedAt }),
  };
}

/** The certificates and revocation data that a judgement rests on, as DER. */
export function evidenceUsed({ path, revocation }: TrustJudgement): EncodedEvidence {
  const signers = revocation.flatMap(({ certificates }) => certificates);
  const used = (source: RevocationStatus['source']): readonly Uint8Array[] =>
    revocation.filter((status) => status.source === source).flatMap(({ evidence }) => evidence);
  return {
    certificates: [...path.path, ...signers].map(({ der }) => der),
    crls: used('crl'),
    ocsps: used('ocsp'),
  };
}
