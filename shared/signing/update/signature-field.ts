import { AppError } from '../../result/result';
import { type AppearanceSpec, buildAppearance } from '../appearance/appearance';
import type { FontFiles } from '../appearance/drawing';
import { type Placement, uprightMatrix } from '../appearance/placement';
import { type FormField, isLocked, readFieldLocks, readFields } from '../pdf/pdf-fields';
import {
  isDict,
  isRef,
  type PdfDict,
  type PdfRef,
  type PdfValue,
  pdfDict,
  withEntries,
} from '../pdf/pdf-objects';
import { type PdfPage, pageByRef, pageGeometry, readPages } from '../pdf/pdf-pages';
import { addKid, fieldGroup } from './field-groups';
import { addSignatureField, addToForm, pageOf, withSignatureFlags } from './form-writer';
import type { IncrementalUpdate } from './incremental-update';
import type { UpdatableDocument } from './open-document';
import { type LockOptions, lockDictionary } from './signature-dictionary';

/** Where a signature goes and what it shows. */
export type SignatureField = {
  /**
   * Full name of an unsigned field, or, with `placement`, of a new one: a partial name, or a group and a partial name.
   * Without it a new field gets a free name.
   */
  readonly field?: string;
  /** For a new field: its place, or null for an invisible one. Without it the field must exist. */
  readonly placement?: Placement | null;
  /** Null for an invisible signature. */
  readonly appearance: AppearanceSpec | null;
  readonly fonts: FontFiles;
  readonly time: number;
  readonly lock?: LockOptions;
};

/** The field that is to be signed, with its full name and its lock. */
export type PlacedField = { readonly ref: PdfRef; readonly name: string; readonly lock: PdfDict | null };

/**
 * Finds the field, or adds it. Throws FIELD_NOT_FOUND (also for a name that another kind of field has),
 * FIELD_ALREADY_SIGNED, PDF_FORBIDS_SIGNING (an earlier signature locks the field), BAD_PAGE.
 */
export async function placeField(
  update: IncrementalUpdate,
  opened: UpdatableDocument,
  options: SignatureField,
): Promise<PlacedField> {
  const known = opened.signatureFields.find(({ name }) => name === options.field);
  if (!known) {
    const name = options.field ?? (await freeName(update));
    const ref = await addNewField(update, name, options);
    return { ref, name, lock: options.lock ? lockDictionary(options.lock) : null };
  }
  if (opened.signedFields.includes(known)) throw new AppError('FIELD_ALREADY_SIGNED');
  const { ref, name, dict } = known;
  if (!ref) throw new AppError('FIELD_NOT_FOUND', name);
  await refuseLocked(opened, known);
  return { ref, name, lock: await update.document.dict(dict.get('Lock')) };
}

async function freeName({ document }: IncrementalUpdate): Promise<string> {
  const taken = new Set((await readFields(document)).map(({ name }) => name.split('.')[0]));
  for (let i = 1; ; i++) if (!taken.has(`Signature${i}`)) return `Signature${i}`;
}

async function refuseLocked({ document, signedFields }: UpdatableDocument, field: FormField): Promise<void> {
  for (const { value } of signedFields) {
    const signature = await document.dict(value);
    const locks = signature ? await readFieldLocks(document, signature) : [];
    if (locks.some((lock) => isLocked(lock, field.name)))
      throw new AppError('PDF_FORBIDS_SIGNING', `${field.name} is locked by a signature`);
  }
}

async function addNewField(
  update: IncrementalUpdate,
  field: string,
  { placement, lock }: SignatureField,
): Promise<PdfRef> {
  const names = field.split('.');
  const last = names[names.length - 1];
  const isTaken = (await readFields(update.document)).some(({ name }) => name === field);
  if (placement === undefined || !last || names.length > 2 || isTaken)
    throw new AppError('FIELD_NOT_FOUND', field);
  const place = placement ?? { page: 0, x: 0, y: 0, w: 0, h: 0 };
  const page = await pageOf(update, place);
  const [group] = names.length === 2 ? names : [];
  if (group === undefined) {
    const ref = await addSignatureField(update, null, last, page, place, lock);
    await addToForm(update, [ref], (form) => form);
    return ref;
  }
  const parent = await fieldGroup(update, group);
  const ref = await addSignatureField(update, parent, last, page, place, lock);
  await addKid(update, parent, ref);
  return ref;
}

/**
 * Makes `signature` the value of a placed field and draws the appearance into its widgets, whether they are merged with
 * the field or stand below it (12.5.6.19). A widget below the field names the value as well: it inherits it anyway, but
 * Poppler and MuPDF look for it only there.
 */
export async function writeField(
  update: IncrementalUpdate,
  { ref, name }: PlacedField,
  signature: PdfRef,
  options: SignatureField,
): Promise<void> {
  const field = await update.current(ref);
  if (!isDict(field)) throw new AppError('FIELD_NOT_FOUND', name);
  update.set(ref, withEntries(field, { V: signature }));
  await addToForm(update, [], (form) => withSignatureFlags(update, form, 3));
  const kids = (await update.document.array(field.get('Kids'))) ?? [];
  for (const widget of kids.length === 0 ? [ref] : kids.filter(isRef)) {
    const dict = await update.current(widget);
    if (!isDict(dict)) continue;
    const appearance = await appearanceFor(update, widget, dict, options);
    update.set(widget, withEntries(dict, { V: signature, ...appearance }));
  }
}

async function appearanceFor(
  update: IncrementalUpdate,
  ref: PdfRef,
  widget: PdfDict,
  { appearance: spec, fonts, time }: SignatureField,
): Promise<Readonly<Record<string, PdfValue>>> {
  const rect = await update.document.rectangle(widget.get('Rect'));
  if (!spec || !rect || rect[2] - rect[0] < 1 || rect[3] - rect[1] < 1) return {};
  const page = await pageOfWidget(update, ref, widget);
  const rotate = page ? (await pageGeometry(update.document, page)).rotate : 0;
  const [across, up] = [rect[2] - rect[0], rect[3] - rect[1]];
  const [w, h] = rotate === 90 || rotate === 270 ? [up, across] : [across, up];
  const form = buildAppearance(update, { spec, fonts, time, w, h, matrix: uprightMatrix(rotate) });
  return { AP: pdfDict({ N: form }) };
}

/** /P is optional in a widget; without it the page is the one that lists the widget. */
async function pageOfWidget(
  { document }: IncrementalUpdate,
  ref: PdfRef,
  widget: PdfDict,
): Promise<PdfPage | null> {
  const named = widget.get('P');
  const page = isRef(named) ? await pageByRef(document, named) : null;
  if (page) return page;
  for (const candidate of await readPages(document)) {
    const listed = (await document.array(candidate.dict.get('Annots'))) ?? [];
    if (listed.some((item) => isRef(item) && item.num === ref.num)) return candidate;
  }
  return null;
}
