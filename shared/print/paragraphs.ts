import type { Atom } from './flow';
import { mm } from './geometry';
import {
  breakEvenly,
  breakLines,
  type Inline,
  type Line,
  type Measure,
  type TextStyle,
  toSpans,
} from './lines';
import { baselineBelow, type Colour, type Sheet, stretchToFill } from './sheet';

/** First-line indent of administrative text (NĐ 30/2020, Phụ lục I, II.6.e: 1 or 1.27 cm). */
export const firstLineIndent = mm(12.7);

/** Space between paragraphs, at least 6 points (Phụ lục I, II.6.e). */
export const paragraphGap = 6;

/** Height of a line of text: a little above single spacing, so that stacked Vietnamese marks stay clear. */
export function leadingOf(size: number): number {
  return size * 1.25;
}

/** A column in which text is set, in points from the left edge of the page. */
export type Column = { readonly x: number; readonly width: number };

export type Alignment = 'left' | 'centre' | 'right' | 'justify';

/** Left edge of a line in a column. */
export function alignedX(line: Line, column: Column, alignment: Alignment): number {
  if (alignment === 'centre') return column.x + (column.width - line.width) / 2;
  if (alignment === 'right') return column.x + column.width - line.width;
  return column.x;
}

/** Draws lines downwards from `top` and gives the lower edge of the last one. */
export function drawLines(
  sheet: Sheet,
  lines: readonly Line[],
  column: Column,
  top: number,
  style: {
    readonly size: number;
    readonly alignment: Alignment;
    readonly leading?: number;
    readonly colour?: Colour;
  },
): number {
  const leading = style.leading ?? leadingOf(style.size);
  lines.forEach((line, index) => {
    const baseline = top - index * leading - baselineBelow(leading, style.size);
    const stretch = style.alignment === 'justify' ? stretchToFill(line, column.width) : 0;
    sheet.text(line.spans, alignedX(line, column, style.alignment), baseline, {
      stretch,
      ...(style.colour === undefined ? {} : { colour: style.colour }),
    });
  });
  return top - lines.length * leading;
}

/** How a paragraph flows. */
export type ParagraphStyle = TextStyle & {
  readonly alignment: Alignment;
  /** Indent of the first line, and of all lines, in points. */
  readonly indent?: number;
  readonly inset?: number;
  readonly gap?: number;
  /** A heading stays with what follows it. */
  readonly keepNext?: boolean;
};

/**
 * A paragraph as one atom per line. The first two and the last two lines stay together, so that no
 * page begins or ends with a single line of a longer paragraph.
 */
export function paragraphAtoms(
  inline: Inline,
  column: Column,
  style: ParagraphStyle,
  measure: Measure,
): readonly Atom[] {
  const inset = style.inset ?? 0;
  const indent = style.indent ?? 0;
  const inner = { x: column.x + inset, width: column.width - inset };
  const spans = toSpans(inline, style);
  const lines =
    style.alignment === 'centre'
      ? breakEvenly(spans, inner.width, measure)
      : breakLines(spans, { first: inner.width - indent, rest: inner.width }, measure);
  const leading = leadingOf(style.size);
  return lines.map((line, index) => {
    const shift = index === 0 ? indent : 0;
    const lineColumn = { x: inner.x + shift, width: inner.width - shift };
    const last = index === lines.length - 1;
    return {
      height: leading,
      gap: index === 0 ? (style.gap ?? paragraphGap) : 0,
      keepNext: last ? (style.keepNext ?? false) : index === 0 || index === lines.length - 2,
      draw: (sheet, top) => {
        drawLines(sheet, [line], lineColumn, top, { size: style.size, alignment: style.alignment });
      },
    };
  });
}

/** Empty space that keeps its height. */
export function spaceAtom(height: number): Atom {
  return { height, gap: 0, keepNext: false, draw: () => undefined };
}

/**
 * A short centred rule, as under a title: `share` of the width of the line above it
 * (Phụ lục I, II.2.b and II.5.b: one third to one half).
 */
export function drawCentredRule(
  sheet: Sheet,
  column: Column,
  y: number,
  lineWidth: number,
  share: number,
): void {
  const half = (lineWidth * share) / 2;
  const centre = column.x + column.width / 2;
  sheet.line([centre - half, y], [centre + half, y], { width: 0.7 });
}

/** Keeps the last lines of a text on the page of the atom that follows it (at least two lines with a signature). */
export function keepTailWithNext(atoms: readonly Atom[]): readonly Atom[] {
  return atoms.map((atom, index) => (index >= atoms.length - 2 ? { ...atom, keepNext: true } : atom));
}
