import type { PdfRef } from '../pdf/pdf-objects';
import type { IncrementalUpdate } from '../update/incremental-update';
import { vietnamIsoTime } from '../vietnam-time';
import { Drawing, type FontFiles } from './drawing';
import { embedImage, readPng } from './png-image';
import { printedTexts } from './printed-texts';
import { drawSeal } from './seal-drawing';
import { trimClearMargins } from './signature-picture';
import { drawTextBlock } from './text-block';

/** What a visible signature shows (Nghị định 30/2020, Phụ lục I, phần I, mục II.7 and II.8). */
export type AppearanceSpec =
  /** Picture of the handwritten signature (blue) or of the seal (red): PNG, transparent, kept in proportion, without its clear margins. */
  | { readonly kind: 'picture'; readonly png: Uint8Array }
  /** For a person without a picture: the name in blue italics. */
  | { readonly kind: 'drawn-name'; readonly name: string }
  /** For an organisation without a picture: a round red seal. */
  | { readonly kind: 'drawn-seal'; readonly organisation: string; readonly superior: string | null }
  /** Separate annex: number and symbol with the signing time, 10 pt, upright, black, no picture. */
  | { readonly kind: 'annex-text'; readonly numberAndSymbol: string }
  /** Electronic copy: its form, the organisation that copies and the signing time, as an annex (Phụ lục I, phần II, mục I.3). */
  | { readonly kind: 'copy-text'; readonly form: CopyForm; readonly organisation: string }
  /** Any lines of text, from the left, black. */
  | { readonly kind: 'text-lines'; readonly lines: readonly string[] };

/** Forms of a copy (Nghị định 30/2020, Điều 25). */
export type CopyForm = 'sao-y' | 'sao-luc' | 'trich-sao';

export type AppearanceInput = {
  readonly spec: AppearanceSpec;
  readonly fonts: FontFiles;
  /** Milliseconds since 1970. */
  readonly time: number;
  /** Size in points, upright. */
  readonly w: number;
  readonly h: number;
  readonly matrix: readonly number[];
};

/**
 * Draws a signature appearance and adds it as a form XObject.
 * Throws FILE_TYPE_UNSUPPORTED, FILE_BROKEN or FILE_TOO_LARGE for the picture, INVALID_INPUT for the font.
 */
export function buildAppearance(update: IncrementalUpdate, input: AppearanceInput): PdfRef {
  const { spec, w, h } = input;
  const drawing = new Drawing(input.fonts);
  if (spec.kind === 'picture') drawPicture(update, drawing, spec.png, w, h);
  if (spec.kind === 'drawn-name') drawName(drawing, spec.name, w, h);
  if (spec.kind === 'drawn-seal') drawSeal(drawing, Math.min(w, h), spec.organisation, spec.superior);
  const time = vietnamIsoTime(input.time);
  if (spec.kind === 'annex-text') drawTextBlock(drawing, [spec.numberAndSymbol, time], { w, h }, 'right');
  if (spec.kind === 'copy-text')
    drawTextBlock(drawing, [printedTexts.copyForms[spec.form], spec.organisation, time], { w, h }, 'right');
  if (spec.kind === 'text-lines') drawTextBlock(drawing, spec.lines, { w, h }, 'left');
  return drawing.toForm(update, w, h, input.matrix);
}

function drawPicture(
  update: IncrementalUpdate,
  drawing: Drawing,
  png: Uint8Array,
  w: number,
  h: number,
): void {
  const image = trimClearMargins(readPng(update.document.crypto, png));
  if (image === null) return;
  const scale = Math.min(w / image.width, h / image.height);
  const [across, up] = [image.width * scale, image.height * scale];
  drawing.image(embedImage(update, image), (w - across) / 2, (h - up) / 2, across, up);
}

function drawName(drawing: Drawing, name: string, w: number, h: number): void {
  const size = drawing.fittingSize(name, w * 0.96, h * 0.5, 'italic');
  drawing.fillColor(0.05, 0.15, 0.75);
  const x = (w - drawing.width(name, size, 'italic')) / 2;
  drawing.text(name, { x, y: h / 2 - size * 0.3, size, style: 'italic' });
}
