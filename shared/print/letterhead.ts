import { formatDayInWords, formatDocumentNumber } from '../text/vi-format';
import type { DocumentHead, PrintUrgency } from './document-types';
import { descentRatio } from './faces';
import type { Atom } from './flow';
import { mm, type Place } from './geometry';
import { breakEvenly, type Line, type Measure, type Span, type TextStyle, toSpans } from './lines';
import { type Column, drawCentredRule, drawLines, leadingOf } from './paragraphs';
import { baselineBelow, type Sheet, stampRed } from './sheet';
import { printTexts } from './texts';

const nameSize = 12;
const mottoSize = 13;
const numberSize = 13;
const aboutSize = 12;
const markSize = 13;
const numberRoom = 36;
const columnsGap = 10;
const markHeight = mm(8);
const markWidths = { urgent: mm(20), 'very-urgent': mm(40), flash: mm(30) } as const;

/** What stands in the heading besides issuer, number and date. */
export type HeadExtras = {
  /** Trích yếu of a công văn, printed after V/v under the number (box 5b). */
  readonly about?: string;
  readonly urgency?: PrintUrgency;
  readonly circulation?: string;
  /** Biên bản and phiếu carry no place and date in the heading. */
  readonly withoutDate?: boolean;
  readonly withoutNumber?: boolean;
};

/** Rooms for number and date that the heading leaves. */
export type HeadPlaces = { numberField?: Place; dateField?: Place };

/** Words before which the name of an organisation is best broken. */
const landmarks =
  /\s(?=(?:TỈNH|HUYỆN|QUẬN|THÀNH PHỐ|THỊ XÃ|XÃ|PHƯỜNG|CÔNG TY|TRƯỜNG|KHU|BAN|MAY|THPT|TNHH|VIỆT NAM)(?:\s|$))/gu;

/** Breaks the name of an organisation so that "LAO ĐỘNG" or "CÔNG TY" is not torn apart. */
export function breakOrganisationName(
  name: string,
  style: TextStyle,
  width: number,
  measure: Measure,
): readonly Line[] {
  const whole = breakEvenly(toSpans(name, style), width, measure);
  if (whole.length === 1 || name.includes('\n')) return whole;
  const candidates = [...name.matchAll(landmarks)]
    .map((match) => `${name.slice(0, match.index)}\n${name.slice(match.index + 1)}`)
    .map((text) => breakEvenly(toSpans(text, style), width, measure))
    .filter((lines) => lines.length === 2);
  const widest = (lines: readonly Line[]) => Math.max(...lines.map((line) => line.width));
  return candidates.toSorted((one, other) => widest(one) - widest(other))[0] ?? whole;
}

type Columns = { readonly left: Column; readonly right: Column };

function headColumns(column: Column, measure: Measure): Columns {
  const nation = measure(printTexts.nation, 'bold', nameSize) + 4;
  const left = { x: column.x, width: column.width - nation - columnsGap };
  return { left, right: { x: column.x + column.width - nation, width: nation } };
}

function fieldPlace(sheet: Sheet, x: number, baseline: number, width: number, size: number): Place {
  return { page: sheet.index, x, y: baseline - size * descentRatio, width, height: size * 1.2 };
}

function drawIssuer(
  sheet: Sheet,
  superior: readonly Line[],
  issuer: readonly Line[],
  column: Column,
  top: number,
): void {
  const below = drawLines(sheet, superior, column, top, { size: nameSize, alignment: 'centre' });
  const bottom = drawLines(sheet, issuer, column, below, { size: nameSize, alignment: 'centre' });
  drawCentredRule(sheet, column, bottom - 2.5, issuer.at(-1)?.width ?? column.width, 0.45);
}

function drawNation(sheet: Sheet, column: Column, top: number, measure: Measure): void {
  const nation = breakEvenly(
    toSpans(printTexts.nation, { size: nameSize, bold: true }),
    column.width,
    measure,
  );
  const motto = breakEvenly(
    toSpans(printTexts.motto, { size: mottoSize, bold: true }),
    column.width,
    measure,
  );
  const below = drawLines(sheet, nation, column, top, { size: nameSize, alignment: 'centre' });
  const bottom = drawLines(sheet, motto, column, below, { size: mottoSize, alignment: 'centre' });
  drawCentredRule(sheet, column, bottom - 2.5, motto[0]?.width ?? 0, 1);
}

function drawNumber(
  sheet: Sheet,
  head: DocumentHead,
  column: Column,
  baseline: number,
  measure: Measure,
): Place {
  const before: Span = { text: `${printTexts.number} `, face: 'regular', size: numberSize };
  const given = head.number === null ? '' : formatDocumentNumber(head.number);
  const after: Span = { text: `/${head.symbol}`, face: 'regular', size: numberSize };
  const beforeWidth = measure(before.text, 'regular', numberSize);
  const room = head.number === null ? numberRoom : measure(given, 'regular', numberSize);
  const width = beforeWidth + room + measure(after.text, 'regular', numberSize);
  const x = column.x + (column.width - width) / 2;
  if (head.number === null) {
    sheet.text([before], x, baseline);
    sheet.text([after], x + beforeWidth + room, baseline);
  } else sheet.text([{ ...before, text: before.text + given + after.text }], x, baseline);
  return fieldPlace(sheet, x + beforeWidth, baseline, room, numberSize);
}

function openDateText(year: number): string {
  const { dayWord, monthWord, yearWord } = printTexts;
  return `${dayWord}\u00a0\u00a0\u00a0\u00a0\u00a0\u00a0\u00a0${monthWord}\u00a0\u00a0\u00a0\u00a0\u00a0\u00a0\u00a0${yearWord} ${year}`;
}

function drawDate(
  sheet: Sheet,
  head: DocumentHead,
  column: Column,
  baseline: number,
  measure: Measure,
): Place {
  const before = `${head.place}, `;
  const shown = head.date === null ? openDateText(head.year) : formatDayInWords(head.date);
  const beforeWidth = measure(before, 'italic', numberSize);
  const room =
    head.date === null
      ? Math.max(
          measure(shown, 'italic', numberSize),
          measure('ngày 00 tháng 00 năm 0000', 'italic', numberSize),
        )
      : measure(shown, 'italic', numberSize);
  // A long place name may reach into the gap on the left, never over the right margin.
  const x = Math.min(
    column.x + (column.width - beforeWidth - room) / 2,
    column.x + column.width - beforeWidth - room,
  );
  const printed = head.date === null && head.openDate !== 'gaps' ? before : before + shown;
  sheet.text([{ text: printed.trimEnd(), face: 'italic', size: numberSize }], x, baseline);
  return fieldPlace(sheet, x + beforeWidth, baseline, room, numberSize);
}

function drawMark(
  sheet: Sheet,
  text: string,
  width: number,
  column: Column,
  top: number,
  measure: Measure,
  red: boolean,
): void {
  const x = column.x + (column.width - width) / 2;
  const ink = red ? { colour: stampRed } : {};
  sheet.box({ x, y: top - markHeight, width, height: markHeight }, { width: 1, ...ink });
  const textWidth = measure(text, 'bold', markSize);
  sheet.text(
    [{ text, face: 'bold', size: markSize }],
    x + (width - textWidth) / 2,
    top - baselineBelow(markHeight, markSize),
    ink,
  );
}

/**
 * The heading of an administrative document: boxes 1 to 4, 5b, 10b and 11 of NĐ 30/2020, Phụ lục I, IV.
 * When drawn it reports the rooms for number and date through `places`.
 */
export function letterheadAtom(
  head: DocumentHead,
  extras: HeadExtras,
  column: Column,
  measure: Measure,
  places: HeadPlaces,
): Atom {
  const { left, right } = headColumns(column, measure);
  const superior =
    head.superior === '' ? [] : breakOrganisationName(head.superior, { size: nameSize }, left.width, measure);
  const issuer = breakOrganisationName(head.issuer, { size: nameSize, bold: true }, left.width, measure);
  const about =
    extras.about === undefined
      ? []
      : breakEvenly(toSpans(`${printTexts.about} ${extras.about}`, { size: aboutSize }), left.width, measure);
  const names = (superior.length + issuer.length) * leadingOf(nameSize);
  const nation = leadingOf(nameSize) + leadingOf(mottoSize);
  const numberTop = Math.max(names, nation) + 11;
  const numberBottom = numberTop + leadingOf(numberSize);
  const aboutBottom = numberBottom + (about.length === 0 ? 0 : 6 + about.length * leadingOf(aboutSize));
  const urgency = extras.urgency ?? 'normal';
  const circulation = extras.circulation ?? '';
  const leftBottom = aboutBottom + (urgency === 'normal' ? 0 : 8 + markHeight);
  const rightBottom = numberBottom + (circulation === '' ? 0 : 8 + markHeight);
  return {
    height: Math.max(leftBottom, rightBottom),
    gap: 0,
    keepNext: true,
    draw: (sheet, top) => {
      drawIssuer(sheet, superior, issuer, left, top);
      drawNation(sheet, right, top, measure);
      const baseline = top - numberTop - baselineBelow(leadingOf(numberSize), numberSize);
      if (extras.withoutNumber !== true)
        places.numberField = drawNumber(sheet, head, left, baseline, measure);
      if (extras.withoutDate !== true) places.dateField = drawDate(sheet, head, right, baseline, measure);
      drawLines(sheet, about, left, top - numberBottom - 6, { size: aboutSize, alignment: 'centre' });
      if (urgency !== 'normal') {
        const text = printTexts.urgency[urgency];
        drawMark(sheet, text, markWidths[urgency], left, top - aboutBottom - 8, measure, true);
      }
      if (circulation !== '') {
        const width = measure(circulation, 'bold', markSize) + 16;
        drawMark(sheet, circulation, width, right, top - numberBottom - 8, measure, false);
      }
    },
  };
}
