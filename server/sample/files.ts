import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { PDFDocument } from '@cantoo/pdf-lib';
import { formatNumber } from '@shared/domain/numbering';
import type { PrintFonts, SigningPlaces } from '@shared/print/index';
import type { FileRef } from '@shared/schema/values';
import { hashFile } from '../files/content-store';
import { recordUpload } from '../files/file-records';
import type { ServerContext } from '../http/context';
import { serverAuthor } from '../rows/row-writer';
import type { NumberedText } from './numbered-texts';

export type PrintedText = {
  readonly text: NumberedText;
  readonly file: FileRef;
  readonly places: SigningPlaces;
};

/** Sets a sample document as PDF and puts it into the file store as if its unit had uploaded it. */
export async function printText(
  context: ServerContext,
  text: NumberedText,
  fonts: PrintFonts,
): Promise<PrintedText> {
  const { pdf, places } = await text.typeset(fonts);
  const incoming = path.join(context.uploads, `sample-${text.id}`);
  await writeFile(incoming, pdf);
  const { sha256, size } = await hashFile(incoming);
  await context.store.adopt(incoming, sha256);
  await recordUpload(
    context.database,
    context.store,
    { sha256, size },
    { device: serverAuthor, unit: text.unit },
    context.now(),
  );
  const pages = (await PDFDocument.load(pdf, { updateMetadata: false })).getPageCount();
  const number = text.number === 0 ? 'Dự thảo' : formatNumber(text.number);
  const name = `${number}-${text.symbol}.pdf`;
  return { text, file: { sha256, size, name, mime: 'application/pdf', kind: 'pdf', pages }, places };
}
