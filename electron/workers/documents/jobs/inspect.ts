import type { ContentKind } from '@shared/files/kinds';
import { type EncryptedFileRef, openEncryptedFile } from '../../../vault/encrypted-file';
import type { JobContext } from '../../protocol/job';
import { inspectContent } from '../inspect/inspect-content';
import type { Inspection } from '../inspect/inspection';

export type InspectInput = { readonly file: EncryptedFileRef; readonly kind: ContentKind };

/** Looks into a file of a known kind: is it whole, does it need a password, how many pages, which size. */
export async function inspect(input: InspectInput, context: JobContext): Promise<Inspection> {
  const file = await openEncryptedFile(input.file);
  try {
    return await inspectContent(file, input.kind, context);
  } finally {
    await file.close();
  }
}
