import { PdfDocument } from '../pdf/pdf-document';
import { type FormField, readSignatureFields } from '../pdf/pdf-fields';
import { isRef } from '../pdf/pdf-objects';
import { readPages } from '../pdf/pdf-pages';
import { headerOffset } from '../pdf/pdf-sections';
import { isUnreadable } from '../pdf/unreadable';
import type { ByteSource, CryptoPort } from '../ports';
import { type LocatedSignature, locateSignature } from './byte-range';
import type { CheckReport, DocumentProblem } from './check-report';
import { checkField, type FieldCheck } from './field-check';
import { containsByteRange } from './signature-traces';

/** A file that can be read, with everything that its signatures say by themselves. */
export type SignedFile = {
  readonly document: PdfDocument;
  readonly checks: readonly FieldCheck[];
  readonly problems: readonly DocumentProblem[];
};

/** Reads a file with its signatures, or gives the report on one without signatures or that cannot be read. */
export async function readSignedFile(
  source: ByteSource,
  crypto: CryptoPort,
): Promise<SignedFile | CheckReport> {
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
  if (!isUnreadable(error)) throw error;
  if (error.code === 'PDF_NOT_PDF') return wholeFile('indeterminate', ['NOT_PDF']);
  // A file that costs too much to be read may be sound; nothing is known of it, neither that it is signed nor that it is not.
  if (error.code === 'PDF_TOO_COMPLEX') return wholeFile('indeterminate', ['UNREADABLE']);
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
    if (!isUnreadable(error)) throw error;
    return { sound: false, dict: null, problem: 'NO_SIGNATURE_DICTIONARY' };
  }
}

function isSharedWith(a: FormField, at: LocatedSignature, b: FormField, bt: LocatedSignature): boolean {
  if (isRef(a.value) && isRef(b.value) && a.value.num === b.value.num) return true;
  return at.sound && bt.sound && at.byteRange[1] === bt.byteRange[1];
}
