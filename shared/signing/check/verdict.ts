import type { DocumentProblem, PathReport, SignatureProblem, SignatureReport, Verdict } from './check-report';

type Integrity = SignatureReport['integrity'];

/** What each problem says about the signature itself; problems about trust and time do not touch its integrity. */
const integrityByProblem: Readonly<Partial<Record<SignatureProblem, Exclude<Integrity, 'ok'>>>> = {
  NO_SIGNATURE_DICTIONARY: 'malformed',
  SIGNATURE_SHARED_BY_FIELDS: 'malformed',
  NO_BYTE_RANGE: 'malformed',
  BAD_BYTE_RANGE: 'malformed',
  NO_CONTENTS: 'malformed',
  HOLE_NOT_CONTENTS_ONLY: 'malformed',
  HOLE_NOT_THIS_CONTENTS: 'malformed',
  HOLE_OUTSIDE_DICTIONARY: 'malformed',
  DUPLICATE_KEYS: 'malformed',
  RANGE_NOT_AT_REVISION_END: 'malformed',
  SIGNED_REVISION_UNREADABLE: 'malformed',
  SIGNED_REVISION_DIFFERS: 'malformed',
  PADDING_NOT_ZERO: 'malformed',
  CMS_MALFORMED: 'malformed',
  SIGNER_INFO_COUNT: 'broken',
  CONTENT_NOT_DETACHED: 'broken',
  NO_SIGNER_CERTIFICATE: 'broken',
  CONTENT_TYPE_WRONG: 'broken',
  NO_MESSAGE_DIGEST: 'broken',
  DIGEST_MISMATCH: 'broken',
  SIGNING_CERTIFICATE_MISMATCH: 'broken',
  SIGNATURE_WRONG: 'broken',
  UNSUPPORTED_SUBFILTER: 'unsupported',
  NO_SIGNED_ATTRIBUTES: 'unsupported',
  ALGORITHM_UNSUPPORTED: 'unsupported',
};

const order: readonly Integrity[] = ['malformed', 'broken', 'unsupported', 'ok'];

/** Problems that make a signature invalid although it is mathematically whole. */
const fatal: ReadonlySet<SignatureProblem> = new Set<SignatureProblem>([
  'CHANGED_AFTER_SIGNING',
  'WEAK_DIGEST',
  'WEAK_KEY',
  'NO_SIGNING_CERTIFICATE_ATTRIBUTE',
  'CERT_PATH_INVALID',
]);

/** Problems that leave the question open (EN 319 102-1 section 5.1.3, INDETERMINATE). */
const open: ReadonlySet<SignatureProblem> = new Set<SignatureProblem>([
  'CHANGES_NOT_ANALYSED',
  'CONTENT_COVERED_AFTER_SIGNING',
  'REVOCATION_UNKNOWN',
  'TIMESTAMP_WRONG',
]);

/** The gravest integrity that the problems amount to. */
export function integrityOf(problems: readonly SignatureProblem[]): Integrity {
  const found = new Set(problems.map((problem) => integrityByProblem[problem] ?? 'ok'));
  return order.find((integrity) => found.has(integrity)) ?? 'ok';
}

/**
 * Three-valued verdict of one signature (EN 319 102-1 section 5.1.3: TOTAL-PASSED, INDETERMINATE, TOTAL-FAILED). A
 * certificate that has expired or was revoked leaves it open as long as a timestamp that is not trusted yet may still
 * prove an earlier time.
 */
export function signatureVerdict(
  integrity: Integrity,
  problems: readonly SignatureProblem[],
  path: Pick<PathReport, 'status'> | null,
): Verdict {
  if (integrity === 'malformed' || integrity === 'broken') return 'invalid';
  if (problems.some((problem) => fatal.has(problem))) return 'invalid';
  const mayBeOlder = problems.includes('TIMESTAMP_NOT_TRUSTED');
  if (problems.includes('CERT_REVOKED')) return mayBeOlder ? 'indeterminate' : 'invalid';
  if (integrity === 'unsupported' || path?.status !== 'trusted') return 'indeterminate';
  return problems.some((problem) => open.has(problem)) ? 'indeterminate' : 'valid';
}

/** The verdict of a file: the worst of its signatures. */
export function documentVerdict(
  signatures: readonly SignatureReport[],
  problems: readonly DocumentProblem[],
): Verdict {
  const verdicts = new Set(signatures.map(({ verdict }) => verdict));
  if (verdicts.has('invalid')) return 'invalid';
  return verdicts.has('indeterminate') || problems.length > 0 ? 'indeterminate' : 'valid';
}
