import * as fontkit from '@cantoo/fontkit';
import { PDFDocument, type PDFFont, PDFName, type PDFPage } from '@cantoo/pdf-lib';

/** The four TrueType files of a Times-metric family with all Vietnamese letters. */
export type PrintFonts = {
  readonly regular: Uint8Array;
  readonly bold: Uint8Array;
  readonly italic: Uint8Array;
  readonly boldItalic: Uint8Array;
};

export type FaceName = keyof PrintFonts;

/** One embedded face: metrics and encoding, both cached by character (no shaping, so no ligatures). */
export type Face = {
  readonly resource: PDFName;
  readonly font: PDFFont;
  /** Width in points of a text at a size. */
  readonly widthOf: (text: string, size: number) => number;
  /** Hexadecimal glyph codes of a text for a show-text operator. */
  readonly encode: (text: string) => string;
};

export type Faces = Readonly<Record<FaceName, Face>>;

/** Ascent and descent of the Times metric, per point of size. */
export const ascentRatio = 0.891;
export const descentRatio = 0.216;

const replacement = '□';

function makeFace(font: PDFFont, resource: string): Face {
  const known = new Set(font.getCharacterSet());
  const cache = new Map<string, { readonly width: number; readonly code: string }>();
  const glyphOf = (character: string) => {
    const cached = cache.get(character);
    if (cached !== undefined) return cached;
    const visible = character === '\u00a0' ? ' ' : character;
    const printable = known.has(visible.codePointAt(0) ?? 0) ? visible : replacement;
    const glyph = {
      width: font.widthOfTextAtSize(printable, 1),
      code: font.encodeText(printable).asString(),
    };
    cache.set(character, glyph);
    return glyph;
  };
  return {
    resource: PDFName.of(resource),
    font,
    widthOf: (text, size) => {
      let width = 0;
      for (const character of text) width += glyphOf(character).width;
      return width * size;
    },
    encode: (text) => {
      let code = '';
      for (const character of text) code += glyphOf(character).code;
      return code;
    },
  };
}

/** A subset carries a tag of six capitals before its name (ISO 32000-1, 9.6.4). */
const subsetNames: Readonly<Record<FaceName, string>> = {
  regular: 'CVPRNA+Tinos-Regular',
  bold: 'CVPRNB+Tinos-Bold',
  italic: 'CVPRNC+Tinos-Italic',
  boldItalic: 'CVPRND+Tinos-BoldItalic',
};

/** What is written into the document information of a PDF. */
export type PdfInfo = {
  readonly title: string;
  readonly author: string;
  /** Moment of making in ISO 8601; left out, the file carries no date. */
  readonly createdAt?: string;
};

/** Starts an empty PDF with its information filled in and the four faces embedded as subsets. */
export async function openPdf(
  fonts: PrintFonts,
  info: PdfInfo,
): Promise<{ readonly pdf: PDFDocument; readonly faces: Faces }> {
  const pdf = await PDFDocument.create({ updateMetadata: false });
  pdf.registerFontkit(fontkit);
  pdf.setTitle(info.title, { showInWindowTitleBar: true });
  pdf.setAuthor(info.author);
  pdf.setProducer('Công Văn');
  pdf.setLanguage('vi-VN');
  if (info.createdAt !== undefined) pdf.setCreationDate(new Date(info.createdAt));
  const embed = async (name: FaceName, resource: string): Promise<Face> =>
    makeFace(await pdf.embedFont(fonts[name], { subset: true, customName: subsetNames[name] }), resource);
  const faces = {
    regular: await embed('regular', 'CvRegular'),
    bold: await embed('bold', 'CvBold'),
    italic: await embed('italic', 'CvItalic'),
    boldItalic: await embed('boldItalic', 'CvBoldItalic'),
  };
  return { pdf, faces };
}

/** Makes the faces usable on a page. */
export function addFacesToPage(page: PDFPage, faces: Faces): void {
  for (const face of Object.values(faces)) page.node.setFontDictionary(face.resource, face.font.ref);
}
