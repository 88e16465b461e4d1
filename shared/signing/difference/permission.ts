import type { PdfDocument } from '../pdf/pdf-document';
import type { FormField } from '../pdf/pdf-fields';
import type { PdfDict, PdfValue } from '../pdf/pdf-objects';
import { type ChangeLog, changeRanks } from './change-log';

export type Permission = 1 | 2 | 3;

/**
 * What may follow a signature: the level of the document's certification, or what the signature itself asks for in the
 * lock of its field or in its transform parameters (/P of ISO 32000-2, tables 236, 257 and 259), whichever is
 * stricter. Null when nothing says so.
 */
export async function readPermission(
  document: PdfDocument,
  certification: Permission | null,
  field: FormField,
  signature: PdfDict,
): Promise<Permission | null> {
  const asked: (Permission | null)[] = [certification];
  const ask = async (holder: PdfValue | undefined): Promise<void> => {
    const level = await document.number((await document.dict(holder))?.get('P'));
    if (level === 1 || level === 2 || level === 3) asked.push(level);
  };
  await ask(field.dict.get('Lock'));
  for (const item of (await document.array(signature.get('Reference'))) ?? [])
    await ask((await document.dict(item))?.get('TransformParams'));
  const levels = asked.filter((level) => level !== null);
  return levels.length === 0
    ? null
    : levels.reduce((strictest, level) => (level < strictest ? level : strictest));
}

/**
 * Whether the changes after a signature are what its permission allows (ISO 32000-1, table 254): validation data always;
 * signatures and form filling under P=2 and P=3, comments under P=3. Without any, signatures may follow but no form
 * filling, which is what shadow attacks replace text with.
 */
export function isPermitted({ rank }: ChangeLog, permission: Permission | null): boolean {
  if (permission === 1) return rank <= changeRanks.longTerm;
  if (permission === 2) return rank <= changeRanks.formFill;
  return rank <= (permission === null ? changeRanks.signatures : changeRanks.annotations);
}
