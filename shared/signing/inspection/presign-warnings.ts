import { PdfDocument } from '../pdf/pdf-document';
import { type FormField, readFields } from '../pdf/pdf-fields';
import { isArray, isStream, isString, type PdfValue } from '../pdf/pdf-objects';
import { readPages } from '../pdf/pdf-pages';
import { isUnreadable } from '../pdf/unreadable';
import type { ByteSource, CryptoPort } from '../ports';
import { fieldNames } from '../update/prepare';
import { warnOfActions } from './actions';
import { type PageUnderInspection, warnOfAnnotations } from './annotations';
import { warnOfFonts } from './fonts';
import { warnOfLayers } from './layers';
import { warnOfObjects } from './objects';
import { type MarkBudget, newMarkBudget, readPageMarks } from './page-marks';
import { type PreSignWarning, Warnings } from './warning';

/** Pages whose marks are compared; a longer document is reported as not inspected to its end. */
const maxPages = 500;
const ownFields: ReadonlySet<string> = new Set(Object.values(fieldNames));

/**
 * Looks for what makes a PDF show something else than what the signer sees (ISO 32000-1, annex on "legal content"
 * 12.8.6; EN 319 142-1 section 6): actions, hidden or covering content, attached files, forms that carry values.
 * Gives at most 20 warnings of a kind and never alters anything. An encrypted or damaged document is reported by
 * NOT_FULLY_INSPECTED; whether it can be signed at all is not this function's business.
 */
export async function inspectForSigning(source: ByteSource, crypto: CryptoPort): Promise<PreSignWarning[]> {
  const warnings = new Warnings();
  try {
    const document = await PdfDocument.open(source, crypto);
    if (document.encryption?.locked) warnings.add('NOT_FULLY_INSPECTED', 'encrypted');
    else await inspectDocument(document, warnings);
  } catch (error) {
    if (!isUnreadable(error)) throw error;
    warnings.add('NOT_FULLY_INSPECTED', error.code);
  }
  return warnings.list;
}

async function inspectDocument(document: PdfDocument, warnings: Warnings): Promise<void> {
  const pages = await readPages(document);
  const fields = await readFields(document);
  await warnOfForm(document, fields, warnings);
  const owners = new Map(fields.flatMap((field) => field.widgets.map(({ num }) => [num, field] as const)));
  const budget = newMarkBudget();
  await warnOfLayers(document, warnings);
  for (const [index, page] of pages.slice(0, maxPages).entries())
    await inspectPage(document, { page, index, owners, budget }, warnings);
  if (pages.length > maxPages) warnings.add('NOT_FULLY_INSPECTED', `pages after ${maxPages}`);
  await warnOfActions(document, pages, warnings);
  await warnOfObjects(document, pages, warnings);
}

type PageToInspect = Omit<PageUnderInspection, 'texts'> & { readonly budget: MarkBudget };

async function inspectPage(
  document: PdfDocument,
  { page, index, owners, budget }: PageToInspect,
  warnings: Warnings,
): Promise<void> {
  const { marks, complete } = await readPageMarks(document, page, budget);
  if (!complete) warnings.add('NOT_FULLY_INSPECTED', 'page content', index);
  for (const rect of marks.covered) warnings.add('OVERLAPPING_CONTENT', 'image over text', index, rect);
  await warnOfAnnotations(document, { page, index, owners, texts: marks.texts }, warnings);
  await warnOfFonts(document, page, index, warnings);
}

async function warnOfForm(
  document: PdfDocument,
  fields: readonly FormField[],
  warnings: Warnings,
): Promise<void> {
  const form = await document.dict((await document.catalog()).get('AcroForm'));
  if (form?.has('XFA')) warnings.add('XFA', '/AcroForm /XFA');
  for (const field of fields) {
    if (field.type === 'Sig' || ownFields.has(field.name)) continue;
    if (isFilled(await document.resolve(field.value))) warnings.add('FIELDS_WITH_VALUES', field.name);
  }
}

/** A button that is off, an empty text and an empty choice are no values. */
function isFilled(value: PdfValue): boolean {
  if (value === null) return false;
  if (isString(value)) return value.bytes.length > 0;
  if (isArray(value)) return value.length > 0;
  if (isStream(value)) return true;
  return !(typeof value === 'object' && 'kind' in value && value.kind === 'name' && value.name === 'Off');
}
