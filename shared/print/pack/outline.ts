import { type PDFDocument, PDFHexString, PDFName, type PDFRef } from '@cantoo/pdf-lib';

/** A bookmark: its title, the page it opens (from 0), and the bookmarks under it. */
export type OutlineEntry = {
  readonly title: string;
  readonly page: number;
  readonly children: readonly OutlineEntry[];
};

function addLevel(pdf: PDFDocument, parent: PDFRef, entries: readonly OutlineEntry[]): readonly PDFRef[] {
  const refs = entries.map(() => pdf.context.nextRef());
  entries.forEach((entry, index) => {
    const self = refs[index];
    const page = pdf.getPage(entry.page);
    if (self === undefined) return;
    const children = addLevel(pdf, self, entry.children);
    const previous = refs[index - 1];
    const next = refs[index + 1];
    const item = pdf.context.obj({
      Title: PDFHexString.fromText(entry.title),
      Parent: parent,
      Dest: [page.ref, 'XYZ', null, null, null],
      ...(previous === undefined ? {} : { Prev: previous }),
      ...(next === undefined ? {} : { Next: next }),
      ...(children.length === 0 ? {} : { First: children[0], Last: children.at(-1), Count: children.length }),
    });
    pdf.context.assign(self, item);
  });
  return refs;
}

function countOf(entries: readonly OutlineEntry[]): number {
  return entries.reduce((sum, entry) => sum + 1 + countOf(entry.children), 0);
}

/** Writes the bookmarks of a PDF (ISO 32000-1, 12.3.3), all levels open, and has viewers show them. */
export function writeOutline(pdf: PDFDocument, entries: readonly OutlineEntry[]): void {
  if (entries.length === 0) return;
  const root = pdf.context.nextRef();
  const refs = addLevel(pdf, root, entries);
  const dictionary = { Type: 'Outlines', First: refs[0], Last: refs.at(-1), Count: countOf(entries) };
  pdf.context.assign(root, pdf.context.obj(dictionary));
  pdf.catalog.set(PDFName.of('Outlines'), root);
  pdf.catalog.set(PDFName.of('PageMode'), PDFName.of('UseOutlines'));
}
