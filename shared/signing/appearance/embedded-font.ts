import { latin1Bytes } from '../bytes';
import { type PdfRef, type PdfValue, pdfDict, pdfName, pdfStream, pdfText } from '../pdf/pdf-objects';
import type { IncrementalUpdate } from '../update/incremental-update';
import { readTrueType, subsetTrueType, type TrueTypeFont } from './true-type';

/** A font to lay text out with; it remembers which glyphs were used, for the subset that is embedded at the end. */
export type TextFont = {
  readonly font: TrueTypeFont;
  /** Characters by glyph, for the ToUnicode map. */
  readonly used: Map<number, string>;
};

/** Opens a TrueType file for layout. Throws INVALID_INPUT. */
export function openTextFont(file: Uint8Array): TextFont {
  return { font: readTrueType(file), used: new Map() };
}

/** Width of a text in points. */
export function textWidth({ font }: TextFont, text: string, size: number): number {
  let width = 0;
  for (const character of text.normalize('NFC'))
    width += font.advanceOf(font.glyphOf(character.codePointAt(0) ?? 0));
  return (width * size) / font.unitsPerEm;
}

/** The text in NFC as a hexadecimal string of glyph numbers, to be shown with an Identity-H font. */
export function encodeText({ font, used }: TextFont, text: string): string {
  let codes = '';
  for (const character of text.normalize('NFC')) {
    const glyph = font.glyphOf(character.codePointAt(0) ?? 0);
    used.set(glyph, character);
    codes += glyph.toString(16).padStart(4, '0');
  }
  return `<${codes}>`;
}

/** Embeds the used glyphs as a Type 0 font with ToUnicode (ISO 32000-1, 9.7 and 9.10.3). */
export function embedFont(update: IncrementalUpdate, { font, used }: TextFont): PdfRef {
  const { crypto } = update.document;
  const scale = 1000 / font.unitsPerEm;
  const glyphs = [...used.keys()].sort((a, b) => a - b);
  const program = subsetTrueType(font, new Set(glyphs));
  const baseFont = pdfName(`${subsetTag(glyphs)}+${font.postScriptName}`);
  const fontFile = update.add(
    pdfStream(pdfDict({ Filter: pdfName('FlateDecode'), Length1: program.length }), crypto.deflate(program)),
  );
  const descriptor = update.add(
    pdfDict({
      Type: pdfName('FontDescriptor'),
      FontName: baseFont,
      Flags: 4,
      FontBBox: font.boundingBox.map((value) => Math.round(value * scale)),
      ItalicAngle: 0,
      Ascent: Math.round(font.ascent * scale),
      Descent: Math.round(font.descent * scale),
      CapHeight: Math.round(font.ascent * scale),
      StemV: 80,
      FontFile2: fontFile,
    }),
  );
  const widths: PdfValue[] = glyphs.flatMap((glyph) => [glyph, [Math.round(font.advanceOf(glyph) * scale)]]);
  const descendant = update.add(
    pdfDict({
      Type: pdfName('Font'),
      Subtype: pdfName('CIDFontType2'),
      BaseFont: baseFont,
      CIDSystemInfo: pdfDict({ Registry: pdfText('Adobe'), Ordering: pdfText('Identity'), Supplement: 0 }),
      FontDescriptor: descriptor,
      CIDToGIDMap: pdfName('Identity'),
      W: widths,
    }),
  );
  const toUnicode = crypto.deflate(latin1Bytes(toUnicodeMap(used)));
  return update.add(
    pdfDict({
      Type: pdfName('Font'),
      Subtype: pdfName('Type0'),
      BaseFont: baseFont,
      Encoding: pdfName('Identity-H'),
      DescendantFonts: [descendant],
      ToUnicode: update.add(pdfStream(pdfDict({ Filter: pdfName('FlateDecode') }), toUnicode)),
    }),
  );
}

/** Six letters that differ between different subsets (9.6.4). */
function subsetTag(glyphs: readonly number[]): string {
  let hash = 17;
  for (const glyph of glyphs) hash = (hash * 31 + glyph) % 26 ** 6;
  let tag = '';
  for (let i = 0; i < 6; i++, hash = Math.floor(hash / 26)) tag += String.fromCharCode(65 + (hash % 26));
  return tag;
}

function toUnicodeMap(used: ReadonlyMap<number, string>): string {
  const hex = (value: number): string => value.toString(16).padStart(4, '0');
  const lines = [...used]
    .sort(([a], [b]) => a - b)
    .map(([glyph, text]) => `<${hex(glyph)}> <${Array.from(text, (c) => hex(c.charCodeAt(0))).join('')}>`);
  const blocks: string[] = [];
  // At most 100 mappings stand in one block (Adobe Technical Note 5014).
  for (let at = 0; at < lines.length; at += 100) {
    const block = lines.slice(at, at + 100);
    blocks.push(`${block.length} beginbfchar\n${block.join('\n')}\nendbfchar`);
  }
  return `/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
${blocks.join('\n')}
endcmap
CMapName currentdict /CMap defineresource pop
end
end`;
}
