import {
  concatTransformationMatrix,
  drawObject,
  PDFArray,
  PDFDict,
  PDFName,
  PDFNumber,
  type PDFPage,
  PDFRef,
  PDFStream,
  popGraphicsState,
  pushGraphicsState,
} from '@cantoo/pdf-lib';

type Rectangle = readonly [number, number, number, number];
type Matrix = readonly [number, number, number, number, number, number];
const identity: Matrix = [1, 0, 0, 1, 0, 0];

/**
 * Draws what the annotations of a page show into the page itself and takes them off (ISO 32000-1, 12.5.5): a signature, a
 * filled number or date is seen as before, but is no field any more.
 */
export function flattenAnnotations(page: PDFPage): void {
  const annotations = page.node.Annots();
  if (annotations === undefined) return;
  for (let i = 0; i < annotations.size(); i += 1) {
    const annotation = annotations.lookup(i);
    if (annotation instanceof PDFDict && !isHidden(annotation)) drawAppearance(page, annotation);
  }
  page.node.delete(PDFName.of('Annots'));
}

/** Flags Invisible, Hidden and NoView (table 165). */
function isHidden(annotation: PDFDict): boolean {
  const flags = annotation.lookupMaybe(PDFName.of('F'), PDFNumber)?.asNumber() ?? 0;
  return (flags & (1 | 2 | 32)) !== 0;
}

function drawAppearance(page: PDFPage, annotation: PDFDict): void {
  const appearance = normalAppearance(annotation);
  const rect = numbers(annotation.lookup(PDFName.of('Rect')), 4) as Rectangle | null;
  if (appearance === null || rect === null) return;
  const { ref, stream } = appearance;
  const box = (numbers(stream.dict.lookup(PDFName.of('BBox')), 4) as Rectangle | null) ?? [0, 0, 0, 0];
  const matrix = (numbers(stream.dict.lookup(PDFName.of('Matrix')), 6) as Matrix | null) ?? identity;
  const fit = fitInto(box, matrix, rect);
  if (fit === null) return;
  const name = page.node.newXObject('Annotation', ref);
  page.pushOperators(
    pushGraphicsState(),
    concatTransformationMatrix(...fit),
    drawObject(name),
    popGraphicsState(),
  );
}

/** The normal appearance; of several states the one that /AS names. */
function normalAppearance(annotation: PDFDict): { readonly ref: PDFRef; readonly stream: PDFStream } | null {
  const states = annotation.lookupMaybe(PDFName.of('AP'), PDFDict);
  const normal = states?.lookup(PDFName.of('N'));
  const state = annotation.lookupMaybe(PDFName.of('AS'), PDFName);
  const holder = normal instanceof PDFDict && !(normal instanceof PDFStream) ? normal : states;
  const ref = holder === normal ? state && holder?.get(state) : holder?.get(PDFName.of('N'));
  const stream = ref instanceof PDFRef ? annotation.context.lookup(ref) : undefined;
  return ref instanceof PDFRef && stream instanceof PDFStream ? { ref, stream } : null;
}

/** The matrix that brings the transformed box of a form into a rectangle (algorithm 8.1); null for an empty box. */
function fitInto(box: Rectangle, [a, b, c, d, e, f]: Matrix, rect: Rectangle): Matrix | null {
  const corners = [
    [box[0], box[1]],
    [box[2], box[1]],
    [box[0], box[3]],
    [box[2], box[3]],
  ] as const;
  const xs = corners.map(([x, y]) => a * x + c * y + e);
  const ys = corners.map(([x, y]) => b * x + d * y + f);
  const [left, bottom] = [Math.min(...xs), Math.min(...ys)];
  const [width, height] = [Math.max(...xs) - left, Math.max(...ys) - bottom];
  if (width === 0 || height === 0) return null;
  const across = Math.abs(rect[2] - rect[0]) / width;
  const up = Math.abs(rect[3] - rect[1]) / height;
  const [x, y] = [Math.min(rect[0], rect[2]), Math.min(rect[1], rect[3])];
  return [across, 0, 0, up, x - left * across, y - bottom * up];
}

function numbers(value: unknown, count: number): readonly number[] | null {
  if (!(value instanceof PDFArray) || value.size() !== count) return null;
  const found = value.asArray().map((item) => (item instanceof PDFNumber ? item.asNumber() : Number.NaN));
  return found.every(Number.isFinite) ? found : null;
}
