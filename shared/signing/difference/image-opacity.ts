import type { PdfDocument } from '../pdf/pdf-document';
import { isStream, type PdfStream } from '../pdf/pdf-objects';
import { isUnreadable } from '../pdf/unreadable';

/** The part of its area that an image paints; its masks decide (ISO 32000-1, 8.9.6). */
export async function paintedPartOfImage(document: PdfDocument, image: PdfStream): Promise<number> {
  const { dict } = image;
  if ((await document.resolve(dict.get('ImageMask'))) === true) return paintedPart(document, image);
  const soft = await document.resolve(dict.get('SMask'));
  if (isStream(soft)) return opaquePart(document, soft);
  const stencil = await document.resolve(dict.get('Mask'));
  return isStream(stencil) ? paintedPart(document, stencil) : 1;
}

/** Mean opacity of a soft mask; 1 when it cannot be read. */
async function opaquePart(document: PdfDocument, mask: PdfStream): Promise<number> {
  const depth = (await document.number(mask.dict.get('BitsPerComponent'))) ?? 8;
  const samples = await decoded(document, mask);
  if (!samples || samples.length === 0) return 1;
  const mean =
    depth === 8 ? samples.reduce((sum, value) => sum + value, 0) / samples.length / 255 : bitPart(samples);
  return (await isInverted(document, mask)) ? 1 - mean : mean;
}

/** Part of a stencil that is painted: the zero bits, unless /Decode turns them round. */
async function paintedPart(document: PdfDocument, stencil: PdfStream): Promise<number> {
  const samples = await decoded(document, stencil);
  if (!samples || samples.length === 0) return 1;
  const ones = bitPart(samples);
  return (await isInverted(document, stencil)) ? ones : 1 - ones;
}

async function isInverted(document: PdfDocument, mask: PdfStream): Promise<boolean> {
  const decode = (await document.array(mask.dict.get('Decode'))) ?? [];
  return decode[0] === 1;
}

function bitPart(samples: Uint8Array): number {
  let ones = 0;
  for (const byte of samples) {
    for (let rest = byte; rest > 0; rest &= rest - 1) ones += 1;
  }
  return ones / (samples.length * 8);
}

async function decoded(document: PdfDocument, stream: PdfStream): Promise<Uint8Array | null> {
  try {
    return await document.decode(stream);
  } catch (error) {
    if (isUnreadable(error)) return null;
    throw error;
  }
}
