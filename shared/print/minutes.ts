import { AppError } from '../result/result';
import { formatDay, formatMomentInWords, formatShare } from '../text/vi-format';
import { titleAtom } from './document';
import type { DocumentHead } from './document-types';
import { openPdf, type PrintFonts } from './faces';
import { type Atom, drawSections, numberInTopMargin } from './flow';
import { a4Portrait, type Place, textWidth } from './geometry';
import { type HeadPlaces, letterheadAtom } from './letterhead';
import { type Inline, type Measure, measureWith } from './lines';
import type { Minutes, MinutesPerson, MinutesStep, MinutesVote } from './minutes-types';
import { type Column, firstLineIndent, keepTailWithNext, paragraphAtoms } from './paragraphs';
import { type BlockPlaces, receiversAtoms, signerColumn } from './signing-block';
import { tableAtoms } from './table';
import { printTexts } from './texts';

/** Where the two persons sign and, if the office seals its minutes, where the seal belongs. */
export type MinutesPlaces = {
  readonly numberField: Place;
  readonly secretarySignature: Place;
  readonly chairSignature: Place;
  /** Over the left third of the chair's signature. */
  readonly organSignature: Place;
};

export type TypesetMinutes = { readonly pdf: Uint8Array; readonly places: MinutesPlaces };

const column: Column = { x: a4Portrait.left, width: textWidth(a4Portrait) };
const size = 14;
const texts = printTexts.minutes;
const running = { size, alignment: 'justify' as const, indent: firstLineIndent };

function paragraph(inline: Inline, measure: Measure): readonly Atom[] {
  return paragraphAtoms(inline, column, running, measure);
}

function labelled(label: string, value: string): Inline {
  return [{ text: label, bold: true }, { text: ` ${value}` }];
}

function withPosition(person: MinutesPerson): string {
  return person.position === '' ? person.name : `${person.name} (${person.position})`;
}

function attendanceLines(minutes: Minutes): readonly string[] {
  const { summoned, present, absent, guests, quorum } = minutes.attendance;
  const people = present.map(withPosition).join('; ');
  const missing = absent.map((person) => {
    const reason = person.reason === '' ? texts.noReason : `${texts.reason} ${person.reason}`;
    return `+ ${withPosition(person)}, ${reason};`;
  });
  return [
    `${texts.present(present.length, summoned)}${people === '' ? '.' : `: ${people}.`}`,
    ...(absent.length === 0 ? [texts.noAbsent] : [`${texts.absent(absent.length)}:`, ...closeList(missing)]),
    ...(guests.length === 0 ? [] : [`${texts.guests} ${guests.map(withPosition).join('; ')}.`]),
    texts.quorum(quorum.rule, quorum.met),
  ];
}

/** The last item of a list ends with a full stop. */
function closeList(items: readonly string[]): readonly string[] {
  return items.map((item, index) => (index === items.length - 1 ? item.replace(/;$/u, '.') : item));
}

function voteAtoms(vote: MinutesVote, measure: Measure): readonly Atom[] {
  const share = (count: number) => (vote.base.count === 0 ? '' : formatShare(count / vote.base.count));
  const [opinion, people, percent] = texts.voteColumns;
  const table = {
    columns: [
      { title: opinion, share: 50, alignment: 'left' as const },
      { title: people, share: 20, alignment: 'centre' as const },
      { title: percent, share: 20, alignment: 'centre' as const },
    ],
    rows: vote.counts.map(({ label, count }) => [label, String(count), share(count)]),
  };
  const inner = { x: column.x + firstLineIndent, width: column.width - firstLineIndent };
  const rows = tableAtoms(table, { column: inner, geometry: a4Portrait, size: 12, measure }, 6);
  const outcome = vote.passed ? texts.passed : texts.rejected;
  const question = `${vote.question} ${texts.voteMethod} ${vote.method}. ${texts.voteBase(vote.base.name, vote.base.count)}`;
  const verdict: Inline = [
    { text: `${texts.threshold} ${vote.threshold}. ${texts.result} ` },
    { text: outcome, bold: true },
  ];
  return [
    ...paragraphAtoms(labelled(texts.vote, question), column, { ...running, keepNext: true }, measure),
    ...rows.map((row) => ({ ...row, keepNext: true })),
    ...paragraph(verdict, measure),
  ];
}

function stepAtoms(step: MinutesStep, index: number, measure: Measure): readonly Atom[] {
  const title = `${index + 1}. ${step.title}`;
  return [
    ...paragraphAtoms(title, column, { ...running, bold: true, keepNext: true }, measure),
    ...step.paragraphs.flatMap((text) => paragraph(text, measure)),
    ...step.votes.flatMap((vote) => voteAtoms(vote, measure)),
  ];
}

function conclusionAtoms(minutes: Minutes, measure: Measure): readonly Atom[] {
  if (minutes.conclusions.length === 0) return [];
  const heading = { ...running, bold: true, keepNext: true };
  const items = minutes.conclusions.map(({ text, owner, due }) => {
    const parts = [
      text.trimEnd().replace(/[.;]$/u, ''),
      ...(owner === '' ? [] : [`${texts.owner} ${owner}`]),
      ...(due === '' ? [] : [`${texts.due} ${formatDay(due)}`]),
    ];
    return `- ${parts.join('; ')}.`;
  });
  return [
    ...paragraphAtoms(texts.conclusions, column, heading, measure),
    ...items.flatMap((item) => paragraph(item, measure)),
  ];
}

function closingText(endedAt: string): string {
  if (endedAt !== '') return `${texts.ended} ${formatMomentInWords(endedAt)}${printTexts.end}`;
  return `${texts.ended} …… giờ …… phút, ngày …… tháng …… năm ………${printTexts.end}`;
}

function signaturesAtom(minutes: Minutes, measure: Measure, left: BlockPlaces, right: BlockPlaces): Atom {
  const half = column.width * 0.46;
  const rightColumn = { x: column.x + column.width - half, width: half };
  const secretary = signerColumn(
    { authority: [texts.secretaryTitle], name: minutes.secretary.name },
    { x: column.x, width: half },
    measure,
    left,
  );
  const chair = signerColumn(
    { authority: [texts.chairTitle], name: minutes.chair.name },
    rightColumn,
    measure,
    right,
    minutes.sealDiameter,
  );
  return {
    height: Math.max(secretary.height, chair.height),
    gap: 16,
    keepNext: false,
    draw: (sheet, top) => {
      secretary.draw(sheet, top);
      chair.draw(sheet, top);
    },
  };
}

function contentAtoms(minutes: Minutes, measure: Measure): readonly Atom[] {
  return [
    ...paragraph(labelled(texts.startedAt, `${formatMomentInWords(minutes.startedAt)}.`), measure),
    ...paragraph(labelled(texts.venue, `${minutes.venue}.`), measure),
    ...paragraphAtoms(
      [{ text: texts.attendance, bold: true }],
      column,
      { ...running, keepNext: true },
      measure,
    ),
    ...attendanceLines(minutes).flatMap((line) => paragraph(line, measure)),
    ...paragraph(labelled(texts.chair, `${withPosition(minutes.chair)}.`), measure),
    ...paragraph(labelled(texts.secretary, `${withPosition(minutes.secretary)}.`), measure),
    ...paragraphAtoms(
      [{ text: texts.proceedings, bold: true }],
      column,
      { ...running, keepNext: true },
      measure,
    ),
    ...minutes.proceedings.flatMap((step, index) => stepAtoms(step, index, measure)),
    ...conclusionAtoms(minutes, measure),
    ...paragraph(closingText(minutes.endedAt), measure),
  ];
}

/**
 * Sets the minutes of a meeting by NĐ 30/2020, Phụ lục III, Mẫu 1.9: start, venue, attendance with
 * reasons, chair, secretary, proceedings with votes and the rule each was judged by, conclusions, end,
 * two signatures. Gives the PDF and the places for signing (points, pages from 0).
 */
export async function typesetMinutes(minutes: Minutes, fonts: PrintFonts): Promise<TypesetMinutes> {
  const { pdf, faces } = await openPdf(fonts, {
    title: `${texts.title} - ${minutes.title}`,
    author: minutes.issuer.replaceAll('\n', ' '),
    ...(minutes.createdAt === undefined ? {} : { createdAt: minutes.createdAt }),
  });
  const measure = measureWith(faces);
  const head: DocumentHead = { ...minutes, place: '', date: null };
  const places: HeadPlaces = {};
  const left: BlockPlaces = {};
  const right: BlockPlaces = {};
  const atoms = [
    letterheadAtom(head, { withoutDate: true }, column, measure, places),
    titleAtom(texts.title, minutes.title, column, measure, 16),
    ...keepTailWithNext(contentAtoms(minutes, measure)),
    signaturesAtom(minutes, measure, left, right),
    ...receiversAtoms(
      [
        ...minutes.receivers.map(({ name, tag }) => `- ${name}${tag === undefined ? '' : ` (${tag})`};`),
        `- ${texts.archive}`,
      ],
      column,
      measure,
    ),
  ];
  drawSections(pdf, faces, [{ geometry: a4Portrait, atoms, finishPage: numberInTopMargin(faces) }]);
  const bytes = await pdf.save({ useObjectStreams: false });
  if (!places.numberField || !left.person || !right.person || !right.organ) {
    throw new AppError('INTERNAL', 'signing places');
  }
  return {
    pdf: bytes,
    places: {
      numberField: places.numberField,
      secretarySignature: left.person,
      chairSignature: right.person,
      organSignature: right.organ,
    },
  };
}
