import type { ByteSink, ByteSource } from '@shared/signing';
import { type EncryptedFileRef, type EncryptedTarget, openEncryptedFile } from '../../vault/encrypted-file';
import { createEncryptedFile } from '../../vault/encrypted-sink';

/** Runs a step from one encrypted file to a new one; the new file is finished only if the step succeeded. */
export async function transform<T>(
  from: EncryptedFileRef,
  to: EncryptedTarget,
  step: (source: ByteSource, sink: ByteSink) => Promise<T>,
): Promise<T> {
  return withSource(from, async (source) => {
    const sink = await createEncryptedFile(to);
    try {
      const result = await step(source, sink);
      await sink.finish();
      return result;
    } catch (error) {
      await sink.abort();
      throw error;
    }
  });
}

/** Opens an encrypted file for one use. */
export async function withSource<T>(
  from: EncryptedFileRef,
  use: (source: ByteSource) => Promise<T>,
): Promise<T> {
  const file = await openEncryptedFile(from);
  try {
    return await use(file);
  } finally {
    await file.close();
  }
}
