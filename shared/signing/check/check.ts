import { AppError } from '../../result/result';
import { DerError } from '../asn1/der';
import { describeSigner } from '../certificates/signer-certificate';
import { type Certificate, readCertificate } from '../certificates/x509';
import { type PathResult, validatePath } from '../certificates/x509-path';
import { checkCms } from '../cms/cms-check';
import { type CmsSignedData, parseCms } from '../cms/cms-parse';
import { type ChangeLog, changeRanks } from '../difference/change-log';
import { compareRevisionsSafely } from '../difference/difference';
import { isSameSyntax } from '../difference/revision-equality';
import { PdfDocument } from '../pdf/pdf-document';
import { type FormField, readCertification, readFieldLocks, readSignatureFields } from '../pdf/pdf-fields';
import { isRef, isString, type PdfDict, textOf } from '../pdf/pdf-objects';
import { readPages } from '../pdf/pdf-pages';
import { headerOffset } from '../pdf/pdf-sections';
import type { ByteSource, CryptoPort } from '../ports';
import { hashByteRange, type LocatedSignature, locateSignature } from './byte-range';
import type {
  ChangeLevel,
  CheckReport,
  DocumentChange,
  DocumentProblem,
  PathReport,
  SignatureProblem,
  SignatureReport,
} from './check-report';
import { containsByteRange } from './signature-traces';
import { documentVerdict, integrityOf, signatureVerdict } from './verdict';

export type CheckOptions = {
  readonly crypto: CryptoPort;
  /** DER of the certificates that are trusted. */
  readonly anchors: readonly Uint8Array[];
  /** Further intermediate certificates, DER. */
  readonly intermediates?: readonly Uint8Array[];
  /** Milliseconds since 1970. Without a proven signing time, certificates are judged now. */
  readonly now: number;
  /** True: a signature whose certificate status is not known is 'indeterminate' instead of valid with a note. */
  readonly needRevocation?: boolean;
};

type Context = Omit<CheckOptions, 'anchors' | 'intermediates'> & {
  readonly document: PdfDocument;
  readonly anchors: readonly Certificate[];
  readonly intermediates: readonly Certificate[];
};

const supportedSubFilters: ReadonlySet<string> = new Set(['ETSI.CAdES.detached', 'adbe.pkcs7.detached']);

/**
 * Checks all signatures of a PDF without network: structure, CMS, certification path, and every later revision.
 * Never throws for a bad file: what cannot be read is reported, and a damaged signed file is never 'unsigned'.
 * Throws DerError only when an anchor or intermediate of the caller is no certificate, and IO codes of the source.
 */
export async function checkSignatures(source: ByteSource, options: CheckOptions): Promise<CheckReport> {
  const { crypto } = options;
  let document: PdfDocument;
  let fields: readonly FormField[];
  try {
    document = await PdfDocument.open(source, crypto);
    if (document.encryption?.locked) return wholeFile('indeterminate', ['ENCRYPTED']);
    await readPages(document);
    fields = (await readSignatureFields(document)).filter(
      (field) => field.dict.has('V') || field.value !== undefined,
    );
  } catch (error) {
    return reportUnreadable(source, error);
  }
  const problems: DocumentProblem[] = [];
  if ((await headerOffset(source)) > 0) problems.push('BYTES_BEFORE_HEADER');
  if (fields.length === 0) {
    const hasTraces = await containsByteRange(source);
    return hasTraces
      ? wholeFile('invalid', [...problems, 'SIGNATURE_NOT_REACHABLE'])
      : wholeFile('unsigned', problems);
  }
  const context: Context = {
    ...options,
    document,
    anchors: options.anchors.map((der) => readCertificate(der, crypto)),
    intermediates: (options.intermediates ?? []).map((der) => readCertificate(der, crypto)),
  };
  const located = await Promise.all(fields.map((field) => locateSafely(document, field)));
  const reports: { end: number; report: SignatureReport }[] = [];
  for (const [i, field] of fields.entries()) {
    const where = located[i]!;
    const isShared = fields.some((other, j) => j !== i && isSharedWith(field, where, other, located[j]!));
    const report = await checkField(context, field, where, isShared ? ['SIGNATURE_SHARED_BY_FIELDS'] : []);
    reports.push({ end: where.sound ? where.end : -1, report });
  }
  const signatures = reports.sort((a, b) => a.end - b.end).map(({ report }) => report);
  return { verdict: documentVerdict(signatures, problems), signatures, problems };
}

function wholeFile(verdict: CheckReport['verdict'], problems: readonly DocumentProblem[]): CheckReport {
  return { verdict, signatures: [], problems };
}

async function reportUnreadable(source: ByteSource, error: unknown): Promise<CheckReport> {
  if (!(error instanceof AppError) || !error.code.startsWith('PDF_')) throw error;
  if (error.code === 'PDF_NOT_PDF') return wholeFile('indeterminate', ['NOT_PDF']);
  if (await containsByteRange(source)) return wholeFile('invalid', ['DAMAGED_SIGNED_FILE']);
  return wholeFile('indeterminate', ['UNREADABLE']);
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

async function checkField(
  context: Context,
  field: FormField,
  located: LocatedSignature,
  found: readonly SignatureProblem[],
): Promise<SignatureReport> {
  const { document } = context;
  const { dict } = located;
  const subFilter = (await document.name(dict?.get('SubFilter'))) ?? '';
  const isTimestamp =
    (await document.name(dict?.get('Type'))) === 'DocTimeStamp' || subFilter === 'ETSI.RFC3161';
  const problems: SignatureProblem[] = [...found];
  const cms = located.sound ? await checkContents(context, located, subFilter) : null;
  problems.push(...(located.sound ? located.problems : [located.problem]), ...(cms?.problems ?? []));
  const later = located.sound ? await checkLater(context, field, located) : nothingLater;
  problems.push(...later.problems);
  const path = cms?.signer
    ? validatePath(context.crypto, pathInput(context, cms.signer, cms.certificates))
    : null;
  problems.push(...pathProblems(path));
  const integrity = integrityOf(problems);
  const claimed = await document.resolve(dict?.get('M'));
  return {
    field: field.name,
    type: isTimestamp ? 'docTimestamp' : 'signature',
    subFilter,
    integrity,
    coverage: located.sound ? located.coverage : 'none',
    changesAfter: later.level,
    changes: later.changes,
    docMdp: later.docMdp,
    level: null,
    signer: cms?.signer ? describeSigner(cms.signer) : null,
    claimedTime: isString(claimed) ? textOf(claimed) : null,
    bestTime: { source: 'now', at: context.now },
    path: path && reportPath(path),
    problems,
    verdict: signatureVerdict(integrity, problems, path, context.needRevocation ?? false),
  };
}

type ContentsCheck = {
  readonly signer: Certificate | null;
  readonly certificates: readonly Certificate[];
  readonly problems: readonly SignatureProblem[];
};

async function checkContents(
  { crypto, document }: Context,
  located: LocatedSignature & { readonly sound: true },
  subFilter: string,
): Promise<ContentsCheck> {
  const failed = (problem: SignatureProblem): ContentsCheck => ({
    signer: null,
    certificates: [],
    problems: [problem],
  });
  if (!supportedSubFilters.has(subFilter)) return failed('UNSUPPORTED_SUBFILTER');
  try {
    const cms: CmsSignedData = parseCms(located.contents, crypto);
    const digest = cms.signerInfos[0]?.digest ?? null;
    if (digest === null || !crypto.supportsHash(digest)) return failed('ALGORITHM_UNSUPPORTED');
    const documentDigest = await hashByteRange(crypto, document.source, located.byteRange, digest);
    const { signer, problems } = checkCms(crypto, cms, documentDigest, subFilter === 'ETSI.CAdES.detached');
    return { signer, certificates: cms.certificates, problems };
  } catch (error) {
    if (error instanceof DerError) return failed('CMS_MALFORMED');
    throw error;
  }
}

function pathInput(
  { anchors, intermediates, now }: Context,
  leaf: Certificate,
  certificates: readonly Certificate[],
): Parameters<typeof validatePath>[1] {
  return { leaf, pool: [...certificates, ...intermediates], anchors, at: now, purpose: 'document' };
}

function reportPath({ status, code, path }: PathResult): PathReport {
  return { status, code, path: path.map((certificate) => describeSigner(certificate).cn), revocation: [] };
}

function pathProblems(path: PathResult | null): readonly SignatureProblem[] {
  if (!path) return [];
  if (path.status === 'trusted') return ['REVOCATION_UNKNOWN'];
  if (path.status === 'untrusted') return ['CERT_NOT_TRUSTED'];
  if (path.code === 'EXPIRED') return ['CERT_EXPIRED'];
  return path.code === 'NOT_YET_VALID' ? ['CERT_NOT_YET_VALID'] : ['CERT_PATH_INVALID'];
}

type LaterCheck = {
  readonly level: ChangeLevel;
  readonly changes: readonly DocumentChange[];
  readonly docMdp: 1 | 2 | 3 | null;
  readonly problems: readonly SignatureProblem[];
};

const nothingLater: LaterCheck = { level: 'not-analysed', changes: [], docMdp: null, problems: [] };

/** Reads the signed revision by itself, and judges what later revisions made of it. */
async function checkLater(
  { document }: Context,
  field: FormField,
  located: LocatedSignature & { readonly sound: true },
): Promise<LaterCheck> {
  let signed: PdfDocument;
  let docMdp: 1 | 2 | 3 | null;
  let dict: PdfDict | null;
  try {
    signed = await document.openRevision(located.end);
    docMdp = await readCertification(signed);
    const before = (await readSignatureFields(signed)).find(({ name }) => name === field.name);
    dict = before ? await signed.dict(before.value) : null;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { ...nothingLater, problems: ['SIGNED_REVISION_UNREADABLE'] };
  }
  // Objects that the dictionary refers to are judged with all others below.
  if (!dict || !isSameSyntax(dict, located.dict))
    return { ...nothingLater, docMdp, problems: ['SIGNED_REVISION_DIFFERS'] };
  if (located.coverage === 'whole-file') return { level: 'none', changes: [], docMdp, problems: [] };
  const log = await compareRevisionsSafely(signed, document, await readFieldLocks(signed, dict));
  if (!log) return { ...nothingLater, docMdp, problems: ['CHANGES_NOT_ANALYSED'] };
  const problems: SignatureProblem[] = isPermitted(log, docMdp) ? [] : ['CHANGED_AFTER_SIGNING'];
  return { level: log.level, changes: log.changes, docMdp, problems };
}

/** What may follow: validation data always, signatures unless P=1, form filling only under P=2 or P=3 (ISO 32000-1, table 254). */
function isPermitted({ rank }: ChangeLog, docMdp: 1 | 2 | 3 | null): boolean {
  if (docMdp === 1) return rank <= changeRanks.longTerm;
  return rank <= (docMdp === null ? changeRanks.signatures : changeRanks.formFill);
}
