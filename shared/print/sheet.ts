import {
  beginText,
  endText,
  lineTo,
  moveTo,
  PDFArray,
  type PDFDocument,
  PDFHexString,
  PDFNumber,
  PDFOperator,
  PDFOperatorNames,
  popGraphicsState,
  pushGraphicsState,
  rectangle,
  setDashPattern,
  setFillingRgbColor,
  setFontAndSize,
  setLineWidth,
  setStrokingRgbColor,
  setTextMatrix,
  stroke,
} from '@cantoo/pdf-lib';
import { addFacesToPage, ascentRatio, descentRatio, type Faces } from './faces';
import type { PageGeometry } from './geometry';
import type { Line, Span } from './lines';

/** Red, green and blue from 0 to 1. */
export type Colour = { readonly red: number; readonly green: number; readonly blue: number };

export const black: Colour = { red: 0, green: 0, blue: 0 };
export const stampRed: Colour = { red: 0.85, green: 0, blue: 0 };

/** One page being drawn. All positions are points from the bottom left corner. */
export type Sheet = {
  readonly index: number;
  readonly geometry: PageGeometry;
  /** Draws spans from `x` on a baseline; `stretch` points are added after every space (justification). */
  readonly text: (
    spans: readonly Span[],
    x: number,
    baseline: number,
    ink?: { readonly stretch?: number; readonly colour?: Colour },
  ) => void;
  readonly line: (
    from: readonly [number, number],
    to: readonly [number, number],
    ink?: { readonly width?: number; readonly dotted?: boolean; readonly colour?: Colour },
  ) => void;
  readonly box: (
    box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
    ink?: { readonly width?: number; readonly colour?: Colour },
  ) => void;
};

/** Distance from the top of a line box to its baseline. */
export function baselineBelow(leading: number, size: number): number {
  return (leading - size * (ascentRatio + descentRatio)) / 2 + size * ascentRatio;
}

/** Total number of spaces in a line: the places where justification stretches. */
function spacesIn(line: Line): number {
  return line.spans.reduce((sum, span) => sum + (span.text.split(' ').length - 1), 0);
}

/** Points to add after each space so that the line fills `width`; 0 for last lines and single words. */
export function stretchToFill(line: Line, width: number): number {
  const spaces = spacesIn(line);
  return line.ends || spaces === 0 ? 0 : Math.max(0, (width - line.width) / spaces);
}

/** Operators that draw spans in one text object. */
export function textOperators(
  faces: Faces,
  spans: readonly Span[],
  at: { readonly x: number; readonly y: number },
  stretch: number,
  pdf: PDFDocument,
): readonly PDFOperator[] {
  const operators: PDFOperator[] = [beginText(), setTextMatrix(1, 0, 0, 1, at.x, at.y)];
  for (const span of spans) {
    const face = faces[span.face];
    const shown = PDFArray.withContext(pdf.context);
    const words = span.text.split(' ');
    words.forEach((word, index) => {
      const last = index === words.length - 1;
      const piece = last ? word : `${word} `;
      if (piece !== '') shown.push(PDFHexString.of(face.encode(piece)));
      if (!last && stretch > 0) shown.push(PDFNumber.of((-stretch * 1000) / span.size));
    });
    operators.push(setFontAndSize(face.resource, span.size));
    operators.push(PDFOperator.of(PDFOperatorNames.ShowTextAdjusted, [shown]));
  }
  operators.push(endText());
  return operators;
}

/** Adds a page to a PDF and gives the pen for it. */
export function addSheet(pdf: PDFDocument, faces: Faces, geometry: PageGeometry): Sheet {
  const page = pdf.addPage([geometry.width, geometry.height]);
  addFacesToPage(page, faces);
  const index = pdf.getPageCount() - 1;
  const draw = (operators: readonly PDFOperator[], colour: Colour = black) => {
    if (colour === black) page.pushOperators(...operators);
    else {
      const { red, green, blue } = colour;
      page.pushOperators(pushGraphicsState(), setFillingRgbColor(red, green, blue));
      page.pushOperators(setStrokingRgbColor(red, green, blue), ...operators, popGraphicsState());
    }
  };
  return {
    index,
    geometry,
    text: (spans, x, baseline, ink = {}) => {
      const inked = spans.filter((span) => span.text !== '');
      if (inked.length === 0) return;
      draw(textOperators(faces, inked, { x, y: baseline }, ink.stretch ?? 0, pdf), ink.colour);
    },
    line: (from, to, ink = {}) =>
      draw(
        [
          pushGraphicsState(),
          setLineWidth(ink.width ?? 0.6),
          ...(ink.dotted === true ? [setDashPattern([0.8, 2.2], 0)] : []),
          moveTo(from[0], from[1]),
          lineTo(to[0], to[1]),
          stroke(),
          popGraphicsState(),
        ],
        ink.colour,
      ),
    box: (box, ink = {}) =>
      draw(
        [setLineWidth(ink.width ?? 0.6), rectangle(box.x, box.y, box.width, box.height), stroke()],
        ink.colour,
      ),
  };
}
