import { latin1Bytes } from '../bytes';
import { type PdfDict, type PdfRef, type PdfValue, pdfDict, pdfName, pdfStream } from '../pdf/pdf-objects';
import { numberSyntax } from '../pdf/pdf-serialise';
import type { IncrementalUpdate } from '../update/incremental-update';
import { embedFont, encodeText, openTextFont, type TextFont, textWidth } from './embedded-font';

export type FontStyle = 'regular' | 'bold' | 'italic';

/** TrueType files with Times metrics and Vietnamese letters; a missing style is drawn in the regular one. */
export type FontFiles = {
  readonly regular: Uint8Array;
  readonly bold?: Uint8Array;
  readonly italic?: Uint8Array;
};

export type TextOptions = {
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly style?: FontStyle;
};

/** Collects content operators together with the fonts and images they use (ISO 32000-1, 7.8). */
export class Drawing {
  private readonly operators: string[] = [];
  private readonly files: FontFiles;
  private readonly fonts = new Map<FontStyle, TextFont>();
  private readonly images: PdfRef[] = [];

  constructor(files: FontFiles) {
    this.files = files;
  }

  private font(style: FontStyle): TextFont {
    const key = this.files[style] ? style : 'regular';
    const known = this.fonts.get(key);
    if (known) return known;
    const font = openTextFont(this.files[key] ?? this.files.regular);
    this.fonts.set(key, font);
    return font;
  }

  operator(...words: readonly (string | number)[]): void {
    this.operators.push(
      words.map((word) => (typeof word === 'number' ? numberSyntax(word) : word)).join(' '),
    );
  }

  fillColor(red: number, green: number, blue: number): void {
    this.operator(red, green, blue, 'rg');
  }

  strokeColor(red: number, green: number, blue: number): void {
    this.operator(red, green, blue, 'RG');
  }

  width(text: string, size: number, style: FontStyle = 'regular'): number {
    return textWidth(this.font(style), text, size);
  }

  text(text: string, { x, y, size, style = 'regular' }: TextOptions): void {
    this.turnedText(text, { x, y, size, style }, 0);
  }

  /** Text that runs at an angle, counterclockwise in radians, from its start at x, y. */
  turnedText(text: string, { x, y, size, style = 'regular' }: TextOptions, angle: number): void {
    const font = this.font(style);
    const cos = Math.cos(angle);
    const sin = Math.sin(angle);
    const key = this.files[style] ? style : 'regular';
    this.operator(
      'BT',
      `/${key}`,
      size,
      'Tf',
      cos,
      sin,
      -sin,
      cos,
      x,
      y,
      'Tm',
      encodeText(font, text),
      'Tj ET',
    );
  }

  /** The largest size up to `most` at which the text is not wider than `width`. */
  fittingSize(text: string, width: number, most: number, style: FontStyle = 'regular'): number {
    const natural = this.width(text, 1, style);
    return natural === 0 ? most : Math.min(most, width / natural);
  }

  /** Draws an image XObject into a rectangle. */
  image(image: PdfRef, x: number, y: number, w: number, h: number): void {
    this.images.push(image);
    this.operator('q', w, 0, 0, h, x, y, `cm /im${this.images.length - 1} Do Q`);
  }

  content(): Uint8Array {
    return latin1Bytes(`${this.operators.join('\n')}\n`);
  }

  /** The resource dictionary; embeds the fonts, so call it once and after all text. */
  resources(update: IncrementalUpdate): PdfDict {
    const entries: Record<string, PdfValue> = {};
    if (this.fonts.size > 0) {
      entries['Font'] = new Map([...this.fonts].map(([style, font]) => [style, embedFont(update, font)]));
    }
    if (this.images.length > 0) {
      entries['XObject'] = new Map(this.images.map((image, i) => [`im${i}`, image]));
    }
    return pdfDict(entries);
  }

  /** Adds the drawing as a form XObject of the given size (8.10). */
  toForm(update: IncrementalUpdate, w: number, h: number, matrix: readonly number[]): PdfRef {
    return update.add(
      pdfStream(
        pdfDict({
          Type: pdfName('XObject'),
          Subtype: pdfName('Form'),
          FormType: 1,
          BBox: [0, 0, w, h],
          Matrix: [...matrix],
          Resources: this.resources(update),
          Filter: pdfName('FlateDecode'),
        }),
        update.document.crypto.deflate(this.content()),
      ),
    );
  }
}
