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

/** Names of the fields that a draft gets before its first signature. */
export const fieldNames = {
  number: 'cv.number',
  date: 'cv.date',
  person: 'cv.person',
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
  const { document, signedFields } = await openForUpdate(source, options.crypto);
  if (signedFields.length > 0) throw new AppError('WRONG_STATE', 'signed already');
  if ((await readFields(document)).some((field) => /^cv(\.|$)/.test(field.name)))
    throw new AppError('WRONG_STATE', 'prepared already');
  const update = new IncrementalUpdate(document);
  const pages = [...(await readPages(document))];
  const { places: rooms, page } = await decidePlaces(update, options, pages.length);
  const places = fitPicture(rooms, options);
  if (page) pages.push(page);
  const parent = update.add(null);
  const kids = await addFields(update, parent, pages, places);
  update.set(parent, pdfDict({ T: pdfText('cv'), Kids: kids }));
  await addToForm(update, [parent], async (form) =>
    withSignatureFlags(
      update,
      withEntries(await withFieldFont(update, form), { NeedAppearances: undefined }),
      1,
    ),
  );
  const { bytes } = await update.build();
  await copySource(source, sink);
  await sink.write(bytes);
  return { ...places, signingPageAdded: page !== null, bytesAdded: bytes.length };
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
  const pageAt = (placement: Placement): PdfPage => {
    const page = pages[placement.page];
    if (!page) throw new AppError('BAD_PAGE', String(placement.page + 1));
    return page;
  };
  const text = (owner: PdfRef, name: string, placement: Placement): Promise<PdfRef> =>
    addTextField(update, owner, name, pageAt(placement), placement);
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
  if (personSignature)
    kids.push(await addSignatureField(update, parent, 'person', pageAt(personSignature), personSignature, undefined));
  if (organSignature) {
    const locked = [numberField ? [fieldNames.number] : [], dateField ? [fieldNames.date] : []].flat();
    const lock = locked.length > 0 ? ({ action: 'Include', fields: locked } as const) : undefined;
    kids.push(await addSignatureField(update, parent, 'organ', pageAt(organSignature), organSignature, lock));
  }
  return kids;
}
