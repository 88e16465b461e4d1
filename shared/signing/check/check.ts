import { readCertificate } from '../certificates/x509';
import type { ByteSource } from '../ports';
import type { CheckOptions } from './check-options';
import type { CheckReport, SignatureProblem } from './check-report';
import { type EncodedEvidence, joinEvidence } from './evidence';
import { fetchMissing, gatherEvidence } from './file-evidence';
import { type JudgedSignature, judgeSignatures } from './signature-check';
import { readSignedFile, type SignedFile } from './signed-file';
import { documentVerdict } from './verdict';

/**
 * Checks all signatures of a PDF: structure, CMS, timestamps, certification path, revocation, and every later revision
 * (EN 319 102-1 section 5). Never throws for a bad file: what cannot be read is reported, and a damaged signed file is
 * never 'unsigned'. Throws DerError only when an anchor of the caller is no certificate, and IO codes of the source.
 */
export async function checkSignatures(source: ByteSource, options: CheckOptions): Promise<CheckReport> {
  const read = await readSignedFile(source, options.crypto);
  if ('verdict' in read) return read;
  const anchors = options.anchors.map((der) => readCertificate(der, options.crypto));
  const file = await gatherEvidence(read, options, anchors);
  const judged = judgeSignatures(file);
  if (!options.online || judged.every(({ report }) => !isOpen(report.problems)))
    return reportOf(read, judged);
  const fetched = await fetchMissing(file, options.online);
  const evidence = joinEvidence([file.trust.evidence, fetched]);
  return reportOf(read, judgeSignatures({ ...file, trust: { ...file.trust, evidence } }));
}

/** What more data could settle. */
function isOpen(problems: readonly SignatureProblem[]): boolean {
  return problems.some((problem) => settledByData.has(problem));
}

const settledByData: ReadonlySet<SignatureProblem> = new Set<SignatureProblem>([
  'REVOCATION_UNKNOWN',
  'CERT_NOT_TRUSTED',
  'TIMESTAMP_NOT_TRUSTED',
]);

function reportOf({ problems }: SignedFile, judged: readonly JudgedSignature[]): CheckReport {
  const signatures = judged.map(({ report }) => report);
  const used = judged.flatMap((signature) => signature.used);
  const distinct = (pick: (evidence: EncodedEvidence) => readonly Uint8Array[]): readonly Uint8Array[] => [
    ...new Set(used.flatMap(pick)),
  ];
  return {
    verdict: documentVerdict(signatures, problems),
    signatures,
    problems,
    evidence: {
      certificates: distinct(({ certificates }) => certificates),
      crls: distinct(({ crls }) => crls),
      ocsps: distinct(({ ocsps }) => ocsps),
    },
  };
}
