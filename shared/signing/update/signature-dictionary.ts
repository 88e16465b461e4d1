import type { PdfDocument } from '../pdf/pdf-document';
import { type PdfDict, type PdfValue, pdfDict, pdfName, pdfText, withEntries } from '../pdf/pdf-objects';
import { vietnamPdfDate } from '../vietnam-time';

/** Fields that nobody may change after a signature (FieldMDP, ISO 32000-1, 12.8.2.4); names also cover what is below them. */
export type LockOptions =
  | { readonly action: 'All' }
  | { readonly action: 'Include' | 'Exclude'; readonly fields: readonly string[] };

/** What a signature says of itself, besides the CMS. */
export type SignatureStatement = {
  /** DocMDP level, for the first signature only. */
  readonly certify?: 1 | 2 | 3;
  /** The lock of a new field; an existing field brings its own. */
  readonly lock?: LockOptions;
  readonly reason?: string;
  readonly location?: string;
  readonly contact?: string;
  /** Name of the signer, where the certificate's is not the one to show. */
  readonly name?: string;
  /** Milliseconds since 1970; goes into /M and into visible texts that give the time. */
  readonly time: number;
};

/** The signature dictionary of a PAdES signature without its byte range and contents (ISO 32000-1, table 252). */
export function signatureDictionary(
  document: PdfDocument,
  statement: SignatureStatement,
  lock: PdfDict | null,
): PdfDict {
  const { certify } = statement;
  const references: PdfValue[] = [];
  if (certify !== undefined) references.push(transform('DocMDP', { P: certify }));
  if (lock) {
    const parameters: Record<string, PdfValue> = { Action: lock.get('Action') ?? pdfName('All') };
    const fields = lock.get('Fields');
    if (fields !== undefined) parameters['Fields'] = fields;
    references.push(withEntries(transform('FieldMDP', parameters), { Data: document.rootRef }));
  }
  const { reason, location, contact, name } = statement;
  const texts = { Reason: reason, Location: location, ContactInfo: contact, Name: name };
  const entries: Record<string, PdfValue> = {
    Type: pdfName('Sig'),
    Filter: pdfName('Adobe.PPKLite'),
    SubFilter: pdfName('ETSI.CAdES.detached'),
    M: pdfText(vietnamPdfDate(statement.time)),
  };
  for (const [key, text] of Object.entries(texts)) if (text !== undefined) entries[key] = pdfText(text);
  if (references.length > 0) entries['Reference'] = references;
  return pdfDict(entries);
}

/** /Lock of a signature field (table 233). */
export function lockDictionary(lock: LockOptions): PdfDict {
  const entries: Record<string, PdfValue> = {
    Type: pdfName('SigFieldLock'),
    Action: pdfName(lock.action),
  };
  if (lock.action !== 'All') entries['Fields'] = lock.fields.map(pdfText);
  return pdfDict(entries);
}

function transform(method: string, parameters: Readonly<Record<string, PdfValue>>): PdfDict {
  return pdfDict({
    Type: pdfName('SigRef'),
    TransformMethod: pdfName(method),
    TransformParams: pdfDict({ Type: pdfName('TransformParams'), ...parameters, V: pdfName('1.2') }),
  });
}
