import { AppError } from '../../result/result';
import type { PdfDocument } from '../pdf/pdf-document';
import { isStream, type PdfValue } from '../pdf/pdf-objects';

/** The certificates and revocation data of a document security store, DER. */
export type SecurityStore = {
  readonly certificates: readonly Uint8Array[];
  readonly crls: readonly Uint8Array[];
  readonly ocsps: readonly Uint8Array[];
};

/** Bounds on one store, over all its streams. */
const maxItems = 2000;
const maxBytes = 64 * 1024 * 1024;

/**
 * The document security store of a PDF (ISO 32000-2, 12.8.4.3; EN 319 142-1 section 5.4.2), empty without one. What is
 * listed but is no stream, or cannot be decoded, is passed over. Throws PDF_TOO_COMPLEX.
 */
export async function readSecurityStore(document: PdfDocument): Promise<SecurityStore> {
  const store = await document.dict((await document.catalog()).get('DSS'));
  let bytes = 0;
  const read = async (key: string): Promise<readonly Uint8Array[]> => {
    const items = (await document.array(store?.get(key))) ?? [];
    if (items.length > maxItems) throw new AppError('PDF_TOO_COMPLEX', 'security store');
    const found: Uint8Array[] = [];
    for (const item of items) {
      const data = await storedBytes(document, item);
      bytes += data?.length ?? 0;
      if (bytes > maxBytes) throw new AppError('PDF_TOO_COMPLEX', 'security store');
      if (data) found.push(data);
    }
    return found;
  };
  return { certificates: await read('Certs'), crls: await read('CRLs'), ocsps: await read('OCSPs') };
}

/** The decoded bytes of one item of a store, or null. */
export async function storedBytes(document: PdfDocument, item: PdfValue): Promise<Uint8Array | null> {
  const stream = await document.resolve(item);
  if (!isStream(stream)) return null;
  try {
    return await document.decode(stream);
  } catch (error) {
    if (error instanceof AppError && error.code === 'PDF_MALFORMED') return null;
    throw error;
  }
}
