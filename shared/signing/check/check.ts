import { AppError } from '../../result/result';
import { type Certificate, readCertificate } from '../certificates/x509';
import { PdfDocument } from '../pdf/pdf-document';
import { type FormField, readSignatureFields } from '../pdf/pdf-fields';
import { isRef } from '../pdf/pdf-objects';
import { readPages } from '../pdf/pdf-pages';
import { headerOffset } from '../pdf/pdf-sections';
import type { ByteSource, CryptoPort, HttpPort } from '../ports';
import { readSecurityStore } from '../validation-data/security-store';
import { type LocatedSignature, locateSignature } from './byte-range';
import type { CheckReport, DocumentProblem } from './check-report';
import {
  type EncodedEvidence,
  type Evidence,
  evidenceOfCms,
  joinEvidence,
  noEvidence,
  readEvidence,
} from './evidence';
import { checkField, type FieldCheck } from './field-check';
import { type JudgedFile, type JudgedSignature, judgeSignatures } from './signature-check';
import { containsByteRange } from './signature-traces';
import { documentVerdict } from './verdict';

export type CheckOptions = {
  readonly crypto: CryptoPort;
  /** DER of the certificates that are trusted. */
  readonly anchors: readonly Uint8Array[];
  /** Further intermediate certificates, and revocation data from files and from the cache, DER. */
  readonly intermediates?: readonly Uint8Array[];
  readonly crls?: readonly Uint8Array[];
  readonly ocsps?: readonly Uint8Array[];
  /** Milliseconds since 1970. Without a proven signing time, certificates are judged now. */
  readonly now: number;
  /** Asks the certification services for what is missing; without it nothing is asked of any network. */
  readonly online?: HttpPort;
};

/** A file that can be read, with everything that its signatures say by themselves. */
type ReadFile = {
  readonly document: PdfDocument;
  readonly checks: readonly FieldCheck[];
  readonly problems: readonly DocumentProblem[];
};

/**
 * Checks all signatures of a PDF: structure, CMS, timestamps, certification path, revocation, and every later revision
 * (EN 319 102-1 section 5). Never throws for a bad file: what cannot be read is reported, and a damaged signed file is
 * never 'unsigned'. Throws DerError only when an anchor of the caller is no certificate, and IO codes of the source.
 */
export async function checkSignatures(source: ByteSource, options: CheckOptions): Promise<CheckReport> {
  const read = await readFile(source, options.crypto);
  if ('verdict' in read) return read;
  const anchors = options.anchors.map((der) => readCertificate(der, options.crypto));
  const file = await gatherFile(read, options, anchors);
  const judged = judgeSignatures(file);
  return reportOf(read, judged);
}

async function readFile(source: ByteSource, crypto: CryptoPort): Promise<ReadFile | CheckReport> {
  let document: PdfDocument;
  let fields: readonly FormField[];
  try {
    document = await PdfDocument.open(source, crypto);
    if (document.encryption?.locked) return wholeFile('indeterminate', ['ENCRYPTED']);
    await readPages(document);
    const all = await readSignatureFields(document);
    fields = all.filter((field) => field.dict.has('V') || field.value !== undefined);
  } catch (error) {
    return reportUnreadable(source, error);
  }
  const problems: DocumentProblem[] = [];
  if ((await headerOffset(source)) > 0) problems.push('BYTES_BEFORE_HEADER');
  if (fields.length > 0) return { document, checks: await checkFields(document, fields, crypto), problems };
  const hasTraces = await containsByteRange(source);
  return hasTraces
    ? wholeFile('invalid', [...problems, 'SIGNATURE_NOT_REACHABLE'])
    : wholeFile('unsigned', problems);
}

function wholeFile(verdict: CheckReport['verdict'], problems: readonly DocumentProblem[]): CheckReport {
  return { verdict, signatures: [], problems, evidence: { certificates: [], crls: [], ocsps: [] } };
}

async function reportUnreadable(source: ByteSource, error: unknown): Promise<CheckReport> {
  if (!(error instanceof AppError) || !error.code.startsWith('PDF_')) throw error;
  if (error.code === 'PDF_NOT_PDF') return wholeFile('indeterminate', ['NOT_PDF']);
  if (await containsByteRange(source)) return wholeFile('invalid', ['DAMAGED_SIGNED_FILE']);
  return wholeFile('indeterminate', ['UNREADABLE']);
}

/** Checks every signature field; in the order of signing, those that cannot be placed first. */
async function checkFields(
  document: PdfDocument,
  fields: readonly FormField[],
  crypto: CryptoPort,
): Promise<readonly FieldCheck[]> {
  const located: LocatedSignature[] = [];
  for (const field of fields) located.push(await locateSafely(document, field));
  const checks: FieldCheck[] = [];
  for (const [i, field] of fields.entries()) {
    const where = located[i]!;
    const isShared = fields.some((other, j) => j !== i && isSharedWith(field, where, other, located[j]!));
    checks.push(await checkField(crypto, document, field, where, isShared));
  }
  return checks.sort((a, b) => a.end - b.end);
}

async function locateSafely(document: PdfDocument, field: FormField): Promise<LocatedSignature> {
  try {
    return await locateSignature(document, field);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { sound: false, dict: null, problem: 'NO_SIGNATURE_DICTIONARY' };
  }
}

function isSharedWith(a: FormField, at: LocatedSignature, b: FormField, bt: LocatedSignature): boolean {
  if (isRef(a.value) && isRef(b.value) && a.value.num === b.value.num) return true;
  return at.sound && bt.sound && at.byteRange[1] === bt.byteRange[1];
}

async function gatherFile(
  { document, checks }: ReadFile,
  options: CheckOptions,
  anchors: readonly Certificate[],
): Promise<JudgedFile> {
  const { crypto, now, intermediates = [], crls = [], ocsps = [] } = options;
  const stored = await storeOf(document);
  const storedAt = new Map<number, Evidence>();
  for (const { isTimestamp, end, located } of checks) {
    if (isTimestamp && located.sound) storedAt.set(end, await storeAt(document, end));
  }
  const own = checks.flatMap(({ contents }) => (contents?.cms ? [evidenceOfCms(crypto, contents.cms)] : []));
  const stamps = checks.map(({ timestamp }) => ({
    ...noEvidence,
    certificates: timestamp?.certificates ?? [],
  }));
  const given = readEvidence(crypto, { certificates: intermediates, crls, ocsps });
  const evidence = joinEvidence([given, stored, ...own, ...stamps]);
  return { trust: { crypto, anchors, evidence, now }, checks, stored, storedAt };
}

async function storeOf(document: PdfDocument): Promise<Evidence> {
  return readEvidence(document.crypto, await readSecurityStore(document));
}

/** The store as an earlier revision had it; a revision that cannot be read stores nothing. */
async function storeAt(document: PdfDocument, end: number): Promise<Evidence> {
  try {
    return await storeOf(await document.openRevision(end));
  } catch (error) {
    if (error instanceof AppError) return noEvidence;
    throw error;
  }
}

function reportOf({ problems }: ReadFile, judged: readonly JudgedSignature[]): CheckReport {
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
