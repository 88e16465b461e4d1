import { formatDay, formatDocumentNumber } from '../text/vi-format';
import { openPdf, type PrintFonts } from './faces';
import { mm, type PageGeometry } from './geometry';
import { breakOrganisationName } from './letterhead';
import { measureWith } from './lines';
import { drawLines } from './paragraphs';
import { addSheet, stampRed } from './sheet';
import { printTexts } from './texts';

/** What stands in the dấu ĐẾN. */
export type ArrivalStamp = {
  readonly issuer: string;
  readonly number: number;
  /** `YYYY-MM-DD`. */
  readonly date: string;
  readonly forwardedTo: string;
  readonly fileSymbol: string;
  readonly createdAt?: string;
};

const label: PageGeometry = { width: mm(50), height: mm(35), top: 0, bottom: 0, left: 0, right: 0 };
const inset = mm(1);

/**
 * Dấu "ĐẾN" as a label page of its true size, 50 mm by 35 mm (NĐ 30/2020, Phụ lục IV, V). It is printed on
 * paper or shown over a page; it is never written into a received file.
 */
export async function typesetArrivalStamp(stamp: ArrivalStamp, fonts: PrintFonts): Promise<Uint8Array> {
  const texts = printTexts.arrival;
  const { pdf, faces } = await openPdf(fonts, {
    title: texts.title,
    author: stamp.issuer.replaceAll('\n', ' '),
    ...(stamp.createdAt === undefined ? {} : { createdAt: stamp.createdAt }),
  });
  const measure = measureWith(faces);
  const sheet = addSheet(pdf, faces, label);
  const ink = { colour: stampRed };
  const frame = { x: inset, y: inset, width: label.width - 2 * inset, height: label.height - 2 * inset };
  sheet.box(frame, { width: 1.1, ...ink });
  const column = { x: frame.x + 4, width: frame.width - 8 };
  const name = breakOrganisationName(
    stamp.issuer.replaceAll('\n', ' '),
    { size: 7.5, bold: true },
    column.width,
    measure,
  );
  const below = drawLines(sheet, name, column, label.height - inset - 3, {
    size: 7.5,
    alignment: 'centre',
    ...ink,
  });
  const title = [{ text: texts.title, face: 'bold' as const, size: 15 }];
  const titleX = column.x + (column.width - measure(texts.title, 'bold', 15)) / 2;
  sheet.text(title, titleX, below - 14, ink);
  const rows: readonly (readonly [string, string])[] = [
    [texts.number, formatDocumentNumber(stamp.number)],
    [texts.date, formatDay(stamp.date)],
    [texts.forwarded, stamp.forwardedTo],
    [texts.file, stamp.fileSymbol],
  ];
  const room = below - 18 - inset - 3;
  const step = Math.min(13, room / rows.length);
  rows.forEach(([name_, value], index) => {
    const baseline = below - 18 - step * (index + 1) + 3;
    sheet.text([{ text: name_, face: 'regular', size: 8.5 }], column.x, baseline, ink);
    const start = column.x + measure(name_, 'regular', 8.5) + 3;
    const size = Math.min(
      8.5,
      ((column.x + column.width - start) / Math.max(1, measure(value, 'bold', 8.5))) * 8.5,
    );
    sheet.text([{ text: value, face: 'bold', size }], start, baseline + 0.4, ink);
    sheet.line([start, baseline - 1.6], [column.x + column.width, baseline - 1.6], { dotted: true, ...ink });
  });
  return pdf.save({ useObjectStreams: false });
}
