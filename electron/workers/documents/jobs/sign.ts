import { nodeCrypto } from '@shared/node/crypto-port';
import { AppError } from '@shared/result/result';
import type { Place, SigningPlaces } from '@shared/schema/documents';
import {
  type AppearanceSpec,
  type ByteSource,
  type DateBlanks,
  fieldNames,
  fillNumberAndDate,
  findSignaturePlaces,
  inspectPdf,
  type Placement,
  type Prepared,
  pictureSize,
  placeAnnexText,
  prepareForSigning,
  type SignaturePlaces,
  type Signer,
  signPdf,
} from '@shared/signing';
import { openPkcs12 } from '../../../signing/pkcs12';
import { readTextItems } from '../../../signing/text-items';
import type { EncryptedFileRef, EncryptedTarget } from '../../../vault/encrypted-file';
import { printFonts } from '../fonts';
import { transform, withSource } from '../transform';

/** A key for one job: the container and its password, in memory only. */
export type KeyMaterial = { readonly pkcs12: Uint8Array; readonly password: string };

export type SignPersonInput = {
  readonly file: EncryptedFileRef;
  /** Holds the prepared draft between the two steps; the caller discards it afterwards. */
  readonly scratch: EncryptedTarget;
  readonly target: EncryptedTarget;
  readonly key: KeyMaterial;
  /** PNG of the handwritten signature; null draws the name instead. */
  readonly picture: Uint8Array | null;
  readonly signerName: string;
  readonly title: readonly string[];
  readonly symbol: string;
  readonly place: string;
  readonly sealMm: number;
  /** Milliseconds since 1970. */
  readonly time: number;
};

/** Larger files are not searched for blanks: they get a signing page. */
const largestSearched = 64 * 1024 * 1024;

/**
 * The person's signature (Điều 13): adds the places for number, date and both signatures, where the text shows them or
 * on a signing page, and certifies so that only these may still be filled.
 */
export async function signPerson(input: SignPersonInput): Promise<{ readonly places: SigningPlaces }> {
  const signer = onlySigner(input.key);
  const fonts = await printFonts();
  const prepared = await transform(input.file, input.scratch, async (source, sink) => {
    const found = await searchPlaces(source, input);
    const { signatures } = await inspectPdf(source, nodeCrypto);
    // Adding the places for number and date would break the signature that is there.
    if (signatures > 0) throw new AppError('FIELD_ALREADY_SIGNED');
    return prepareForSigning(source, sink, {
      crypto: nodeCrypto,
      fonts,
      ...found,
      sealDiameter: input.sealMm,
      personPicture: input.picture && pictureSize(nodeCrypto, input.picture),
      signingPage: {
        symbol: `/${input.symbol}`,
        placeName: input.place,
        title: input.title,
        name: input.signerName,
      },
    });
  });
  await transform(input.scratch, input.target, (source, sink) =>
    signPdf(source, sink, {
      crypto: nodeCrypto,
      signer,
      field: fieldNames.person,
      appearance: pictureOr(input.picture, { kind: 'drawn-name', name: input.signerName }),
      fonts,
      certify: 2,
      time: input.time,
    }),
  );
  return { places: placesOf(prepared) };
}

type Found = Pick<SignaturePlaces, 'personSignature' | 'organSignature'> & {
  readonly numberField: Placement | null;
  readonly dateField: DateBlanks | null;
};

/** A number or date that is printed already is another document's: ours go on the signing page. */
async function searchPlaces(source: ByteSource, input: SignPersonInput): Promise<Found> {
  if (source.size > largestSearched) {
    return { numberField: null, dateField: null, personSignature: null, organSignature: null };
  }
  const pages = await readTextItems(await source.read(0, source.size));
  const found = findSignaturePlaces(pages, {
    title: input.title.at(-1) ?? '',
    name: input.signerName,
    sealDiameter: input.sealMm,
  });
  return {
    ...found,
    numberField: found.numberField === 'printed' ? null : found.numberField,
    dateField: found.dateField === 'printed' ? null : found.dateField,
  };
}

function placesOf(prepared: Prepared): SigningPlaces {
  const date = prepared.dateField;
  return {
    numberField: toPlace(prepared.numberField),
    dateField: toPlace(date !== null && 'day' in date ? date.day : date),
    personSignature: toPlace(prepared.personSignature),
    organSignature: toPlace(prepared.organSignature),
  };
}

function toPlace(placement: Placement | null): Place {
  if (placement === null) throw new AppError('INTERNAL', 'no place');
  const { page, x, y, w, h } = placement;
  return { page, x, y, width: w, height: h };
}

export type FillNumberInput = {
  readonly file: EncryptedFileRef;
  readonly target: EncryptedTarget;
  readonly number: string;
  /** YYYY-MM-DD. */
  readonly date: string;
};

/** Writes number and date into their reserved places (Điều 15). */
export async function fillNumber({ file, target, number, date }: FillNumberInput): Promise<void> {
  const fonts = await printFonts();
  await transform(file, target, (source, sink) =>
    fillNumberAndDate(source, sink, { crypto: nodeCrypto, fonts, number, date }),
  );
}

export type SignOrganInput = {
  readonly file: EncryptedFileRef;
  readonly target: EncryptedTarget;
  readonly key: KeyMaterial;
  /** PNG of the seal; null draws one instead. Annexes show none. */
  readonly picture: Uint8Array | null;
  /** The main document gets the seal; an annex in a file of its own gets the text block (Phụ lục I, II.8). */
  readonly as: 'document' | 'annex';
  readonly organisation: string;
  readonly numberAndSymbol: string;
  readonly time: number;
};

/** The organisation's signature over the whole file (Điều 32.2), after the person's. */
export async function signOrgan(input: SignOrganInput): Promise<void> {
  const signer = onlySigner(input.key);
  const fonts = await printFonts();
  const options = await withSource(input.file, (source) => organOptions(source, input));
  await transform(input.file, input.target, (source, sink) =>
    signPdf(source, sink, { crypto: nodeCrypto, signer, fonts, time: input.time, ...options }),
  );
}

async function organOptions(
  source: ByteSource,
  input: SignOrganInput,
): Promise<{ readonly field: string; readonly appearance: AppearanceSpec; readonly placement?: Placement }> {
  if (input.as === 'document') {
    const drawn = { kind: 'drawn-seal', organisation: input.organisation, superior: null } as const;
    return { field: fieldNames.organ, appearance: pictureOr(input.picture, drawn) };
  }
  const { pages } = await inspectPdf(source, nodeCrypto);
  const first = pages[0];
  if (first === undefined) throw new AppError('BAD_PAGE');
  const appearance = { kind: 'annex-text', numberAndSymbol: input.numberAndSymbol } as const;
  return { field: fieldNames.organ, appearance, placement: placeAnnexText(first) };
}

function pictureOr(picture: Uint8Array | null, drawn: AppearanceSpec): AppearanceSpec {
  return picture === null ? drawn : { kind: 'picture', png: picture };
}

function onlySigner({ pkcs12, password }: KeyMaterial): Signer {
  const [signer] = openPkcs12(pkcs12, password);
  if (signer === undefined) throw new AppError('P12_NO_KEY');
  return signer;
}
