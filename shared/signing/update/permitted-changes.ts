import { AppError } from '../../result/result';
import type { PdfDocument } from '../pdf/pdf-document';

/**
 * Refuses what the author of an encrypted document does not permit (ISO 32000-1, table 22). Filling in and signing
 * existing fields needs bit 6 or 9; a new field, signature fields included, needs bits 4 and 6. Other software could do
 * it all the same, since the key is known; an office does not break a lock that its correspondent set.
 * Throws PDF_FORBIDS_SIGNING, and PDF_ENCRYPTED for a document that needs a password.
 */
export function requirePermission({ encryption }: PdfDocument, act: 'fillForms' | 'addFields'): void {
  if (!encryption) return;
  if (encryption.locked) throw new AppError('PDF_ENCRYPTED');
  if (!encryption.permissions[act]) throw new AppError('PDF_FORBIDS_SIGNING', act);
}
