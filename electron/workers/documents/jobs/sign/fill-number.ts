import { nodeCrypto } from '@shared/node/crypto-port';
import { fillNumberAndDate } from '@shared/signing';
import type { EncryptedFileRef, EncryptedTarget } from '../../../../vault/encrypted-file';
import { printFonts } from '../../fonts';
import { transform } from '../../transform';

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
