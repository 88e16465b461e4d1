import { AppError } from '../../result/result';
import { Drawing, type FontFiles } from '../appearance/drawing';
import { type Placement, toUserSpace } from '../appearance/placement';
import {
  isDict,
  isRef,
  type PdfArray,
  type PdfDict,
  type PdfRef,
  type PdfValue,
  pdfDict,
  pdfName,
  pdfStream,
  pdfText,
  withEntries,
} from '../pdf/pdf-objects';
import { type PdfPage, pageGeometry, readPages } from '../pdf/pdf-pages';
import type { IncrementalUpdate } from './incremental-update';
import { requirePermission } from './permitted-changes';
import { type LockOptions, lockDictionary } from './signature-dictionary';

/** Annotation flag Print (ISO 32000-1, table 165). */
export const printFlag = 4;
/** Print and Locked: a signature is neither moved nor deleted by hand. */
export const signatureFlags = 132;
const defaultAppearance = '/TiRo 13 Tf 0 g';

/** Page of a placement. Throws BAD_PAGE. */
export async function pageOf(update: IncrementalUpdate, placement: Placement): Promise<PdfPage> {
  const page = (await readPages(update.document, placement.page + 1))[placement.page];
  if (!page) throw new AppError('BAD_PAGE', String(placement.page + 1));
  return page;
}

/** The entries that every widget on a page has: place, page, upright rotation. */
export async function widgetEntries(
  update: IncrementalUpdate,
  page: PdfPage,
  placement: Placement,
): Promise<{ readonly entries: Record<string, PdfValue>; readonly matrix: readonly number[] }> {
  const geometry = await pageGeometry(update.document, page);
  const { rect, matrix } = toUserSpace(geometry, placement);
  const entries: Record<string, PdfValue> = {
    Type: pdfName('Annot'),
    Subtype: pdfName('Widget'),
    P: page.ref,
    Rect: [...rect],
  };
  if (geometry.rotate !== 0) entries['MK'] = pdfDict({ R: geometry.rotate });
  return { entries, matrix };
}

/** An empty text field for one line, invisible until it is filled. */
export async function addTextField(
  update: IncrementalUpdate,
  parent: PdfRef,
  name: string,
  page: PdfPage,
  placement: Placement,
): Promise<PdfRef> {
  const { entries, matrix } = await widgetEntries(update, page, placement);
  const empty = pdfStream(
    pdfDict({
      Type: pdfName('XObject'),
      Subtype: pdfName('Form'),
      BBox: [0, 0, placement.w, placement.h],
      Matrix: [...matrix],
    }),
    new Uint8Array(0),
  );
  const field = pdfDict({
    ...entries,
    FT: pdfName('Tx'),
    T: pdfText(name),
    Parent: parent,
    F: printFlag,
    DA: pdfText(defaultAppearance),
    AP: pdfDict({ N: update.add(empty) }),
  });
  const ref = update.add(field);
  await addAnnotation(update, page, ref);
  return ref;
}

/** A signature field without a value, at its place. */
export async function addSignatureField(
  update: IncrementalUpdate,
  parent: PdfRef | null,
  name: string,
  page: PdfPage,
  placement: Placement,
  lock: LockOptions | undefined,
): Promise<PdfRef> {
  const { entries } = await widgetEntries(update, page, placement);
  const field: Record<string, PdfValue> = {
    ...entries,
    FT: pdfName('Sig'),
    T: pdfText(name),
    F: signatureFlags,
  };
  if (parent) field['Parent'] = parent;
  if (lock) field['Lock'] = update.add(lockDictionary(lock));
  const ref = update.add(pdfDict(field));
  await addAnnotation(update, page, ref);
  return ref;
}

/**
 * Appends to /Annots of a page; where that is an object of its own, only that object changes, unless other pages use it
 * too. Throws PDF_FORBIDS_SIGNING when the document permits no new fields.
 */
export async function addAnnotation(
  update: IncrementalUpdate,
  page: PdfPage,
  annotation: PdfRef,
): Promise<void> {
  requirePermission(update.document, 'addFields');
  const current = await update.current(page.ref);
  const dict = isDict(current) ? current : page.dict;
  const annotations = dict.get('Annots');
  const known = await currentArray(update, annotations);
  if (isRef(annotations) && known && !(await isShared(update, page, annotations)))
    update.set(annotations, [...known, annotation]);
  else update.set(page.ref, withEntries(dict, { Annots: [...(known ?? []), annotation] }));
}

async function isShared(update: IncrementalUpdate, page: PdfPage, annotations: PdfRef): Promise<boolean> {
  return (await readPages(update.document)).some(({ ref, dict }) => {
    const other = dict.get('Annots');
    return ref.num !== page.ref.num && isRef(other) && other.num === annotations.num;
  });
}

async function currentArray(
  update: IncrementalUpdate,
  value: PdfValue | undefined,
): Promise<PdfArray | null> {
  const resolved = isRef(value) ? await update.current(value) : (value ?? null);
  return Array.isArray(resolved) ? (resolved as PdfArray) : null;
}

/** The catalog with the changes of this update. */
export async function currentCatalog(update: IncrementalUpdate): Promise<PdfDict> {
  const current = await update.current(update.document.rootRef);
  if (!isDict(current)) throw new AppError('PDF_MALFORMED', 'catalog');
  return current;
}

/** Names the certifying signature in the catalog's permissions (12.8.4), beside what stands there. */
export async function addCertification(update: IncrementalUpdate, signature: PdfRef): Promise<void> {
  const catalog = await currentCatalog(update);
  const known = (await update.document.dict(catalog.get('Perms'))) ?? pdfDict({});
  const permissions = withEntries(known, { DocMDP: signature });
  update.set(update.document.rootRef, withEntries(catalog, { Perms: permissions }));
}

/** Adds root fields to the form and sets its flags; writes only the objects that really change. */
export async function addToForm(
  update: IncrementalUpdate,
  fields: readonly PdfRef[],
  change: (form: PdfDict) => Promise<PdfDict> | PdfDict,
): Promise<void> {
  const catalog = await currentCatalog(update);
  const place = catalog.get('AcroForm');
  const value = isRef(place) ? await update.current(place) : (place ?? null);
  const before = isDict(value) ? value : pdfDict({});
  let form = await change(before);
  const listed = form.get('Fields');
  const known = await currentArray(update, listed);
  if (fields.length > 0 || !known) {
    if (isRef(listed) && known) update.set(listed, [...known, ...fields]);
    else form = withEntries(form, { Fields: [...(known ?? []), ...fields] });
  }
  if (form === before) return;
  if (isRef(place)) update.set(place, form);
  else {
    // A new form is an object of its own: Poppler loses the fields that it adds to one written inside the catalog.
    const entry = place === undefined ? update.add(form) : form;
    update.set(update.document.rootRef, withEntries(catalog, { AcroForm: entry }));
  }
}

/** Sets bits of /SigFlags (table 219); gives the same form back when they are set already. */
export async function withSignatureFlags(
  update: IncrementalUpdate,
  form: PdfDict,
  flags: number,
): Promise<PdfDict> {
  const known = (await update.document.number(form.get('SigFlags'))) ?? 0;
  return (known & flags) === flags ? form : withEntries(form, { SigFlags: known | flags });
}

/** Adds the font that the default appearance of our text fields names to the form's resources. */
export async function withFieldFont(update: IncrementalUpdate, form: PdfDict): Promise<PdfDict> {
  const resources = (await update.document.dict(form.get('DR'))) ?? pdfDict({});
  const fonts = (await update.document.dict(resources.get('Font'))) ?? pdfDict({});
  const font = pdfDict({
    Type: pdfName('Font'),
    Subtype: pdfName('Type1'),
    BaseFont: pdfName('Times-Roman'),
    Encoding: pdfName('WinAnsiEncoding'),
  });
  const withFont = fonts.has('TiRo') ? fonts : withEntries(fonts, { TiRo: update.add(font) });
  return withEntries(form, { DR: withEntries(resources, { Font: withFont }) });
}

/** One line of text, centred, as the appearance of a filled field; the height decides the size (at most 14 pt). */
export function buildFieldAppearance(
  update: IncrementalUpdate,
  fonts: FontFiles,
  text: string,
  style: 'regular' | 'italic',
  size: { readonly w: number; readonly h: number },
  matrix: readonly number[],
): PdfRef {
  const drawing = new Drawing(fonts);
  const points = drawing.fittingSize(text, size.w, Math.min(14, size.h / fieldHeight), style);
  drawing.operator('/Tx BMC q');
  drawing.fillColor(0, 0, 0);
  const x = (size.w - drawing.width(text, points, style)) / 2;
  drawing.text(text, { x, y: (size.h / fieldHeight) * fieldBaseline, size: points, style });
  drawing.operator('Q EMC');
  return drawing.toForm(update, size.w, size.h, matrix);
}

/** Height of a one-line field, and of its baseline above the lower edge, in multiples of the font size. */
export const fieldHeight = 1.3;
export const fieldBaseline = 0.3;
