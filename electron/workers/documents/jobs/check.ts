import { nodeCrypto } from '@shared/node/crypto-port';
import { type CheckReport, checkSignatures } from '@shared/signing';
import type { EncryptedFileRef } from '../../../vault/encrypted-file';
import { withSource } from '../transform';

export type CheckInput = {
  readonly file: EncryptedFileRef;
  /** DER of the chosen trust anchors. */
  readonly anchors: readonly Uint8Array[];
  /** Milliseconds since 1970. */
  readonly now: number;
};

/** Checks every signature of a PDF against the chosen anchors; needs no network. */
export function check({ file, anchors, now }: CheckInput): Promise<CheckReport> {
  return withSource(file, (source) => checkSignatures(source, { crypto: nodeCrypto, anchors, now }));
}
