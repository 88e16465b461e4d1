import { AppError } from '../result/result';
import { bodyAtoms, endBody } from './blocks';
import type { Annex, OfficialDocument, SigningPlaces } from './document-types';
import { type Faces, openPdf, type PrintFonts } from './faces';
import { type Atom, drawSections, numberInTopMargin, type Section } from './flow';
import { a4Landscape, a4Portrait, textWidth } from './geometry';
import { type HeadPlaces, letterheadAtom } from './letterhead';
import { breakEvenly, type Line, type Measure, measureWith, toSpans } from './lines';
import {
  type Column,
  drawCentredRule,
  drawLines,
  firstLineIndent,
  keepTailWithNext,
  leadingOf,
  paragraphAtoms,
} from './paragraphs';
import { type BlockPlaces, receiverTexts, signingAtoms } from './signing-block';
import { printTexts } from './texts';

/** A typeset document and where its signatures, number and date belong. */
export type TypesetDocument = { readonly pdf: Uint8Array; readonly places: SigningPlaces };

const portraitColumn: Column = { x: a4Portrait.left, width: textWidth(a4Portrait) };

/** Centred lines with a rule of 1/3 to 1/2 of the last one beneath: tên loại and trích yếu (box 5a). */
export function titleAtom(
  type: string,
  subject: string,
  column: Column,
  measure: Measure,
  gap: number,
): Atom {
  const style = { size: 14, bold: true };
  const width = column.width * 0.84;
  const typeLines: readonly Line[] = type === '' ? [] : breakEvenly(toSpans(type, style), width, measure);
  const subjectLines = subject === '' ? [] : breakEvenly(toSpans(subject, style), width, measure);
  const lines = [...typeLines, ...subjectLines];
  return {
    height: lines.length * leadingOf(14) + 10,
    gap,
    keepNext: true,
    draw: (sheet, top) => {
      const bottom = drawLines(sheet, lines, column, top, { size: 14, alignment: 'centre' });
      drawCentredRule(sheet, column, bottom - 4.5, lines.at(-1)?.width ?? 0, 0.4);
    },
  };
}

/** Kính gửi: one addressee on the same line; more listed under the colon (box 9a). */
export function addresseeAtoms(
  addressees: readonly string[],
  column: Column,
  measure: Measure,
): readonly Atom[] {
  const style = { size: 14, gap: 12, keepNext: true };
  const [only] = addressees;
  if (only === undefined) return [];
  if (addressees.length === 1) {
    return paragraphAtoms(
      `${printTexts.addressee} ${only}`,
      column,
      { ...style, alignment: 'centre' },
      measure,
    );
  }
  const labelWidth = measure(printTexts.addressee, 'regular', 14);
  const widest = Math.max(...addressees.map((name) => measure(`- ${name};`, 'regular', 14)));
  const start = Math.max(firstLineIndent, (column.width - labelWidth - widest) / 2);
  const inset = start + labelWidth - measure(':', 'regular', 14);
  const label = paragraphAtoms(
    printTexts.addressee,
    column,
    { ...style, alignment: 'left', inset: start },
    measure,
  );
  const listed = addressees.flatMap((name, index) => {
    const end = index === addressees.length - 1 ? '.' : ';';
    const line = { ...style, gap: 2, inset, alignment: 'left' as const };
    return paragraphAtoms(`- ${name}${end}`, column, line, measure);
  });
  return [...label, ...listed];
}

function basisAtoms(bases: readonly string[], size: number, measure: Measure): readonly Atom[] {
  const style = { size, italic: true, alignment: 'justify' as const, indent: firstLineIndent };
  return bases.flatMap((basis, index) => {
    const end = index === bases.length - 1 ? '.' : ';';
    const text = basis.trimEnd().replace(/[.;]$/u, '') + end;
    return paragraphAtoms(text, portraitColumn, style, measure);
  });
}

function openingAtoms(doc: OfficialDocument, measure: Measure, places: HeadPlaces): readonly Atom[] {
  const letter = doc.typeName === '';
  const centred = { size: 14, bold: true, alignment: 'centre' as const, gap: 10, keepNext: true };
  const extras = {
    ...(letter ? { about: doc.subject } : {}),
    ...(doc.circulation === undefined ? {} : { circulation: doc.circulation }),
    urgency: doc.urgency,
  };
  const size = doc.bodySize ?? 14;
  return [
    letterheadAtom(doc, extras, portraitColumn, measure, places),
    ...(letter ? [] : [titleAtom(doc.typeName, doc.subject, portraitColumn, measure, 16)]),
    ...addresseeAtoms(doc.addressees, portraitColumn, measure),
    ...(doc.authority === undefined ? [] : paragraphAtoms(doc.authority, portraitColumn, centred, measure)),
    ...basisAtoms(doc.bases, size, measure),
    ...(doc.enacting === undefined ? [] : paragraphAtoms(doc.enacting, portraitColumn, centred, measure)),
  ];
}

/** The line that ties an annex to its document; on electronic documents its blanks stay open (Phụ lục I, III.1.c). */
function annexNote(doc: OfficialDocument): string {
  const type =
    doc.typeName === '' ? 'Công văn' : doc.typeName.charAt(0) + doc.typeName.slice(1).toLowerCase();
  const { dayWord, monthWord, yearWord, issuedBy } = printTexts;
  const blank = '      ';
  const issuer = doc.issuerInText ?? doc.issuer.replaceAll('\n', ' ');
  const date = `${dayWord}${blank}${monthWord}${blank}${yearWord}${blank}`.replaceAll(' ', '\u00a0');
  return `${printTexts.annexOf(type)}\u00a0\u00a0\u00a0\u00a0\u00a0/${doc.symbol} ${date} ${issuedBy} ${issuer})`;
}

const romanNumbers = [
  'I',
  'II',
  'III',
  'IV',
  'V',
  'VI',
  'VII',
  'VIII',
  'IX',
  'X',
  'XI',
  'XII',
  'XIII',
  'XIV',
  'XV',
];

function annexSection(
  doc: OfficialDocument,
  annex: Annex,
  index: number,
  faces: Faces,
  measure: Measure,
): Section {
  const geometry = annex.landscape === true ? a4Landscape : a4Portrait;
  const column = { x: geometry.left, width: textWidth(geometry) };
  const alone = (doc.annexes ?? []).length === 1;
  const label = alone ? printTexts.annex : `${printTexts.annex} ${romanNumbers[index] ?? String(index + 1)}`;
  const centred = { size: 14, alignment: 'centre' as const, gap: 0, keepNext: true };
  const note: Atom = {
    height: 10,
    gap: 0,
    keepNext: true,
    draw: (sheet, top) => drawCentredRule(sheet, column, top - 4.5, 180, 0.4),
  };
  return {
    geometry,
    atoms: [
      ...paragraphAtoms(label, column, { ...centred, bold: true }, measure),
      ...paragraphAtoms(annex.title.toUpperCase(), column, { ...centred, bold: true }, measure),
      ...paragraphAtoms(annexNote(doc), column, { ...centred, size: 13, italic: true }, measure),
      note,
      ...bodyAtoms(annex.blocks, { column, geometry, size: doc.bodySize ?? 14, measure }),
    ],
    finishPage: numberInTopMargin(faces),
  };
}

/**
 * Sets an administrative document by NĐ 30/2020, Phụ lục I, in the forms of Phụ lục III (Mẫu 1.1 to 1.7):
 * A4 pages, annexes with their own page numbers, text that can be extracted. Gives the PDF and the
 * rectangles (points, pages from 0) that numbering and signing fill later.
 */
export async function typesetDocument(doc: OfficialDocument, fonts: PrintFonts): Promise<TypesetDocument> {
  const { pdf, faces } = await openPdf(fonts, {
    title: [doc.typeName, doc.subject].filter((part) => part !== '').join(' - '),
    author: doc.issuer.replace(/\n/gu, ' '),
    ...(doc.createdAt === undefined ? {} : { createdAt: doc.createdAt }),
  });
  const measure = measureWith(faces);
  const head: HeadPlaces = {};
  const block: BlockPlaces = {};
  const setting = { column: portraitColumn, geometry: a4Portrait, size: doc.bodySize ?? 14, measure };
  const receivers = receiverTexts(doc.receivers, doc.archive, doc.addressees.length > 0);
  const main: Section = {
    geometry: a4Portrait,
    atoms: [
      ...openingAtoms(doc, measure, head),
      ...keepTailWithNext(bodyAtoms(endBody(doc.body), setting)),
      ...signingAtoms(doc.signing, receivers, portraitColumn, measure, block, doc.sealDiameter),
    ],
    finishPage: numberInTopMargin(faces),
  };
  const annexes = (doc.annexes ?? []).map((annex, index) => annexSection(doc, annex, index, faces, measure));
  drawSections(pdf, faces, [main, ...annexes]);
  // Classic cross-reference table: every signing and checking tool can append to it.
  const bytes = await pdf.save({ useObjectStreams: false });
  const { numberField, dateField } = head;
  const { person, organ } = block;
  if (!numberField || !dateField || !person || !organ) throw new AppError('INTERNAL', 'signing places');
  return {
    pdf: bytes,
    places: { numberField, dateField, personSignature: person, organSignature: organ },
  };
}
