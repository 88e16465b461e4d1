import { nodeCrypto } from '@shared/node/crypto-port';
import type { Place } from '@shared/schema/documents';
import { inspectForSigning, type PreSignWarning } from '@shared/signing';
import type { EncryptedFileRef } from '../../../../vault/encrypted-file';
import { withSource } from '../../transform';
import { type PlacesSought, searchPlaces } from './places';

export type PreviewSigningInput = PlacesSought & { readonly file: EncryptedFileRef };

export type SigningPreview = {
  /** Null: the document leaves no room, and a signing page is added. */
  readonly personSignature: Place | null;
  readonly warnings: readonly Pick<PreSignWarning, 'code' | 'page' | 'detail'>[];
};

/** Where the person's signature will stand, and what she should know of the file before she signs it. */
export function previewSigning({ file, ...sought }: PreviewSigningInput): Promise<SigningPreview> {
  return withSource(file, async (source) => {
    const warnings = await inspectForSigning(source, nodeCrypto);
    const { personSignature } = await searchPlaces(source, sought);
    return {
      personSignature: personSignature && {
        page: personSignature.page,
        x: personSignature.x,
        y: personSignature.y,
        width: personSignature.w,
        height: personSignature.h,
      },
      warnings: warnings.map(({ code, page, detail }) => ({ code, page, detail })),
    };
  });
}
