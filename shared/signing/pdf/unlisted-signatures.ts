import { AppError } from '../../result/result';
import type { PdfDocument } from './pdf-document';
import { isRef, isString, type PdfDict, type PdfRef, type PdfValue, textOf } from './pdf-objects';
import { type PdfPage, readPages } from './pdf-pages';

export type UnlistedSignature = {
  readonly ref: PdfRef;
  readonly dict: PdfDict;
  readonly name: string;
  readonly value: PdfValue | undefined;
};

/**
 * Signature fields that stand on a page as a widget without being listed in the form, as some programs leave them
 * behind: viewers show and check them like all others. `listed` holds the numbers of what the form lists. A page tree
 * that cannot be read has none.
 */
export async function readUnlistedSignatures(
  document: PdfDocument,
  listed: ReadonlySet<number>,
): Promise<readonly UnlistedSignature[]> {
  const found = new Map<number, UnlistedSignature>();
  for (const { dict: page } of await readPagesOrNone(document)) {
    const annotations = page.get('Annots');
    if (annotations === undefined) continue;
    for (const ref of (await document.array(annotations)) ?? []) {
      if (!isRef(ref) || listed.has(ref.num) || found.has(ref.num)) continue;
      const dict = await document.dict(ref);
      if (!dict || dict.has('Parent') || (await document.name(dict.get('FT'))) !== 'Sig') continue;
      const name = await document.resolve(dict.get('T'));
      found.set(ref.num, { ref, dict, name: isString(name) ? textOf(name) : '', value: dict.get('V') });
    }
  }
  return [...found.values()];
}

async function readPagesOrNone(document: PdfDocument): Promise<readonly PdfPage[]> {
  try {
    return await readPages(document);
  } catch (error) {
    // Whoever needs the pages themselves reports the damage.
    if (error instanceof AppError && error.code === 'PDF_MALFORMED') return [];
    throw error;
  }
}
