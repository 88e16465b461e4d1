import { formatDay } from '../text/vi-format';
import { titleAtom } from './document';
import { openPdf, type PrintFonts } from './faces';
import { type Atom, drawSections } from './flow';
import { a4Portrait, textWidth } from './geometry';
import { measureWith } from './lines';
import { leadingOf, paragraphAtoms } from './paragraphs';
import { printTexts } from './texts';

/** Both halves of a recovery key, each for a sheet of its own. */
export type RecoveryKitSheets = {
  readonly unitName: string;
  readonly deviceName: string;
  /** Number of the kit; the same on both sheets. */
  readonly kit: string;
  /** `YYYY-MM-DD`. */
  readonly madeOn: string;
  readonly halves: readonly { readonly holder: 'clerk' | 'leader'; readonly rows: readonly string[] }[];
};

const column = { x: a4Portrait.left, width: textWidth(a4Portrait) };
const size = 13;
const rowSize = 20;

/** One row of the key: its number, and its letters wide apart, to be copied by hand. */
function rowAtom(index: number, row: string): Atom {
  const height = leadingOf(rowSize) + 6;
  return {
    height,
    gap: index === 0 ? 12 : 0,
    keepNext: true,
    draw: (sheet, top) => {
      const baseline = top - rowSize - 4;
      sheet.text([{ text: `${index + 1}.`, face: 'regular', size }], column.x + 70, baseline);
      const letters = row.replace(/(.)(?=.)/g, '$1 ');
      sheet.text([{ text: letters, face: 'bold', size: rowSize }], column.x + 110, baseline);
      sheet.line([column.x + 70, baseline - 7], [column.x + column.width - 60, baseline - 7], { width: 0.4 });
    },
  };
}

/**
 * Bộ khóa khôi phục: one sheet for the văn thư and one for the lãnh đạo, each with its half of the key in numbered rows,
 * what it is for and how it is kept.
 */
export async function typesetRecoveryKit(kit: RecoveryKitSheets, fonts: PrintFonts): Promise<Uint8Array> {
  const texts = printTexts.recoveryKit;
  const { pdf, faces } = await openPdf(fonts, { title: texts.title, author: kit.unitName });
  const measure = measureWith(faces);
  const centred = { size, alignment: 'centre' as const, gap: 4 };
  const running = { size, alignment: 'justify' as const, gap: 6 };
  const sheetOf = ({ holder, rows }: RecoveryKitSheets['halves'][number]): readonly Atom[] => [
    titleAtom(texts.title, '', column, measure, 0),
    ...paragraphAtoms(texts.holders[holder], column, { ...centred, bold: true }, measure),
    ...paragraphAtoms(kit.unitName, column, centred, measure),
    ...paragraphAtoms(texts.device(kit.deviceName), column, centred, measure),
    ...paragraphAtoms(texts.kit(kit.kit.toUpperCase(), formatDay(kit.madeOn)), column, centred, measure),
    ...rows.map((row, index) => rowAtom(index, row)),
    ...texts.notes.flatMap((note, index) =>
      paragraphAtoms(note, column, index === 0 ? { ...running, gap: 20 } : running, measure),
    ),
  ];
  drawSections(
    pdf,
    faces,
    kit.halves.map((half) => ({ geometry: a4Portrait, atoms: sheetOf(half) })),
  );
  return pdf.save({ useObjectStreams: false });
}
