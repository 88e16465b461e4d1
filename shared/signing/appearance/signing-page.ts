import { AppError } from '../../result/result';
import { isRef, pdfDict, pdfName, pdfStream, withEntries } from '../pdf/pdf-objects';
import type { PdfPage } from '../pdf/pdf-pages';
import { fieldBaseline, fieldHeight } from '../update/form-writer';
import type { IncrementalUpdate } from '../update/incremental-update';
import { Drawing, type FontFiles } from './drawing';
import type { Placement } from './placement';
import { printedTexts } from './printed-texts';

/** What an appended signing page says. */
export type SigningPageText = {
  /** Which document it belongs to, e.g. its kind and subject; one line, shrunk to fit. */
  readonly subject?: string;
  /** Printed after the blank for the number, e.g. "/KH-LĐLĐ". */
  readonly symbol?: string;
  /** Printed before the date, e.g. "Krông Búk". */
  readonly placeName?: string;
  /** Authority and title, one per line, e.g. ["TM. BAN THƯỜNG VỤ", "CHỦ TỊCH"]. */
  readonly title: readonly string[];
  readonly name: string;
};

/** What the document leaves no room for; only that is drawn. */
export type MissingParts = {
  readonly number: boolean;
  readonly date: boolean;
  readonly signature: boolean;
};

/** Rectangles of the drawn parts; null for a part that was not missing. */
export type SigningPagePlaces = {
  readonly numberField: Placement | null;
  readonly dateField: Placement | null;
  readonly personSignature: Placement | null;
};

const a4 = { w: 595.28, h: 841.89 };
const margin = 85;
const lineOfNumber = 700;
const signatureCenter = 400;
const bodySize = 13;

/**
 * Draws the signing page (trang ký), which takes those of number, date and signatures that the document leaves no room
 * for. Gives the drawing and the rectangles on page index `page`.
 */
export function drawSigningPage(
  fonts: FontFiles,
  text: SigningPageText,
  missing: MissingParts,
  page: number,
): { readonly drawing: Drawing; readonly places: SigningPagePlaces } {
  const drawing = new Drawing(fonts);
  centered(drawing, printedTexts.signingPageHeading, a4.w / 2, 765, 14, 'bold');
  if (text.subject) centered(drawing, text.subject, a4.w / 2, 745, bodySize, 'italic');
  return {
    drawing,
    places: {
      numberField: missing.number ? drawNumberLine(drawing, text, page) : null,
      dateField: missing.date ? drawDateLine(drawing, text, page) : null,
      personSignature: missing.signature ? drawSigner(drawing, text, page) : null,
    },
  };
}

/** Title lines, room for the signature, name (Phụ lục I, ô 7a to 7c). */
function drawSigner(drawing: Drawing, text: SigningPageText, page: number): Placement {
  let y = lineOfNumber - 60;
  for (const line of text.title) {
    centered(drawing, line, signatureCenter, y, bodySize, 'bold');
    y -= bodySize * 1.35;
  }
  centered(drawing, text.name, signatureCenter, y - 95, bodySize, 'bold');
  return { page, x: signatureCenter - 65, y: y - 70, w: 130, h: 65 };
}

function centered(
  drawing: Drawing,
  text: string,
  center: number,
  y: number,
  most: number,
  style: 'bold' | 'italic',
): void {
  const room = 2 * Math.min(center - margin, a4.w - 40 - center);
  const size = drawing.fittingSize(text, room, most, style);
  drawing.text(text, { x: center - drawing.width(text, size, style) / 2, y, size, style });
}

function fieldAt(page: number, x: number, w: number): Placement {
  const h = bodySize * fieldHeight;
  return { page, x, y: lineOfNumber - bodySize * fieldBaseline, w, h };
}

function drawNumberLine(drawing: Drawing, text: SigningPageText, page: number): Placement {
  drawing.text(printedTexts.number, { x: margin, y: lineOfNumber, size: bodySize });
  const start = margin + drawing.width(printedTexts.number, bodySize) + 2;
  const blank = text.symbol === undefined ? 130 : 42;
  if (text.symbol !== undefined)
    drawing.text(text.symbol, { x: start + blank + 2, y: lineOfNumber, size: bodySize });
  return fieldAt(page, start, blank);
}

function drawDateLine(drawing: Drawing, text: SigningPageText, page: number): Placement {
  const words = [text.placeName, printedTexts.day].filter((word) => word !== undefined).join(', ');
  const blank = 135;
  const x = a4.w - 45 - blank - 2 - drawing.width(words, bodySize, 'italic');
  drawing.text(words, { x, y: lineOfNumber, size: bodySize, style: 'italic' });
  return fieldAt(page, a4.w - 45 - blank, blank);
}

/** Appends a page to the page tree. Throws PDF_MALFORMED when the tree's root is not a node. */
export async function appendPage(update: IncrementalUpdate, drawing: Drawing): Promise<PdfPage> {
  const { document } = update;
  const rootRef = (await document.catalog()).get('Pages');
  const root = await document.dict(rootRef);
  const kids = await document.array(root?.get('Kids'));
  const count = await document.number(root?.get('Count'));
  if (!isRef(rootRef) || !root || !kids || count === null) throw new AppError('PDF_MALFORMED', 'page tree');
  const content = pdfStream(
    pdfDict({ Filter: pdfName('FlateDecode') }),
    document.crypto.deflate(drawing.content()),
  );
  const dict = pdfDict({
    Type: pdfName('Page'),
    Parent: rootRef,
    MediaBox: [0, 0, a4.w, a4.h],
    CropBox: [0, 0, a4.w, a4.h],
    Rotate: 0,
    Resources: drawing.resources(update),
    Contents: update.add(content),
  });
  const ref = update.add(dict);
  update.set(rootRef, withEntries(root, { Kids: [...kids, ref], Count: count + 1 }));
  return { ref, dict, inherited: dict };
}
