import { AppError } from '../../result/result';
import { PdfDocument } from '../pdf/pdf-document';
import { type FormField, readCertification, readSignatureFields } from '../pdf/pdf-fields';
import { headerOffset } from '../pdf/pdf-sections';
import type { ByteSource, CryptoPort } from '../ports';
import { requirePermission } from './permitted-changes';

/** A document that may be changed by an incremental update. */
export type UpdatableDocument = {
  readonly document: PdfDocument;
  readonly signatureFields: readonly FormField[];
  readonly signedFields: readonly FormField[];
  readonly certification: 1 | 2 | 3 | null;
};

/**
 * Opens a PDF for an incremental update. Throws PDF_NOT_PDF, PDF_XREF_BROKEN, PDF_MALFORMED, PDF_TOO_COMPLEX,
 * PDF_ENCRYPTED (needs a password), PDF_FORBIDS_SIGNING, and CERTIFIED_NO_CHANGES (DocMDP P=1).
 */
export async function openForUpdate(source: ByteSource, crypto: CryptoPort): Promise<UpdatableDocument> {
  const opened = await openForValidationData(source, crypto);
  if (opened.certification === 1) throw new AppError('CERTIFIED_NO_CHANGES');
  return opened;
}

/**
 * As {@link openForUpdate}, for validation data and document timestamps only, which no certification forbids
 * (ISO 32000-2, table 257).
 */
export async function openForValidationData(
  source: ByteSource,
  crypto: CryptoPort,
): Promise<UpdatableDocument> {
  const document = await PdfDocument.open(source, crypto);
  requirePermission(document, 'fillForms');
  // A message authentication code over the file (ISO/TS 32004) would no longer hold after the update.
  if (document.trailer.has('AuthCode')) throw new AppError('PDF_FORBIDS_SIGNING', 'AuthCode');
  if ((await headerOffset(source)) !== 0) throw new AppError('PDF_MALFORMED', 'bytes before the header');
  const signatureFields = await readSignatureFields(document);
  const certification = await readCertification(document);
  const signedFields: FormField[] = [];
  // An explicit null is as good as no value (ISO 32000-1, 7.3.9).
  for (const field of signatureFields)
    if ((await document.resolve(field.value)) !== null) signedFields.push(field);
  return { document, signatureFields, signedFields, certification };
}
