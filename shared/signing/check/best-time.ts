import { DerError } from '../asn1/der';
import type { Certificate } from '../certificates/x509';
import type { CmsSignedData } from '../cms/cms-parse';
import { type CryptoPort, digestOf } from '../ports';
import {
  checkTimestampToken,
  readTimestampToken,
  signatureTimestampOf,
  type TimestampProblem,
} from '../timestamps/timestamp-token';
import type { BestTime, SignatureProblem } from './check-report';
import { judgeCertificate, type TrustContext, type TrustJudgement } from './trust';

/** A timestamp that was found: whether it is whole, and who made it. */
export type FoundTimestamp = {
  /** Milliseconds since 1970. */
  readonly genTime: number;
  readonly signer: Certificate | null;
  readonly certificates: readonly Certificate[];
  readonly problems: readonly TimestampProblem[];
};

/** Reads and checks the timestamp of a signature value (EN 319 122-1 section 5.3); null when there is none. */
export async function readSignatureTimestamp(
  crypto: CryptoPort,
  cms: CmsSignedData,
): Promise<FoundTimestamp | null> {
  const signature = cms.signerInfos[0]?.signature ?? new Uint8Array(0);
  const encoded = signatureTimestampOf(cms);
  if (!encoded) return null;
  try {
    const token = readTimestampToken(encoded, crypto);
    const checked = await checkTimestampToken(crypto, token, (hash) => digestOf(crypto, hash, signature));
    return { genTime: token.genTime, ...checked };
  } catch (error) {
    if (!(error instanceof DerError)) throw error;
    return { genTime: 0, signer: null, certificates: [], problems: ['CMS_MALFORMED'] };
  }
}

/** A timestamp of the whole document, and where the bytes that it covers end. */
export type FoundDocumentTimestamp = FoundTimestamp & { readonly end: number };

/** A moment that a trusted timestamp proves for all bytes before `end`. */
export type ProvenTime = { readonly end: number; readonly at: number };

/** A timestamp with what is said of its maker; `isProof` when its time may be relied on. */
export type JudgedTimestamp = {
  readonly judgement: TrustJudgement | null;
  readonly isProof: boolean;
};

/**
 * Judges a timestamp at the moment for which its own existence is proven (EN 319 102-1 section 5.4): its maker must be
 * trusted then, entitled when the time was given, and not known to have been revoked up to then.
 */
export function judgeTimestamp(
  context: TrustContext,
  { signer, genTime, problems }: FoundTimestamp,
  controlTime: number,
): JudgedTimestamp {
  if (!signer) return { judgement: null, isProof: false };
  const judgement = judgeCertificate(context, signer, {
    purpose: 'timestamp',
    at: controlTime,
    usedAt: Math.min(genTime, controlTime),
  });
  const wasEntitled = genTime >= signer.notBefore && genTime <= signer.notAfter;
  const isProof =
    problems.length === 0 && judgement.problems.length === 0 && wasEntitled && genTime <= controlTime;
  return { judgement, isProof };
}

/** The times that document timestamps prove, latest first: each is judged at the time that the ones after it prove. */
export function provenTimes(
  context: TrustContext,
  timestamps: readonly FoundDocumentTimestamp[],
): readonly ProvenTime[] {
  const proven: ProvenTime[] = [];
  for (const timestamp of [...timestamps].sort((a, b) => b.end - a.end)) {
    const { isProof } = judgeTimestamp(context, timestamp, controlTimeOf(context, proven, timestamp.end));
    if (isProof) proven.push({ end: timestamp.end, at: timestamp.genTime });
  }
  return proven;
}

/** The earliest moment at which everything up to `end` is proven to have existed; now when nothing proves it. */
export function controlTimeOf({ now }: TrustContext, proven: readonly ProvenTime[], end: number): number {
  return Math.min(now, ...proven.filter((time) => time.end > end).map(({ at }) => at));
}

export type TimedSignature = {
  readonly best: BestTime;
  readonly problems: readonly SignatureProblem[];
  /** What was said of the own timestamp's maker, null without one. */
  readonly judgement: TrustJudgement | null;
};

/** The best time of a signature: its own timestamp, else a later timestamp of the document, else now. */
export function bestTimeOf(
  context: TrustContext,
  own: FoundTimestamp | null,
  proven: readonly ProvenTime[],
  end: number,
): TimedSignature {
  const controlTime = controlTimeOf(context, proven, end);
  const isCovered = proven.some((time) => time.end > end);
  const fallback: BestTime = { source: isCovered ? 'document-timestamp' : 'now', at: controlTime };
  if (!own) return { best: fallback, problems: [], judgement: null };
  const { judgement, isProof } = judgeTimestamp(context, own, controlTime);
  if (isProof) return { best: { source: 'signature-timestamp', at: own.genTime }, problems: [], judgement };
  const problem: SignatureProblem = own.problems.length > 0 ? 'TIMESTAMP_WRONG' : 'TIMESTAMP_NOT_TRUSTED';
  return { best: fallback, problems: [problem], judgement };
}
