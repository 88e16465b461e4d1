import { compareRevisionsSafely } from '../difference/difference';
import { isPermitted, type Permission, readPermission } from '../difference/permission';
import { isSameSyntax } from '../difference/revision-equality';
import type { PdfDocument } from '../pdf/pdf-document';
import { type FormField, readCertification, readFieldLocks, readSignatureFields } from '../pdf/pdf-fields';
import type { PdfDict } from '../pdf/pdf-objects';
import { isUnreadable } from '../pdf/unreadable';
import type { LocatedSignature } from './byte-range';
import type { ChangeLevel, DocumentChange, SignatureProblem } from './check-report';

/** What became of a document after one of its signatures. */
export type LaterCheck = {
  readonly level: ChangeLevel;
  readonly changes: readonly DocumentChange[];
  readonly docMdp: 1 | 2 | 3 | null;
  readonly problems: readonly SignatureProblem[];
};

export const nothingLater: LaterCheck = { level: 'not-analysed', changes: [], docMdp: null, problems: [] };

/** Reads the signed revision by itself, and judges what later revisions made of it. */
export async function checkLater(
  document: PdfDocument,
  field: FormField,
  located: LocatedSignature & { readonly sound: true },
): Promise<LaterCheck> {
  let signed: PdfDocument;
  let docMdp: 1 | 2 | 3 | null;
  let dict: PdfDict | null;
  let permission: Permission | null = null;
  try {
    signed = await document.openRevision(located.end);
    docMdp = await readCertification(signed);
    const before = (await readSignatureFields(signed)).find(({ name }) => name === field.name);
    dict = before ? await signed.dict(before.value) : null;
    if (before && dict) permission = await readPermission(signed, docMdp, before, dict);
  } catch (error) {
    if (!isUnreadable(error)) throw error;
    return { ...nothingLater, problems: ['SIGNED_REVISION_UNREADABLE'] };
  }
  // Objects that the dictionary refers to are judged with all others below.
  if (!dict || !isSameSyntax(dict, located.dict))
    return { ...nothingLater, docMdp, problems: ['SIGNED_REVISION_DIFFERS'] };
  if (located.coverage === 'whole-file') return { level: 'none', changes: [], docMdp, problems: [] };
  const log = await compareRevisionsSafely(signed, document, await readFieldLocks(signed, dict));
  if (!log) return { ...nothingLater, docMdp, problems: ['CHANGES_NOT_ANALYSED'] };
  const problems: SignatureProblem[] = isPermitted(log, permission) ? [] : ['CHANGED_AFTER_SIGNING'];
  if (log.coversContent) problems.push('CONTENT_COVERED_AFTER_SIGNING');
  return { level: log.level, changes: log.changes, docMdp, problems };
}
