import { nodeCrypto } from '@shared/node/crypto-port';
import { AppError } from '@shared/result/result';
import {
  type AppearanceSpec,
  type ByteSource,
  fieldNames,
  inspectPdf,
  type Placement,
  placeAnnexText,
} from '@shared/signing';
import type { EncryptedFileRef, EncryptedTarget } from '../../../../vault/encrypted-file';
import { printFonts } from '../../fonts';
import { withSource } from '../../transform';
import { pictureOr } from './appearance';
import { type SignedStep, type SigningWith, signStep } from './sign-step';

export type SignOrganInput = SigningWith & {
  readonly file: EncryptedFileRef;
  readonly target: EncryptedTarget;
  /** PNG of the seal; null draws one instead. Annexes show none. */
  readonly picture: Uint8Array | null;
  /** The main document gets the seal; an annex in a file of its own gets the text block (Phụ lục I, II.8). */
  readonly as: 'document' | 'annex';
  readonly organisation: string;
  readonly numberAndSymbol: string;
};

/** The organisation's signature over the whole file (Điều 32.2), after the person's. */
export async function signOrgan(input: SignOrganInput): Promise<SignedStep> {
  const fonts = await printFonts();
  const options = await withSource(input.file, (source) => organOptions(source, input));
  return signStep(input.file, input.target, input, { ...options, fonts });
}

async function organOptions(
  source: ByteSource,
  input: SignOrganInput,
): Promise<{ readonly field: string; readonly appearance: AppearanceSpec; readonly placement?: Placement }> {
  if (input.as === 'document') {
    const drawn = { kind: 'drawn-seal', organisation: input.organisation, superior: null } as const;
    return { field: fieldNames.organ, appearance: pictureOr(input.picture, drawn) };
  }
  const appearance = { kind: 'annex-text', numberAndSymbol: input.numberAndSymbol } as const;
  return { field: fieldNames.organ, appearance, placement: await topRight(source) };
}

/** The place at the top right of page 1 for a text block (Phụ lục I, II.8). Throws BAD_PAGE. */
export async function topRight(source: ByteSource): Promise<Placement> {
  const { pages } = await inspectPdf(source, nodeCrypto);
  const first = pages[0];
  if (first === undefined) throw new AppError('BAD_PAGE');
  return placeAnnexText(first);
}
