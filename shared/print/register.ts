import { formatDay, formatDocumentNumber } from '../text/vi-format';
import { openPdf, type PrintFonts } from './faces';
import { type Atom, drawSections, type Section } from './flow';
import { a4Landscape, mm, textHeight, textWidth } from './geometry';
import { breakOrganisationName } from './letterhead';
import { breakEvenly, type Measure, measureWith, toSpans } from './lines';
import { drawCentredRule, drawLines, paragraphAtoms } from './paragraphs';
import { registerCells } from './register-rows';
import { type RegisterCover, type RegisterKind, type RegisterRows, registerColumns } from './register-types';
import type { Sheet } from './sheet';
import { tableAtoms } from './table';
import { printTexts } from './texts';

const geometry = { ...a4Landscape, right: mm(15), top: mm(20), bottom: mm(20) };
const column = { x: geometry.left, width: textWidth(geometry) };
const cellSize = 10.5;
const footerSize = 10.5;

function coverLines(cover: RegisterCover): readonly string[] {
  const texts = printTexts.register;
  const number = (value: number | null) =>
    value === null || value === 0 ? '……' : formatDocumentNumber(value);
  return [
    `${texts.year} ${cover.year}`,
    `${texts.from} ${formatDay(cover.from)} ${texts.to} ${formatDay(cover.to)}`,
    `${texts.fromNumber} ${number(cover.fromNumber)} ${texts.toNumber} ${number(cover.toNumber)}`,
    `${texts.volume} ${formatDocumentNumber(cover.volume)}`,
    ...(cover.series === undefined ? [] : [`${texts.series} ${cover.series}`]),
    ...(cover.closedOn === undefined ? [] : [`${texts.closed} ${formatDay(cover.closedOn)}`]),
  ];
}

/** The cover: superior and issuer on top, the title in the middle, year, days, numbers and volume beneath. */
function coverAtom(kind: RegisterKind, cover: RegisterCover, measure: Measure): Atom {
  const inner = { x: column.x + mm(20), width: column.width - mm(40) };
  const superior = breakOrganisationName(
    cover.superior.replaceAll('\n', ' '),
    { size: 14 },
    inner.width,
    measure,
  );
  const issuer = breakOrganisationName(
    cover.issuer.replaceAll('\n', ' '),
    { size: 14, bold: true },
    inner.width,
    measure,
  );
  const title = breakEvenly(
    toSpans(printTexts.register[kind], { size: 26, bold: true }),
    inner.width,
    measure,
  );
  return {
    height: textHeight(geometry),
    gap: 0,
    keepNext: false,
    draw: (sheet, top) => {
      const height = textHeight(geometry);
      const frame = { x: column.x, y: top - height, width: column.width, height };
      sheet.box(frame, { width: 1.6 });
      sheet.box(
        { x: frame.x + 4, y: frame.y + 4, width: frame.width - 8, height: height - 8 },
        { width: 0.6 },
      );
      const centre = { alignment: 'centre' as const };
      const below = drawLines(sheet, superior, inner, top - mm(12), { size: 14, ...centre });
      const names = drawLines(sheet, issuer, inner, below, { size: 14, ...centre });
      drawCentredRule(sheet, inner, names - 3, issuer.at(-1)?.width ?? 0, 0.4);
      const titled = drawLines(sheet, title, inner, top - mm(52), { size: 26, ...centre });
      const details = coverLines(cover).flatMap((text) =>
        breakEvenly(toSpans(text, { size: 15 }), inner.width, measure),
      );
      drawLines(sheet, details, inner, titled - mm(14), { size: 15, leading: 27, ...centre });
    },
  };
}

function pageFooter(measure: Measure): (sheet: Sheet, page: number, pages: number) => void {
  return (sheet, page, pages) => {
    const text = printTexts.page(page, pages);
    const x = column.x + column.width - measure(text, 'regular', footerSize);
    sheet.text([{ text, face: 'regular', size: footerSize }], x, geometry.bottom - mm(8));
  };
}

/**
 * Prints a register book: A4 landscape, cover, then the ten columns of NĐ 30/2020, Phụ lục IV with their
 * numbers, heading repeated on every page, "Trang n/m" counted without the cover, signature column empty.
 */
export async function typesetRegister<K extends RegisterKind>(
  kind: K,
  cover: RegisterCover,
  rows: RegisterRows[K],
  fonts: PrintFonts,
): Promise<Uint8Array> {
  const { pdf, faces } = await openPdf(fonts, {
    title: `${printTexts.register[kind]} ${cover.year}`,
    author: cover.issuer.replaceAll('\n', ' '),
    ...(cover.createdAt === undefined ? {} : { createdAt: cover.createdAt }),
  });
  const measure = measureWith(faces);
  const table = { columns: registerColumns[kind], rows: registerCells(kind, rows), numbered: true };
  const entries = tableAtoms(table, { column, geometry, size: cellSize, measure }, 0);
  const empty = { size: 12, italic: true, alignment: 'centre' as const, gap: 12 };
  const note = rows.length === 0 ? paragraphAtoms(printTexts.register.empty, column, empty, measure) : [];
  const sections: readonly Section[] = [
    { geometry, atoms: [coverAtom(kind, cover, measure)] },
    { geometry, atoms: [...entries, ...note], finishPage: pageFooter(measure) },
  ];
  drawSections(pdf, faces, sections);
  return pdf.save({ useObjectStreams: true });
}
