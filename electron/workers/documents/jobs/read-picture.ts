import { nodeCrypto } from '@shared/node/crypto-port';
import { describePicture, type PictureFacts } from '@shared/signing';

/** Looks at a picture of a signature or seal before it is kept: a foreign file is decoded here only. Errors: PICTURE_*. */
export async function readPicture({ png }: { readonly png: Uint8Array }): Promise<PictureFacts> {
  return describePicture(nodeCrypto, png);
}
