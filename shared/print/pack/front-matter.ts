import { formatMomentInWords } from '../../text/vi-format';
import type { Faces } from '../faces';
import { type Atom, paginate, type Section } from '../flow';
import { a4Portrait, mm, type Place, textHeight, textWidth } from '../geometry';
import { breakOrganisationName } from '../letterhead';
import { breakEvenly, type Inline, type Measure, measureWith, toSpans } from '../lines';
import { type Column, drawCentredRule, drawLines, paragraphAtoms } from '../paragraphs';
import { tableAtoms } from '../table';
import { printTexts } from '../texts';
import type { PackMeeting } from './pack-types';

const texts = printTexts.pack;
const geometry = { ...a4Portrait, left: mm(25), right: mm(20), bottom: mm(22) };
const column: Column = { x: geometry.left, width: textWidth(geometry) };

/** One agenda item with the papers under it and the pages (from 1) they begin on; 0 while not known. */
export type ContentsItem = {
  readonly title: string;
  readonly presenter: string;
  readonly minutes: number;
  readonly papers: readonly { readonly title: string; readonly page: number }[];
};

function coverAtom(meeting: PackMeeting, summary: string, measure: Measure): Atom {
  const name = (text: string, bold: boolean) =>
    breakOrganisationName(text.replaceAll('\n', ' '), { size: 13, bold }, column.width - mm(10), measure);
  const superior = meeting.superior === '' ? [] : name(meeting.superior, false);
  const issuer = name(meeting.issuer, true);
  const wide = column.width - mm(16);
  const kind = breakEvenly(toSpans(texts.title, { size: 22, bold: true }), wide, measure);
  const title = breakEvenly(toSpans(meeting.title, { size: 17, bold: true }), wide, measure);
  const facts: readonly (readonly [string, string])[] = [
    [texts.time, formatMomentInWords(meeting.startsAt)],
    [texts.place, meeting.venue],
    ...(meeting.chair === '' ? [] : ([[texts.chair, meeting.chair]] as const)),
  ];
  const lines = facts.map(([label, value]) =>
    breakEvenly(toSpans([{ text: `${label} ` }, { text: value, bold: true }], { size: 14 }), wide, measure),
  );
  const foot = breakEvenly(toSpans(summary, { size: 12, italic: true }), wide, measure);
  const height = textHeight(geometry);
  return {
    height,
    gap: 0,
    keepNext: false,
    draw: (sheet, top) => {
      sheet.box({ x: column.x, y: top - height, width: column.width, height }, { width: 1.4 });
      sheet.box(
        { x: column.x + 4, y: top - height + 4, width: column.width - 8, height: height - 8 },
        { width: 0.5 },
      );
      const centre = { alignment: 'centre' as const };
      const below = drawLines(sheet, superior, column, top - mm(12), { size: 13, ...centre });
      const names = drawLines(sheet, issuer, column, below, { size: 13, ...centre });
      drawCentredRule(sheet, column, names - 3, issuer.at(-1)?.width ?? 0, 0.4);
      const head = drawLines(sheet, kind, column, top - mm(85), { size: 22, ...centre });
      const titled = drawLines(sheet, title, column, head - 10, { size: 17, leading: 24, ...centre });
      let y = titled - mm(16);
      for (const fact of lines)
        y = drawLines(sheet, fact, column, y, { size: 14, leading: 21, ...centre }) - 4;
      drawLines(sheet, foot, column, top - height + mm(14), { size: 12, ...centre });
    },
  };
}

function contentsRows(contents: readonly ContentsItem[]): readonly (readonly Inline[])[] {
  const page = (number: number) => (number === 0 ? '' : String(number));
  return contents.flatMap((item, index) => [
    [
      String(index + 1),
      [{ text: item.title, bold: true }],
      item.presenter,
      item.minutes === 0 ? '' : texts.minutes(item.minutes),
      page(item.papers[0]?.page ?? 0),
    ],
    ...item.papers.map((paper) => ['', `- ${paper.title}`, '', '', page(paper.page)]),
  ]);
}

/** A row of the agenda on its page, and the page of the pack (from 1) it stands for. */
export type AgendaRow = { readonly place: Place; readonly target: number };

/** Reports where the rows of the agenda are drawn, so that they can be linked to their pages. */
function watchRows(
  rows: readonly Atom[],
  targets: readonly number[],
  onRow: (row: AgendaRow) => void,
): readonly Atom[] {
  return rows.map((row, index) => ({
    ...row,
    draw: (sheet, top) => {
      row.draw(sheet, top);
      const box = { x: column.x, y: top - row.height, width: column.width, height: row.height };
      const target = targets[index] ?? 0;
      if (target > 0) onRow({ place: { page: sheet.index, ...box }, target });
    },
  }));
}

function rowTargets(contents: readonly ContentsItem[]): readonly number[] {
  return contents.flatMap((item) => [item.papers[0]?.page ?? 0, ...item.papers.map((paper) => paper.page)]);
}

function contentsAtoms(
  contents: readonly ContentsItem[],
  measure: Measure,
  onRow: (row: AgendaRow) => void,
): readonly Atom[] {
  const [order, content, presenter, duration, page] = texts.columns;
  const table = {
    columns: [
      { title: order, share: 10, alignment: 'centre' as const },
      { title: content, share: 88, alignment: 'left' as const },
      { title: presenter, share: 36, alignment: 'left' as const },
      { title: duration, share: 19, alignment: 'centre' as const },
      { title: page, share: 15, alignment: 'centre' as const },
    ],
    rows: contentsRows(contents),
  };
  const heading = { size: 15, bold: true, alignment: 'centre' as const, keepNext: true };
  const [header, ...rows] = tableAtoms(table, { column, geometry, size: 12, measure }, 12);
  // A row cut over two pages is not one place; such an agenda goes without links.
  const whole = rows.length === table.rows.length;
  return [
    ...paragraphAtoms(texts.agenda, column, heading, measure),
    ...(header === undefined ? [] : [header]),
    ...(whole ? watchRows(rows, rowTargets(contents), onRow) : rows),
  ];
}

/** Cover and agenda of a pack. Page numbers in the agenda do not change how many pages it takes. */
export function frontSections(
  meeting: PackMeeting,
  contents: readonly ContentsItem[],
  summary: string,
  faces: Faces,
  onRow: (row: AgendaRow) => void = () => undefined,
): readonly Section[] {
  const measure = measureWith(faces);
  return [
    { geometry, atoms: [coverAtom(meeting, summary, measure)] },
    { geometry, atoms: contentsAtoms(contents, measure, onRow) },
  ];
}

/** Number of pages of the front matter. */
export function frontPageCount(sections: readonly Section[]): number {
  return sections.reduce((sum, section) => sum + paginate(section.atoms, section.geometry).length, 0);
}

/** A page that stands for a file whose own pages are not in the pack, and says why. */
export function stationSection(
  page: {
    readonly heading: string;
    readonly title: string;
    readonly lines: readonly (readonly [string, string])[];
    readonly notes: readonly string[];
  },
  faces: Faces,
): Section {
  const measure = measureWith(faces);
  const centred = { size: 16, bold: true, alignment: 'centre' as const };
  const running = { size: 13, alignment: 'left' as const };
  return {
    geometry,
    atoms: [
      { height: mm(45), gap: 0, keepNext: true, draw: () => undefined },
      ...paragraphAtoms(page.heading, column, { ...centred, size: 13 }, measure),
      ...paragraphAtoms(page.title, column, { ...centred, gap: 10 }, measure),
      { height: mm(8), gap: 0, keepNext: false, draw: () => undefined },
      ...page.lines.flatMap(([label, value]) =>
        paragraphAtoms([{ text: `${label} ` }, { text: value, bold: true }], column, running, measure),
      ),
      ...page.notes.flatMap((note) =>
        paragraphAtoms(note, column, { ...running, italic: true, gap: 10 }, measure),
      ),
    ],
  };
}
