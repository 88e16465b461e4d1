import { pdfDateTime } from '../pdf/pdf-date';
import { PdfDocument } from '../pdf/pdf-document';
import { readSignatureFields } from '../pdf/pdf-fields';
import { isString, textOf } from '../pdf/pdf-objects';
import type { ByteSource, CryptoPort } from '../ports';

/**
 * The latest time that a signature of the file claims (/M, ISO 32000-1, 12.8.1), in milliseconds since 1970; null where
 * none does. A clock that is behind it is wrong, or the earlier signer's was: either is to be looked at before signing.
 * Throws PDF_NOT_PDF, PDF_XREF_BROKEN, PDF_MALFORMED, PDF_TOO_COMPLEX.
 */
export async function newestSigningTime(source: ByteSource, crypto: CryptoPort): Promise<number | null> {
  const document = await PdfDocument.open(source, crypto);
  let newest: number | null = null;
  for (const { value } of await readSignatureFields(document)) {
    const signature = await document.dict(value);
    const claimed = await document.resolve(signature?.get('M'));
    const time = isString(claimed) ? pdfDateTime(textOf(claimed)) : null;
    if (time !== null && (newest === null || time > newest)) newest = time;
  }
  return newest;
}
