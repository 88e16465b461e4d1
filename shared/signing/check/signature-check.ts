import { describeSigner } from '../certificates/signer-certificate';
import { pdfDateTime } from '../pdf/pdf-date';
import {
  bestTimeOf,
  controlTimeOf,
  type FoundDocumentTimestamp,
  judgeTimestamp,
  type ProvenTime,
  provenTimes,
} from './best-time';
import type { BestTime, SignatureProblem, SignatureReport } from './check-report';
import { type EncodedEvidence, type Evidence, evidenceOfCms, joinEvidence, noEvidence } from './evidence';
import type { FieldCheck } from './field-check';
import { levelOf } from './level';
import { evidenceUsed, judgeCertificate, reportPath, type TrustContext, type TrustJudgement } from './trust';
import { integrityOf, signatureVerdict } from './verdict';

/** Clocks of honest signers differ by this much (milliseconds). */
const clockTolerance = 5 * 60_000;

/** What is known of a file when its signatures are judged. */
export type JudgedFile = {
  readonly trust: TrustContext;
  readonly checks: readonly FieldCheck[];
  /** What the file brings along by its security store, at its end and at the end of each document timestamp. */
  readonly stored: Evidence;
  readonly storedAt: ReadonlyMap<number, Evidence>;
};

/** A report with the certificates and revocation data that it rests on. */
export type JudgedSignature = { readonly report: SignatureReport; readonly used: readonly EncodedEvidence[] };

/** Judges every signature of a file, each at the best time that is proven for it. */
export function judgeSignatures(file: JudgedFile): readonly JudgedSignature[] {
  const timestamps = file.checks.flatMap(documentTimestampOf);
  const proven = provenTimes(file.trust, timestamps);
  return file.checks.map((check) =>
    check.isTimestamp ? judgeDocumentTimestamp(file, check, proven) : judgeSignature(file, check, proven),
  );
}

/** A document timestamp that is whole, so that it can prove a time once its maker is trusted. */
function documentTimestampOf({ contents, end, problems, isTimestamp }: FieldCheck): FoundDocumentTimestamp[] {
  if (!isTimestamp || !contents?.token || integrityOf(problems) !== 'ok') return [];
  const { signer, certificates, token } = contents;
  const relevant = problems.filter(
    (problem) => problem === 'CHANGED_AFTER_SIGNING' || problem === 'WEAK_DIGEST',
  );
  return [{ end, signer, certificates, genTime: token.genTime, problems: relevant }];
}

function judgeDocumentTimestamp(
  file: JudgedFile,
  check: FieldCheck,
  proven: readonly ProvenTime[],
): JudgedSignature {
  const at = controlTimeOf(file.trust, proven, check.end);
  const [timestamp] = documentTimestampOf(check);
  const judged = timestamp ? judgeTimestamp(file.trust, timestamp, at) : null;
  const best: BestTime =
    timestamp && judged?.isProof
      ? { source: 'document-timestamp', at: timestamp.genTime }
      : { source: 'now', at };
  const judgement = judged?.judgement ?? judgeSigner(file.trust, check, at, 'timestamp');
  return reportOf(file, check, { best, problems: [], judgement, others: [] });
}

function judgeSignature(file: JudgedFile, check: FieldCheck, proven: readonly ProvenTime[]): JudgedSignature {
  const timed = bestTimeOf(file.trust, check.timestamp, proven, check.end);
  const problems: SignatureProblem[] = [...timed.problems];
  const claimed = check.claimedTime === null ? null : pdfDateTime(check.claimedTime);
  if (claimed !== null && claimed > timed.best.at + clockTolerance) problems.push('SIGNED_IN_THE_FUTURE');
  const judgement = judgeSigner(file.trust, check, timed.best.at, 'document');
  const others = timed.judgement ? [timed.judgement] : [];
  return reportOf(file, check, { best: timed.best, problems, judgement, others });
}

function judgeSigner(
  trust: TrustContext,
  { contents }: FieldCheck,
  at: number,
  purpose: 'document' | 'timestamp',
): TrustJudgement | null {
  return contents?.signer ? judgeCertificate(trust, contents.signer, { purpose, at }) : null;
}

type Judged = {
  readonly best: BestTime;
  readonly problems: readonly SignatureProblem[];
  readonly judgement: TrustJudgement | null;
  /** Further judgements that the best time rests on. */
  readonly others: readonly TrustJudgement[];
};

function reportOf(file: JudgedFile, check: FieldCheck, judged: Judged): JudgedSignature {
  const { best, judgement, others } = judged;
  const problems = [...new Set([...check.problems, ...judged.problems, ...(judgement?.problems ?? [])])];
  const integrity = integrityOf(problems);
  const signer = check.contents?.signer ?? null;
  const path = judgement && reportPath(judgement);
  const report: SignatureReport = {
    field: check.field.name,
    type: check.isTimestamp ? 'docTimestamp' : 'signature',
    subFilter: check.subFilter,
    integrity,
    coverage: check.located.sound ? check.located.coverage : 'none',
    changesAfter: check.later.level,
    changes: check.later.changes,
    docMdp: check.later.docMdp,
    level: integrity === 'ok' ? levelOfCheck(file, check) : null,
    signer: signer ? describeSigner(signer) : null,
    claimedTime: check.claimedTime,
    bestTime: best,
    path,
    problems,
    verdict: signatureVerdict(integrity, problems, path),
  };
  return { report, used: [judgement, ...others].flatMap((found) => (found ? [evidenceUsed(found)] : [])) };
}

function levelOfCheck(
  { trust, checks, stored, storedAt }: JudgedFile,
  check: FieldCheck,
): SignatureReport['level'] {
  const { contents, subFilter, timestamp, end } = check;
  if (subFilter !== 'ETSI.CAdES.detached' || !contents?.signer || !contents.cms) return null;
  const own = evidenceOfCms(trust.crypto, contents.cms);
  const later = checks.flatMap(documentTimestampOf).filter((found) => found.end > end);
  return levelOf({
    signer: contents.signer,
    isTimestamped: timestamp?.problems.length === 0 || later.length > 0,
    evidence: joinEvidence([own, stored]),
    stamped: later.map((found) => joinEvidence([own, storedAt.get(found.end) ?? noEvidence])),
  });
}
