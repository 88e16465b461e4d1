import {
  clip,
  concatTransformationMatrix,
  drawObject,
  endPath,
  lineTo,
  moveTo,
  PDFArray,
  PDFDict,
  PDFName,
  PDFNumber,
  type PDFObject,
  type PDFOperator,
  type PDFPage,
  popGraphicsState,
  pushGraphicsState,
  rectangle,
  setFillingRgbColor,
  setLineWidth,
  setStrokingRgbColor,
  stroke,
} from '@cantoo/pdf-lib';
import { cleanText } from '../clean-text';
import type { Faces } from '../faces';
import { measureWith, type Span } from '../lines';
import { textOperators } from '../sheet';

/** Height of the footer strip on an A4 page, in points; other sizes get it in proportion. */
const stripHeight = 26;
const a4Width = 595;

type Box = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
type Matrix = readonly [number, number, number, number, number, number];

/** The part of the page that is shown: the crop box within the media box, or the media box. */
function visibleBox(page: PDFPage): Box {
  const media = page.getMediaBox();
  const crop = page.getCropBox();
  const x = Math.max(media.x, crop.x);
  const y = Math.max(media.y, crop.y);
  const width = Math.min(media.x + media.width, crop.x + crop.width) - x;
  const height = Math.min(media.y + media.height, crop.y + crop.height) - y;
  return width > 0 && height > 0 ? { x, y, width, height } : media;
}

/** A page as the reader sees it: upright size, and the matrix from that view to the page's own space. */
type View = { readonly width: number; readonly height: number; readonly toPage: Matrix };

/** The view of a page turned by its Rotate entry (ISO 32000-1, 7.7.3.3: clockwise, multiples of 90). */
function viewOf(box: Box, angle: number): View {
  const turn = (((Math.round(angle / 90) * 90) % 360) + 360) % 360;
  const right = box.x + box.width;
  const upper = box.y + box.height;
  if (turn === 90) return { width: box.height, height: box.width, toPage: [0, 1, -1, 0, right, box.y] };
  if (turn === 180) return { width: box.width, height: box.height, toPage: [-1, 0, 0, -1, right, upper] };
  if (turn === 270) return { width: box.height, height: box.width, toPage: [0, -1, 1, 0, box.x, upper] };
  return { width: box.width, height: box.height, toPage: [1, 0, 0, 1, box.x, box.y] };
}

function fitText(text: string, room: number, widthOf: (text: string) => number): string {
  if (widthOf(text) <= room) return text;
  const characters = Array.from(text);
  while (characters.length > 0 && widthOf(`${characters.join('').trimEnd()}…`) > room) characters.pop();
  return `${characters.join('').trimEnd()}…`;
}

/** What the footer of one page says. */
export type FooterText = { readonly left: string; readonly right: string };

function footerOperators(
  page: PDFPage,
  faces: Faces,
  view: View,
  unit: number,
  text: FooterText,
): PDFOperator[] {
  const size = 9 * unit;
  const margin = 40 * unit;
  const measure = measureWith(faces);
  const rightWidth = measure(text.right, 'regular', size);
  const room = view.width - 2 * margin - rightWidth - 14 * unit;
  const left = fitText(cleanText(text.left), room, (part) => measure(part, 'italic', size));
  const span = (shown: string, face: 'regular' | 'italic'): readonly Span[] => [{ text: shown, face, size }];
  const draw = (spans: readonly Span[], x: number) =>
    textOperators(faces, spans, { x, y: 9 * unit }, 0, page.doc);
  return [
    pushGraphicsState(),
    concatTransformationMatrix(...view.toPage),
    setFillingRgbColor(0, 0, 0),
    setStrokingRgbColor(0.45, 0.45, 0.45),
    setLineWidth(0.5 * unit),
    moveTo(margin, 20 * unit),
    lineTo(view.width - margin, 20 * unit),
    stroke(),
    ...draw(span(left, 'italic'), margin),
    ...draw(span(text.right, 'regular'), view.width - margin - rightWidth),
    popGraphicsState(),
  ];
}

/**
 * Makes the footer a form of its own with its own fonts (ISO 32000-1, 8.10) and gives the name it has on the
 * page. An imported page may be one of ours, or share its resources with others, so the name must be new.
 */
function footerForm(page: PDFPage, faces: Faces, box: Box, operators: PDFOperator[]): PDFName {
  const { context } = page.doc;
  const fonts = Object.fromEntries(
    Object.values(faces).map((face) => [face.resource.decodeText(), face.font.ref]),
  );
  const form = context.formXObject(operators, {
    BBox: [box.x, box.y, box.x + box.width, box.y + box.height],
    Resources: { Font: fonts },
  });
  return page.node.newXObject('CvFooter', context.register(form));
}

/** Moves the rectangles of annotations along with the shrunken page. */
function moveAnnotations(page: PDFPage, scale: number, shift: readonly [number, number]): void {
  const annotations = page.node.lookup(PDFName.of('Annots'));
  if (!(annotations instanceof PDFArray)) return;
  for (const each of annotations.asArray()) {
    const annotation = page.doc.context.lookup(each);
    if (!(annotation instanceof PDFDict)) continue;
    const rect = annotation.lookup(PDFName.of('Rect'), PDFArray);
    const moved = [0, 1, 2, 3].map((index) => {
      const value = rect.lookup(index, PDFNumber).asNumber();
      return value * scale + shift[index % 2 === 0 ? 0 : 1];
    });
    annotation.set(PDFName.of('Rect'), page.doc.context.obj(moved));
  }
}

/** The content streams of a page, each as it stands in the page's array. */
function contentParts(page: PDFPage): readonly PDFObject[] {
  const contents = page.node.lookup(PDFName.of('Contents'));
  if (contents instanceof PDFArray) return contents.asArray();
  const direct = page.node.get(PDFName.of('Contents'));
  return direct === undefined || contents === undefined ? [] : [direct];
}

/**
 * Gives a page a footer without covering anything: what the page shows is scaled down a little towards its
 * upper edge, as the reader sees it (Rotate and crop box respected), and the footer stands in the strip that
 * becomes free. The footer is drawn first, so that unbalanced graphics states of the page cannot move it.
 */
export function addFooter(page: PDFPage, faces: Faces, text: FooterText): void {
  const box = visibleBox(page);
  const view = viewOf(box, page.getRotation().angle);
  const unit = Math.min(view.width, view.height) / a4Width;
  const scale = (view.height - stripHeight * unit) / view.height;
  const [a, b, c, d, e, f] = view.toPage;
  const fixedX = (a * view.width) / 2 + c * view.height + e;
  const fixedY = (b * view.width) / 2 + d * view.height + f;
  const shift = [(1 - scale) * fixedX, (1 - scale) * fixedY] as const;
  const { context } = page.doc;
  const footer = footerForm(page, faces, box, footerOperators(page, faces, view, unit, text));
  const parts = contentParts(page);
  const before = [
    pushGraphicsState(),
    concatTransformationMatrix(scale, 0, 0, scale, shift[0], shift[1]),
    rectangle(box.x, box.y, box.width, box.height),
    clip(),
    endPath(),
  ];
  page.node.set(
    PDFName.of('Contents'),
    context.obj([
      context.register(context.contentStream([drawObject(footer), ...before])),
      ...parts,
      context.register(context.contentStream([popGraphicsState()])),
    ]),
  );
  moveAnnotations(page, scale, shift);
}
