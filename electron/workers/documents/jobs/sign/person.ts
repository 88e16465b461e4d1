import { nodeCrypto } from '@shared/node/crypto-port';
import { AppError } from '@shared/result/result';
import type { Place, SigningPlaces } from '@shared/schema/documents';
import {
  type ByteSource,
  fieldNames,
  inspectPdf,
  type Placement,
  type Prepared,
  pictureSize,
  prepareForSigning,
} from '@shared/signing';
import type { EncryptedFileRef, EncryptedTarget } from '../../../../vault/encrypted-file';
import { printFonts } from '../../fonts';
import { transform } from '../../transform';
import { pictureOr } from './appearance';
import { type PlacesSought, searchPlaces } from './places';
import { type SignedStep, type SigningWith, signStep } from './sign-step';

export type SignPersonInput = SigningWith &
  PlacesSought & {
    readonly file: EncryptedFileRef;
    /** Holds the prepared draft between the two steps; the caller discards it afterwards. */
    readonly scratch: EncryptedTarget;
    readonly target: EncryptedTarget;
    /** PNG of the handwritten signature; null draws the name instead. */
    readonly picture: Uint8Array | null;
    readonly symbol: string;
    readonly place: string;
  };

/**
 * The person's signature (Điều 13): adds the places for number, date and both signatures, where the text shows them or
 * on a signing page, and certifies so that only these may still be filled.
 */
export async function signPerson(
  input: SignPersonInput,
): Promise<SignedStep & { readonly places: SigningPlaces }> {
  const fonts = await printFonts();
  const prepared = await transform(input.file, input.scratch, async (source, sink) => {
    await refuseSigned(source);
    return prepareForSigning(source, sink, {
      crypto: nodeCrypto,
      fonts,
      ...(await searchPlaces(source, input)),
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
  const step = await signStep(input.scratch, input.target, input, {
    field: fieldNames.person,
    appearance: pictureOr(input.picture, { kind: 'drawn-name', name: input.signerName }),
    fonts,
    certify: 2,
  });
  return { ...step, places: placesOf(prepared) };
}

/** Adding the places for number and date would break the signature that is there. */
async function refuseSigned(source: ByteSource): Promise<void> {
  const { signatures } = await inspectPdf(source, nodeCrypto);
  if (signatures > 0) throw new AppError('FIELD_ALREADY_SIGNED');
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
