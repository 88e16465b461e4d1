import type { PDFDocument } from '@cantoo/pdf-lib';
import type { Faces } from './faces';
import { type PageGeometry, textHeight } from './geometry';
import { measureWith } from './lines';
import { addSheet, type Sheet } from './sheet';

/** The smallest thing that is never split over two pages: a line, a table row, a signing block. */
export type Atom = {
  readonly height: number;
  /** Space above it, dropped at the top of a page. */
  readonly gap: number;
  /** It stays on the same page as the atom after it. */
  readonly keepNext: boolean;
  /** Drawn again above this atom when it begins a page: the header of a table that runs on. */
  readonly header?: Atom;
  /** Draws with its upper edge at `top`, points from the bottom of the page. */
  readonly draw: (sheet: Sheet, top: number) => void;
};

type Placed = { readonly atom: Atom; readonly top: number };

/** Groups atoms that must stay together. */
function chains(atoms: readonly Atom[]): readonly (readonly Atom[])[] {
  const groups: Atom[][] = [];
  let open: Atom[] = [];
  for (const atom of atoms) {
    open.push(atom);
    if (atom.keepNext) continue;
    groups.push(open);
    open = [];
  }
  if (open.length > 0) groups.push(open);
  return groups;
}

function heightOf(group: readonly Atom[]): number {
  return group.reduce((sum, atom, index) => sum + atom.height + (index === 0 ? 0 : atom.gap), 0);
}

/**
 * Puts atoms on pages from the top down. Chains of `keepNext` move to the next page together when they
 * fit on one page at all; a longer chain is split where the page ends.
 */
export function paginate(atoms: readonly Atom[], geometry: PageGeometry): readonly (readonly Placed[])[] {
  const room = textHeight(geometry);
  const floor = geometry.bottom - 0.01;
  const pages: Placed[][] = [[]];
  let cursor = geometry.height - geometry.top;
  const page = () => pages[pages.length - 1] as Placed[];
  const turn = () => {
    pages.push([]);
    cursor = geometry.height - geometry.top;
  };
  const put = (atom: Atom) => {
    const fresh = page().length === 0;
    if (fresh && pages.length > 1 && atom.header !== undefined) {
      page().push({ atom: atom.header, top: cursor });
      cursor -= atom.header.height;
    } else if (!fresh) cursor -= atom.gap;
    page().push({ atom, top: cursor });
    cursor -= atom.height;
  };
  for (const group of chains(atoms)) {
    const lead = group[0];
    if (lead === undefined) continue;
    const needed = heightOf(group);
    const splits = needed > room;
    if (!splits && page().length > 0 && cursor - lead.gap - needed < floor) turn();
    for (const atom of group) {
      if (page().length > 0 && cursor - atom.gap - atom.height < floor) turn();
      put(atom);
    }
  }
  return pages;
}

/** A run of pages with one geometry and its own page numbers (each annex is one). */
export type Section = {
  readonly geometry: PageGeometry;
  readonly atoms: readonly Atom[];
  /** Called once per page after its atoms, for page numbers and footers. */
  readonly finishPage?: (sheet: Sheet, page: number, pages: number) => void;
};

/** Draws sections one after another, each from a new page. Gives the number of pages of each. */
export function drawSections(
  pdf: PDFDocument,
  faces: Faces,
  sections: readonly Section[],
): readonly number[] {
  return sections.map((section) => {
    const pages = paginate(section.atoms, section.geometry);
    pages.forEach((placed, index) => {
      const sheet = addSheet(pdf, faces, section.geometry);
      for (const { atom, top } of placed) atom.draw(sheet, top);
      section.finishPage?.(sheet, index + 1, pages.length);
    });
    return pages.length;
  });
}

/** Page number of administrative documents: top margin, centred, not on page 1 (Phụ lục I, I.7). */
export function numberInTopMargin(faces: Faces): (sheet: Sheet, page: number) => void {
  const measure = measureWith(faces);
  return (sheet, page) => {
    if (page === 1) return;
    const text = String(page);
    const { geometry } = sheet;
    const centre = geometry.left + (geometry.width - geometry.left - geometry.right) / 2;
    const x = centre - measure(text, 'regular', 13) / 2;
    sheet.text([{ text, face: 'regular', size: 13 }], x, geometry.height - geometry.top * 0.66);
  };
}
