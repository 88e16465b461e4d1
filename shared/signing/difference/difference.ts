import type { PdfDocument } from '../pdf/pdf-document';
import type { FieldLock } from '../pdf/pdf-fields';
import { isUnreadable } from '../pdf/unreadable';
import { compareCatalogs } from './catalog-difference';
import { ChangeLog } from './change-log';
import { compareFields } from './field-difference';
import { compareForms } from './form-difference';
import { compareObjects } from './object-difference';
import { comparePages } from './page-difference';
import { readReferenceGraph } from './reference-graph';
import { compareChains } from './revision-chain';
import { readRevisionPair } from './revision-pair';

/**
 * Compares the signed revision of a file with the whole file. Only what is on the whitelist may have changed: new
 * signatures with their structure elements, validation data, metadata, filled fields, comments; everything else is
 * disallowed, because a viewer may show another document than the one that was signed. Every object of the signed
 * revision that a later one replaces must have a role that allows it, wherever it is used; every dictionary with such a
 * role is then compared entry by entry. Throws the codes of a PDF that cannot be read.
 */
export async function compareRevisions(
  older: PdfDocument,
  newer: PdfDocument,
  locks: readonly FieldLock[],
): Promise<ChangeLog> {
  const log = new ChangeLog();
  const touched = await compareChains(older, newer, log);
  const pair = await readRevisionPair(older, newer, locks);
  const graph = await readReferenceGraph(older, newer);
  const replaced = await compareObjects(pair, graph, touched, log);
  await compareCatalogs(pair, graph, log);
  await compareForms(pair, log);
  await compareFields(pair, log);
  await comparePages(pair, replaced.has('annotation') || replaced.has('annotation-content'), log);
  return log;
}

/**
 * The same for files of any kind: a later revision that cannot be read counts as a disallowed change, for what cannot
 * be analysed is not approved. Null when the document is too complex to be compared at all.
 */
export async function compareRevisionsSafely(
  older: PdfDocument,
  newer: PdfDocument,
  locks: readonly FieldLock[],
): Promise<ChangeLog | null> {
  try {
    return await compareRevisions(older, newer, locks);
  } catch (error) {
    if (!isUnreadable(error)) throw error;
    if (error.code === 'PDF_TOO_COMPLEX') return null;
    const log = new ChangeLog();
    log.disallow(`later revision cannot be read: ${error.code}`);
    return log;
  }
}
