import type { ByteSource } from '@shared/signing';
import { openFileSource } from '../../signing/file-bytes';
import type { EncryptedFileRef } from '../../vault/encrypted-file';
import { withSource } from '../documents/transform';

/** A file of the vault, or one that the person chose and that stays where it lies. */
export type CheckedFile =
  | { readonly kind: 'vault'; readonly file: EncryptedFileRef }
  | { readonly kind: 'path'; readonly path: string };

/** Opens a file for one use, for reading only. */
export async function withCheckedFile<T>(
  checked: CheckedFile,
  use: (source: ByteSource) => Promise<T>,
): Promise<T> {
  if (checked.kind === 'vault') return withSource(checked.file, use);
  const source = await openFileSource(checked.path);
  try {
    return await use(source);
  } finally {
    await source.close();
  }
}
