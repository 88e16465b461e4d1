import type { PdfDocument } from '../pdf/pdf-document';
import type { FieldLock } from '../pdf/pdf-fields';
import { type PdfPage, readPages } from '../pdf/pdf-pages';
import { type RevisionFields, readRevisionFields } from './revision-fields';

/** Two revisions of one document with what was read of each. */
export type RevisionPair = {
  readonly older: PdfDocument;
  readonly newer: PdfDocument;
  readonly olderFields: RevisionFields;
  readonly newerFields: RevisionFields;
  readonly olderPages: readonly PdfPage[];
  readonly newerPages: readonly PdfPage[];
  /** Field locks of the signature whose revision is the older one. */
  readonly locks: readonly FieldLock[];
};

type Reading = { readonly fields: RevisionFields; readonly pages: readonly PdfPage[] };

/** Each revision is compared with several others; what was read of it is kept as long as it is. */
const readings = new WeakMap<PdfDocument, Reading>();

async function readRevision(document: PdfDocument): Promise<Reading> {
  const known = readings.get(document);
  if (known) return known;
  const reading = { fields: await readRevisionFields(document), pages: await readPages(document) };
  readings.set(document, reading);
  return reading;
}

/** Reads the forms and pages of both revisions. Throws the codes of a PDF that cannot be read. */
export async function readRevisionPair(
  older: PdfDocument,
  newer: PdfDocument,
  locks: readonly FieldLock[],
): Promise<RevisionPair> {
  const [before, after] = [await readRevision(older), await readRevision(newer)];
  return {
    older,
    newer,
    olderFields: before.fields,
    newerFields: after.fields,
    olderPages: before.pages,
    newerPages: after.pages,
    locks,
  };
}
