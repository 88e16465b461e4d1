import { nodeCrypto } from '@shared/node/crypto-port';
import { printTexts } from '@shared/print/texts';
import { AppError } from '@shared/result/result';
import type { MinutesRole } from '@shared/schema/signature-state';
import { type ByteSource, fieldNames, findMinutesPlaces, inspectPdf, prepareMinutes } from '@shared/signing';
import { readTextItems } from '../../../../signing/text-items';
import type { EncryptedFileRef, EncryptedTarget } from '../../../../vault/encrypted-file';
import { printFonts } from '../../fonts';
import { transform, withSource } from '../../transform';
import { pictureOr } from './appearance';
import { type SignedStep, type SigningWith, signStep } from './sign-step';

export type SignMinutesInput = SigningWith & {
  readonly file: EncryptedFileRef;
  /** Holds the prepared minutes; the caller discards it afterwards. */
  readonly scratch: EncryptedTarget;
  readonly target: EncryptedTarget;
  readonly role: MinutesRole;
  readonly secretaryName: string;
  readonly chairName: string;
  /** PNG of the handwritten signature; null draws the name instead. */
  readonly picture: Uint8Array | null;
};

const largestMinutes = 64 * 1024 * 1024;
/** Minutes go without the organisation's seal here; the search wants a size. */
const sealDiameter = 36;

/**
 * Thư ký and chủ tọa sign minutes (Phụ lục III, Mẫu 1.9) in either order. Whoever is first gets the places for both added
 * and certifies, so that nothing but the other signature may follow. Errors: FIELD_NOT_FOUND when the text shows no
 * place for the two, FIELD_ALREADY_SIGNED, and those of signing.
 */
export async function signMinutes(input: SignMinutesInput): Promise<SignedStep> {
  const fonts = await printFonts();
  const { signatures } = await withSource(input.file, (source) => inspectPdf(source, nodeCrypto));
  const isFirst = signatures === 0;
  if (isFirst) await addPlaces(input);
  const { role, secretaryName, chairName, picture } = input;
  const name = role === 'secretary' ? secretaryName : chairName;
  return signStep(isFirst ? input.scratch : input.file, input.target, input, {
    field: fieldNames[role],
    appearance: pictureOr(picture, { kind: 'drawn-name', name }),
    fonts,
    ...(isFirst ? { certify: 2 as const } : {}),
  });
}

async function addPlaces({ file, scratch, ...names }: SignMinutesInput): Promise<void> {
  await transform(file, scratch, async (source, sink) => {
    const places = await placesIn(source, names);
    return prepareMinutes(source, sink, {
      crypto: nodeCrypto,
      // Minutes get no number, and the seal only "if any": neither is part of signing them.
      numberField: null,
      organSignature: null,
      ...places,
    });
  });
}

async function placesIn(
  source: ByteSource,
  { secretaryName, chairName }: Pick<SignMinutesInput, 'secretaryName' | 'chairName'>,
) {
  if (source.size > largestMinutes) throw new AppError('FILE_TOO_LARGE');
  const pages = await readTextItems(await source.read(0, source.size));
  const { secretarySignature, chairSignature } = findMinutesPlaces(pages, {
    secretary: { title: printTexts.minutes.secretaryTitle, name: secretaryName },
    chair: { title: printTexts.minutes.chairTitle, name: chairName },
    sealDiameter,
  });
  if (secretarySignature === null || chairSignature === null)
    throw new AppError('FIELD_NOT_FOUND', secretarySignature === null ? 'secretary' : 'chair');
  return { secretarySignature, chairSignature };
}
