import { nodeCrypto } from '@shared/node/crypto-port';
import { extractRevision as extract } from '@shared/signing';
import type { EncryptedTarget } from '../../vault/encrypted-file';
import { createEncryptedFile } from '../../vault/encrypted-sink';
import { type CheckedFile, withCheckedFile } from './check-source';

export type ExtractInput = {
  readonly file: CheckedFile;
  /** Full name of the form field that holds the signature. */
  readonly field: string;
  readonly target: EncryptedTarget;
};

/** Writes what one signature covers, byte for byte. NO_SIGNATURE. */
export async function extractRevision({
  file,
  field,
  target,
}: ExtractInput): Promise<{ readonly size: number }> {
  return withCheckedFile(file, async (source) => {
    const sink = await createEncryptedFile(target);
    try {
      const size = await extract(source, sink, { crypto: nodeCrypto, field });
      await sink.finish();
      return { size };
    } catch (error) {
      await sink.abort();
      throw error;
    }
  });
}
