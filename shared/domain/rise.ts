import type { SignatureLevel } from '../schema/signature-state';
import type { FileRef } from '../schema/values';

/** A file whose signatures were made to last: the new file begins with the bytes of the old one. */
export type Rise = {
  /** SHA-256 of the file as it stood. */
  readonly from: string;
  readonly raised: FileRef;
  readonly level: SignatureLevel;
};
