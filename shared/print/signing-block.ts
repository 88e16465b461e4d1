import type { Receiver, SigningBlock } from './document-types';
import type { Atom } from './flow';
import { mm, type Place } from './geometry';
import { breakEvenly, breakLines, type Line, type Measure, toSpans } from './lines';
import { type Column, drawLines, leadingOf } from './paragraphs';
import type { Sheet } from './sheet';
import { printTexts } from './texts';

const titleSize = 14;
const headingSize = 12;
const listSize = 11;
/** Room between the signer's title and name. */
const signatureRoom = mm(30);
const signatureImage = { width: mm(45), height: mm(22) };
const usualSealDiameter = 36;

/** The rectangles that one signer's block leaves for the signature and the seal. */
export type BlockPlaces = { person?: Place; organ?: Place };

/** Height and drawing of title, room for the signature, and name, centred in a column (boxes 7a, 7b, 7c, 8). */
export type SignerColumn = {
  readonly height: number;
  readonly draw: (sheet: Sheet, top: number) => void;
};

/** Lays out one signer in a column and reports where signature and seal belong when it is drawn. */
export function signerColumn(
  signing: SigningBlock,
  column: Column,
  measure: Measure,
  places: BlockPlaces,
  sealDiameter: number = usualSealDiameter,
): SignerColumn {
  const style = { size: titleSize, bold: true };
  const titles = signing.authority.flatMap((line) =>
    breakEvenly(toSpans(line, style), column.width, measure),
  );
  const name = breakEvenly(toSpans(signing.name, style), column.width, measure);
  const leading = leadingOf(titleSize);
  return {
    height: (titles.length + name.length) * leading + signatureRoom,
    draw: (sheet, top) => {
      const below = drawLines(sheet, titles, column, top, { size: titleSize, alignment: 'centre' });
      drawLines(sheet, name, column, below - signatureRoom, { size: titleSize, alignment: 'centre' });
      const width = Math.min(signatureImage.width, column.width);
      const x = column.x + (column.width - width) / 2;
      const middle = below - signatureRoom / 2;
      const { height } = signatureImage;
      places.person = { page: sheet.index, x, y: middle - height / 2, width, height };
      const seal = mm(sealDiameter);
      places.organ = {
        page: sheet.index,
        x: x + width / 3 - seal,
        y: middle - seal / 2,
        width: seal,
        height: seal,
      };
    },
  };
}

/** Lines of Nơi nhận without the heading: each with a dash and semicolon, the archive line last (box 9b). */
export function receiverTexts(
  receivers: readonly Receiver[],
  archive: string,
  repliesToAddressee: boolean,
): readonly string[] {
  const listed = receivers.map(({ name, tag }) => `- ${name}${tag === undefined ? '' : ` (${tag})`};`);
  const first = repliesToAddressee ? [`- ${printTexts.asAbove};`] : [];
  const kept = archive === '' ? printTexts.archivePlace : `${printTexts.archivePlace}, ${archive}`;
  return [...first, ...listed, `- ${printTexts.archive} ${kept}.`];
}

function listLines(texts: readonly string[], width: number, measure: Measure): readonly Line[] {
  return texts.flatMap((text) =>
    breakLines(toSpans(text, { size: listSize }), { first: width, rest: width }, measure),
  );
}

function receiverLineAtom(line: Line, column: Column): Atom {
  return {
    height: leadingOf(listSize),
    gap: 0,
    keepNext: false,
    draw: (sheet, top) => {
      drawLines(sheet, [line], column, top, { size: listSize, alignment: 'left' });
    },
  };
}

/** Nơi nhận at the left margin as flowing lines, for forms that put it under the signatures. */
export function receiversAtoms(texts: readonly string[], column: Column, measure: Measure): readonly Atom[] {
  const heading = breakLines(
    toSpans(printTexts.receivers, { size: headingSize, bold: true, italic: true }),
    { first: column.width, rest: column.width },
    measure,
  );
  const headingAtom: Atom = {
    height: leadingOf(headingSize),
    gap: 8,
    keepNext: true,
    draw: (sheet, top) => {
      drawLines(sheet, heading, column, top, { size: headingSize, alignment: 'left' });
    },
  };
  return [
    headingAtom,
    ...listLines(texts, column.width, measure).map((line) => receiverLineAtom(line, column)),
  ];
}

/**
 * Nơi nhận on the left and the signer on the right, on one height (boxes 7 to 9b). A list of receivers
 * longer than the signer's block runs on below it, over pages if need be.
 */
export function signingAtoms(
  signing: SigningBlock,
  receivers: readonly string[],
  column: Column,
  measure: Measure,
  places: BlockPlaces,
  sealDiameter?: number,
): readonly Atom[] {
  const left = { x: column.x, width: column.width * 0.43 };
  const right = { x: column.x + column.width * 0.46, width: column.width * 0.54 };
  const signer = signerColumn(signing, right, measure, places, sealDiameter);
  const list = listLines(receivers, left.width, measure);
  const leading = leadingOf(listSize);
  const headHeight = leadingOf(headingSize);
  const beside = Math.max(1, Math.floor((signer.height - headHeight) / leading));
  const heading = breakLines(
    toSpans(printTexts.receivers, { size: headingSize, bold: true, italic: true }),
    { first: left.width, rest: left.width },
    measure,
  );
  const block: Atom = {
    height: signer.height,
    gap: 14,
    keepNext: list.length > beside,
    draw: (sheet, top) => {
      signer.draw(sheet, top);
      const below = drawLines(sheet, heading, left, top, { size: headingSize, alignment: 'left' });
      drawLines(sheet, list.slice(0, beside), left, below, { size: listSize, alignment: 'left' });
    },
  };
  return [block, ...list.slice(beside).map((line) => receiverLineAtom(line, left))];
}
