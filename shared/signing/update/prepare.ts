import { AppError } from '../../result/result';
import type { FontFiles } from '../appearance/drawing';
import {
  type DateBlanks,
  fitProportions,
  type PageSize,
  type Placement,
  placeSeal,
} from '../appearance/placement';
import { appendPage, drawSigningPage, type SigningPageText } from '../appearance/signing-page';
import { readFields } from '../pdf/pdf-fields';
import { type PdfRef, pdfDict, pdfText, withEntries } from '../pdf/pdf-objects';
import { type PdfPage, readPages } from '../pdf/pdf-pages';
import type { ByteSink, ByteSource, CryptoPort } from '../ports';
import { addSignatureField, addTextField, addToForm, withFieldFont, withSignatureFlags } from './form-writer';
import { copySource, IncrementalUpdate } from './incremental-update';
import { openForUpdate } from './open-document';
import type { LockOptions } from './signature-dictionary';

/** Names of the fields that a draft gets before its first signature. */
export const fieldNames = {
  number: 'cv.number',
  date: 'cv.date',
  person: 'cv.person',
  secretary: 'cv.secretary',
  chair: 'cv.chair',
  organ: 'cv.organ',
} as const;

export type PrepareOptions = {
  readonly crypto: CryptoPort;
  readonly fonts: FontFiles;
  /** Null: the document has no blank for it. 'printed': it stands there already and needs no field. */
  readonly numberField: Placement | 'printed' | null;
  readonly dateField: Placement | DateBlanks | 'printed' | null;
  readonly personSignature: Placement | null;
  readonly organSignature: Placement | null;
  /** Diameter of the organisation's seal in millimetres. */
  readonly sealDiameter: number;
  /**
   * Size of the person's picture in any unit: her signature gets these proportions, and the seal lies over the left third
   * of the picture itself. Without it the whole room is hers.
   */
  readonly personPicture?: PageSize | null;
  /** Takes whatever has no place above; null appends no page and leaves those fields out. */
  readonly signingPage: SigningPageText | null;
};

export type PreparedPlaces = {
  readonly numberField: Placement | null;
  readonly dateField: Placement | DateBlanks | null;
  readonly personSignature: Placement | null;
  readonly organSignature: Placement | null;
};

export type Prepared = PreparedPlaces & { readonly signingPageAdded: boolean; readonly bytesAdded: number };

/**
 * Adds the empty number and date fields and the unsigned signature fields to a draft, by an incremental update, so that
 * filling them later is what a certification with P=2 allows.
 * Throws the codes of {@link openForUpdate}, BAD_PAGE, and WRONG_STATE when the draft is signed or prepared already.
 */
export async function prepareForSigning(
  source: ByteSource,
  sink: ByteSink,
  options: PrepareOptions,
): Promise<Prepared> {
  const update = await openDraft(source, options.crypto);
  const pages = [...(await readPages(update.document))];
  const { places: rooms, page } = await decidePlaces(update, options, pages.length);
  const places = fitPicture(rooms, options);
  if (page) pages.push(page);
  const bytesAdded = await writeFields(update, sink, (parent) => addFields(update, parent, pages, places));
  return { ...places, signingPageAdded: page !== null, bytesAdded };
}

export type PrepareMinutesOptions = {
  readonly crypto: CryptoPort;
  /** Null or 'printed': no field for it. */
  readonly numberField: Placement | 'printed' | null;
  readonly secretarySignature: Placement;
  readonly chairSignature: Placement;
  /** Null when the organisation does not seal its minutes. */
  readonly organSignature: Placement | null;
};

/**
 * Adds the fields of minutes (biên bản), which the secretary signs first, as a certification with P=2, and the chair
 * after that (Nghị định 30/2020, Phụ lục III, Mẫu 1.9). Throws as {@link prepareForSigning}.
 */
export async function prepareMinutes(
  source: ByteSource,
  sink: ByteSink,
  options: PrepareMinutesOptions,
): Promise<{ readonly bytesAdded: number }> {
  const update = await openDraft(source, options.crypto);
  const pages = await readPages(update.document);
  const { numberField, secretarySignature, chairSignature, organSignature } = options;
  const number = numberField === 'printed' ? null : numberField;
  const bytesAdded = await writeFields(update, sink, async (parent) => {
    const kids: PdfRef[] = [];
    const sign = (name: string, place: Placement, lock?: LockOptions): Promise<PdfRef> =>
      addSignatureField(update, parent, name, pageAt(pages, place), place, lock);
    if (number) kids.push(await addTextField(update, parent, 'number', pageAt(pages, number), number));
    kids.push(await sign('secretary', secretarySignature), await sign('chair', chairSignature));
    if (organSignature)
      kids.push(await sign('organ', organSignature, lockOf(number ? [fieldNames.number] : [])));
    return kids;
  });
  return { bytesAdded };
}

async function openDraft(source: ByteSource, crypto: CryptoPort): Promise<IncrementalUpdate> {
  const { document, signedFields } = await openForUpdate(source, crypto);
  if (signedFields.length > 0) throw new AppError('WRONG_STATE', 'signed already');
  if ((await readFields(document)).some((field) => /^cv(\.|$)/.test(field.name)))
    throw new AppError('WRONG_STATE', 'prepared already');
  return new IncrementalUpdate(document);
}

async function writeFields(
  update: IncrementalUpdate,
  sink: ByteSink,
  addKids: (parent: PdfRef) => Promise<readonly PdfRef[]>,
): Promise<number> {
  const parent = update.add(null);
  update.set(parent, pdfDict({ T: pdfText('cv'), Kids: await addKids(parent) }));
  await addToForm(update, [parent], async (form) => {
    const withFont = withEntries(await withFieldFont(update, form), { NeedAppearances: undefined });
    return withSignatureFlags(update, withFont, 1);
  });
  const { bytes } = await update.build();
  await copySource(update.document.source, sink);
  await sink.write(bytes);
  return bytes.length;
}

function pageAt(pages: readonly PdfPage[], placement: Placement): PdfPage {
  const page = pages[placement.page];
  if (!page) throw new AppError('BAD_PAGE', String(placement.page + 1));
  return page;
}

function lockOf(fields: readonly string[]): LockOptions | undefined {
  return fields.length > 0 ? { action: 'Include', fields } : undefined;
}

async function decidePlaces(
  update: IncrementalUpdate,
  options: PrepareOptions,
  pageCount: number,
): Promise<{ places: PreparedPlaces; page: PdfPage | null }> {
  const { personSignature, organSignature } = options;
  const numberField = options.numberField === 'printed' ? null : options.numberField;
  const dateField = options.dateField === 'printed' ? null : options.dateField;
  const missing = {
    number: options.numberField === null,
    date: options.dateField === null,
    signature: personSignature === null,
  };
  if (!options.signingPage || !(missing.number || missing.date || missing.signature)) {
    return { places: { numberField, dateField, personSignature, organSignature }, page: null };
  }
  const drawn = drawSigningPage(options.fonts, options.signingPage, missing, pageCount);
  const person = personSignature ?? drawn.places.personSignature;
  const places = {
    numberField: numberField ?? drawn.places.numberField,
    dateField: dateField ?? drawn.places.dateField,
    personSignature: person,
    // The seal belongs over the personal signature, so it moves with it.
    organSignature:
      (personSignature && organSignature) ?? (person && placeSeal(person, options.sealDiameter)),
  };
  return { places, page: await appendPage(update, drawn.drawing) };
}

function fitPicture(places: PreparedPlaces, { personPicture, sealDiameter }: PrepareOptions): PreparedPlaces {
  if (!personPicture || !places.personSignature) return places;
  const personSignature = fitProportions(places.personSignature, personPicture);
  const organSignature = places.organSignature && placeSeal(personSignature, sealDiameter);
  return { ...places, personSignature, organSignature };
}

async function addFields(
  update: IncrementalUpdate,
  parent: PdfRef,
  pages: readonly PdfPage[],
  places: PreparedPlaces,
): Promise<PdfRef[]> {
  const kids: PdfRef[] = [];
  const text = (owner: PdfRef, name: string, placement: Placement): Promise<PdfRef> =>
    addTextField(update, owner, name, pageAt(pages, placement), placement);
  const sign = (name: string, placement: Placement, lock?: LockOptions): Promise<PdfRef> =>
    addSignatureField(update, parent, name, pageAt(pages, placement), placement, lock);
  const { numberField, dateField, personSignature, organSignature } = places;
  if (numberField) kids.push(await text(parent, 'number', numberField));
  if (dateField && 'day' in dateField) {
    const group = update.add(null);
    const parts = [await text(group, 'day', dateField.day), await text(group, 'month', dateField.month)];
    if (dateField.year) parts.push(await text(group, 'year', dateField.year));
    update.set(group, pdfDict({ T: pdfText('date'), Parent: parent, Kids: parts }));
    kids.push(group);
  } else if (dateField) {
    kids.push(await text(parent, 'date', dateField));
  }
  if (personSignature) kids.push(await sign('person', personSignature));
  if (organSignature) {
    const locked = [numberField ? [fieldNames.number] : [], dateField ? [fieldNames.date] : []].flat();
    kids.push(await sign('organ', organSignature, lockOf(locked)));
  }
  return kids;
}
