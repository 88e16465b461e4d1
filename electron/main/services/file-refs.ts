import type { ContentKind } from '@shared/files/kinds';
import type { FileKind, FileRef } from '@shared/schema/values';
import type { Intake, TakenFile } from '../../intake/take-file';

const kindOfContent: Readonly<Record<ContentKind, FileKind>> = {
  pdf: 'pdf',
  docx: 'docx',
  xlsx: 'xlsx',
  jpeg: 'image',
  png: 'image',
  tiff: 'image',
  mp4: 'video',
  other: 'other',
};

/** A taken file as rows and screens name it, with the code of what is wrong with it, or ''. */
export function toFileRef(taken: TakenFile): FileRef {
  const { sha256, size, name, mime, kind, pages = 0 } = taken;
  return { sha256, size, name, mime, kind: kindOfContent[kind], pages };
}

/** Names content of the vault, e.g. what the document worker has just made. */
export async function describeFile(
  intake: Intake,
  stored: { readonly sha256: string; readonly size: number },
  name: string,
): Promise<FileRef> {
  const { kind, mime, pages = 0 } = await intake.describe(stored.sha256, name);
  return { sha256: stored.sha256, size: stored.size, name, mime, kind: kindOfContent[kind], pages };
}
