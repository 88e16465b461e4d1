import type { PdfDocument } from '../pdf/pdf-document';
import type { PdfDict } from '../pdf/pdf-objects';
import type { PdfPage } from '../pdf/pdf-pages';
import type { Warnings } from './warning';

const fontFiles = ['FontFile', 'FontFile2', 'FontFile3'];

/** Fonts of a page that each machine fills in from its own: the same bytes then look different elsewhere. */
export async function warnOfFonts(
  document: PdfDocument,
  page: PdfPage,
  index: number,
  warnings: Warnings,
): Promise<void> {
  const resources = await document.dict(page.inherited.get('Resources'));
  for (const [, item] of (await document.dict(resources?.get('Font'))) ?? []) {
    const font = await document.dict(item);
    if (font === null || (await isEmbedded(document, font))) continue;
    warnings.add('FONT_NOT_EMBEDDED', (await document.name(font.get('BaseFont'))) ?? '', index);
  }
}

async function isEmbedded(document: PdfDocument, font: PdfDict): Promise<boolean> {
  const type = await document.name(font.get('Subtype'));
  if (type === 'Type3') return true;
  const [descendant] = (await document.array(font.get('DescendantFonts'))) ?? [];
  const holder = type === 'Type0' ? await document.dict(descendant) : font;
  const descriptor = await document.dict(holder?.get('FontDescriptor'));
  return fontFiles.some((key) => descriptor?.has(key) === true);
}
