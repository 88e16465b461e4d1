import { formatDay, formatDayInWords, formatDocumentNumber } from '../text/vi-format';
import { titleAtom } from './document';
import type { DocumentHead } from './document-types';
import { openPdf, type PrintFonts } from './faces';
import { type Atom, drawSections, numberInTopMargin } from './flow';
import { a4Portrait, textWidth } from './geometry';
import { letterheadAtom } from './letterhead';
import { type Inline, type Measure, measureWith } from './lines';
import { firstLineIndent, leadingOf, paragraphAtoms } from './paragraphs';
import { printTexts } from './texts';

/** One opinion in a block of the slip. Days are `YYYY-MM-DD` or ''. */
export type SlipOpinion = {
  readonly author: string;
  readonly position: string;
  readonly text: string;
  readonly lead: string;
  readonly support: readonly string[];
  readonly dueDate: string;
  readonly givenOn: string;
  /** Name of the clerk who typed it from the paper slip, or ''. */
  readonly enteredBy: string;
};

/** Phiếu giải quyết văn bản đến (NĐ 30/2020, Phụ lục IV, VII). Empty blocks get lines for the pen. */
export type RoutingSlip = {
  readonly superior: string;
  readonly issuer: string;
  readonly place: string;
  readonly date: string | null;
  readonly year: number;
  readonly document: {
    readonly typeName: string;
    readonly symbol: string;
    /** `YYYY-MM-DD` or ''. */
    readonly date: string;
    readonly issuer: string;
    readonly subject: string;
  };
  readonly arrival: { readonly number: number; readonly date: string } | null;
  readonly leader: readonly SlipOpinion[];
  readonly unitHead: readonly SlipOpinion[];
  readonly handler: readonly SlipOpinion[];
  readonly createdAt?: string;
};

const column = { x: a4Portrait.left, width: textWidth(a4Portrait) };
const size = 13;
const penLines = 5;
const penLeading = 24;

function describeDocument(slip: RoutingSlip): string {
  const { typeName, symbol, date, issuer, subject } = slip.document;
  const day = date === '' ? '' : ` ${formatDayInWords(date)}`;
  const number = symbol === '' ? '' : ` số ${symbol}`;
  return `${typeName}${number}${day} của ${issuer}: ${subject}`;
}

function penAtom(): Atom {
  return {
    height: penLeading,
    gap: 0,
    keepNext: false,
    draw: (sheet, top) => {
      const y = top - penLeading + 4;
      sheet.line([column.x, y], [column.x + column.width, y], { dotted: true, width: 0.8 });
    },
  };
}

function opinionLines(opinion: SlipOpinion, dateLabel: string): readonly Inline[] {
  const texts = printTexts.slip;
  const who = opinion.position === '' ? opinion.author : `${opinion.author}, ${opinion.position}`;
  const behalf =
    opinion.enteredBy === '' ? [] : [{ text: ` ${texts.onBehalf(opinion.enteredBy)}`, italic: true }];
  const labelled = (label: string, value: string): readonly Inline[] =>
    value === '' ? [] : [[{ text: `- ${label} ` }, { text: value }]];
  return [
    [{ text: who, bold: true }, ...behalf, { text: `: ${opinion.text}` }],
    ...labelled(texts.lead, opinion.lead),
    ...labelled(texts.support, opinion.support.join('; ')),
    ...labelled(texts.due, formatDay(opinion.dueDate)),
    ...labelled(dateLabel, formatDay(opinion.givenOn)),
  ];
}

function opinionBlock(
  title: string,
  opinions: readonly SlipOpinion[],
  dateLabel: string,
  measure: Measure,
): readonly Atom[] {
  const running = { size, alignment: 'justify' as const, indent: firstLineIndent, gap: 4 };
  const heading = paragraphAtoms(title, column, { ...running, bold: true, gap: 16, keepNext: true }, measure);
  if (opinions.length > 0) {
    const lines = opinions.flatMap((opinion) => opinionLines(opinion, dateLabel));
    return [...heading, ...lines.flatMap((line) => paragraphAtoms(line, column, running, measure))];
  }
  return [...heading, ...Array.from({ length: penLines }, penAtom)];
}

/** Prints the slip that travels with an incoming document: heading, its description, three opinion blocks. */
export async function typesetRoutingSlip(slip: RoutingSlip, fonts: PrintFonts): Promise<Uint8Array> {
  const texts = printTexts.slip;
  const { pdf, faces } = await openPdf(fonts, {
    title: texts.title,
    author: slip.issuer.replaceAll('\n', ' '),
    ...(slip.createdAt === undefined ? {} : { createdAt: slip.createdAt }),
  });
  const measure = measureWith(faces);
  const head: DocumentHead = { ...slip, number: null, symbol: '', openDate: 'gaps' };
  const centred = { size, alignment: 'centre' as const };
  const arrival =
    slip.arrival === null
      ? ''
      : `${texts.arrivalNumber} ${formatDocumentNumber(slip.arrival.number)}; ${texts.arrivalDate} ${formatDay(slip.arrival.date)}`;
  const rule: Atom = {
    height: leadingOf(size),
    gap: 0,
    keepNext: false,
    draw: (sheet, top) => {
      const middle = column.x + column.width / 2;
      sheet.line([middle - 40, top - 8], [middle + 40, top - 8]);
    },
  };
  const atoms = [
    letterheadAtom(head, { withoutNumber: true }, column, measure, {}),
    { ...titleAtom(texts.title, '', column, measure, 22), keepNext: true },
    ...paragraphAtoms(describeDocument(slip), column, { ...centred, gap: 4, keepNext: true }, measure),
    ...(arrival === '' ? [] : paragraphAtoms(arrival, column, { ...centred, italic: true, gap: 4 }, measure)),
    rule,
    ...opinionBlock(texts.leader, slip.leader, texts.givenOn, measure),
    ...opinionBlock(texts.unitHead, slip.unitHead, texts.givenOn, measure),
    ...opinionBlock(texts.handler, slip.handler, texts.proposedOn, measure),
  ];
  drawSections(pdf, faces, [{ geometry: a4Portrait, atoms, finishPage: numberInTopMargin(faces) }]);
  return pdf.save({ useObjectStreams: false });
}
