import { AppError } from '../../result/result';
import { concatBytes, equalBytes, latin1 } from '../bytes';
import { undoPngPrediction } from '../pdf/pdf-filters';
import { type PdfRef, pdfDict, pdfName, pdfStream, withEntries } from '../pdf/pdf-objects';
import type { CryptoPort } from '../ports';
import type { IncrementalUpdate } from '../update/incremental-update';

/** Pixels of a PNG: three bytes of colour and one of opacity each. */
export type PngImage = {
  readonly width: number;
  readonly height: number;
  readonly rgb: Uint8Array;
  readonly alpha: Uint8Array;
};

/** The first bytes of every PNG. */
export const pngSignature: Uint8Array = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10);
const maxPixels = 16_000_000;
/** Samples per pixel by PNG colour type. */
const channelsByColorType: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

function refused(what: string): AppError {
  return new AppError('FILE_TYPE_UNSUPPORTED', what);
}

/** Decodes a PNG (W3C PNG) of any colour type, not interlaced. Throws FILE_TYPE_UNSUPPORTED, FILE_BROKEN, FILE_TOO_LARGE. */
export function readPng(crypto: CryptoPort, file: Uint8Array): PngImage {
  if (!equalBytes(file.subarray(0, 8), pngSignature)) throw refused('not a PNG');
  const chunks = readChunks(file);
  const header = chunks.get('IHDR')?.[0];
  if (header?.length !== 13) throw new AppError('FILE_BROKEN', 'PNG header');
  const data = new DataView(header.buffer, header.byteOffset, header.byteLength);
  const width = data.getUint32(0);
  const height = data.getUint32(4);
  const [depth, colorType, , , interlace] = header.subarray(8);
  const channels = channelsByColorType[colorType ?? -1];
  if (width * height === 0 || width * height > maxPixels) throw new AppError('FILE_TOO_LARGE', 'PNG size');
  if (interlace !== 0 || !channels || !depth || ![1, 2, 4, 8, 16].includes(depth)) throw refused('PNG kind');
  const rowBytes = Math.ceil((width * channels * depth) / 8);
  const rows = crypto.inflate(concatBytes(chunks.get('IDAT') ?? []), (rowBytes + 1) * height + 1024);
  const samples = undoPngPrediction(rows, { colors: channels, bitsPerComponent: depth, columns: width });
  if (samples.length !== rowBytes * height) throw new AppError('FILE_BROKEN', 'PNG data');
  const sampleAt = sampleReader(samples, rowBytes, channels, depth);
  const pixel = pixelReader(
    colorType ?? 0,
    depth,
    sampleAt,
    chunks.get('PLTE')?.[0],
    chunks.get('tRNS')?.[0],
  );
  return paint(width, height, pixel);
}

type Chunks = ReadonlyMap<string, readonly Uint8Array[]>;

function readChunks(file: Uint8Array): Chunks {
  const chunks = new Map<string, Uint8Array[]>();
  const data = new DataView(file.buffer, file.byteOffset, file.byteLength);
  for (let at = 8; at + 12 <= file.length; ) {
    const length = data.getUint32(at);
    const name = latin1(file.subarray(at + 4, at + 8));
    if (at + 12 + length > file.length) throw new AppError('FILE_BROKEN', 'PNG chunk');
    const known = chunks.get(name) ?? [];
    known.push(file.subarray(at + 8, at + 8 + length));
    chunks.set(name, known);
    at += 12 + length;
  }
  return chunks;
}

type SampleAt = (x: number, y: number, channel: number) => number;

function sampleReader(samples: Uint8Array, rowBytes: number, channels: number, depth: number): SampleAt {
  // Of 16-bit samples the high byte is enough for a picture on paper.
  if (depth >= 8)
    return (x, y, channel) => samples[y * rowBytes + ((x * channels + channel) * depth) / 8] ?? 0;
  return (x, y) => {
    const bit = x * depth;
    return ((samples[y * rowBytes + (bit >> 3)] ?? 0) >> (8 - depth - (bit & 7))) & (2 ** depth - 1);
  };
}

type Pixel = readonly [number, number, number, number];

function pixelReader(
  colorType: number,
  depth: number,
  sampleAt: SampleAt,
  palette: Uint8Array | undefined,
  transparency: Uint8Array | undefined,
): (x: number, y: number) => Pixel {
  if (colorType === 3) {
    return (x, y) => {
      const index = sampleAt(x, y, 0);
      const at = 3 * index;
      return [
        palette?.[at] ?? 0,
        palette?.[at + 1] ?? 0,
        palette?.[at + 2] ?? 0,
        transparency?.[index] ?? 255,
      ];
    };
  }
  // One grey or colour may be named as the clear one (PNG 11.3.2.1, 16 bits each); of these too the byte that is read.
  const keyByte = (channel: number): number | undefined =>
    transparency?.[2 * channel + (depth === 16 ? 0 : 1)];
  if (colorType === 0 || colorType === 4) {
    const scale = depth < 8 ? 255 / (2 ** depth - 1) : 1;
    return (x, y) => {
      const sample = sampleAt(x, y, 0);
      const gray = Math.round(sample * scale);
      const opacity = sample === keyByte(0) ? 0 : 255;
      return [gray, gray, gray, colorType === 4 ? sampleAt(x, y, 1) : opacity];
    };
  }
  return (x, y) => {
    const [red, green, blue] = [sampleAt(x, y, 0), sampleAt(x, y, 1), sampleAt(x, y, 2)];
    const clear = red === keyByte(0) && green === keyByte(1) && blue === keyByte(2);
    return [red, green, blue, colorType === 6 ? sampleAt(x, y, 3) : clear ? 0 : 255];
  };
}

function paint(width: number, height: number, pixel: (x: number, y: number) => Pixel): PngImage {
  const rgb = new Uint8Array(width * height * 3);
  const alpha = new Uint8Array(width * height);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at++) {
      const [red, green, blue, opacity] = pixel(x, y);
      rgb[3 * at] = red;
      rgb[3 * at + 1] = green;
      rgb[3 * at + 2] = blue;
      alpha[at] = opacity;
    }
  }
  return { width, height, rgb, alpha };
}

/** Whether no pixel lets anything of the page show through. */
export function isOpaque({ alpha }: PngImage): boolean {
  return alpha.every((opacity) => opacity === 255);
}

/** Adds an image XObject; opacity goes into a soft mask (ISO 32000-1, 11.6.5.3). */
export function embedImage(update: IncrementalUpdate, image: PngImage): PdfRef {
  const { crypto } = update.document;
  const common = pdfDict({
    Type: pdfName('XObject'),
    Subtype: pdfName('Image'),
    Width: image.width,
    Height: image.height,
    BitsPerComponent: 8,
    Filter: pdfName('FlateDecode'),
  });
  const color = { ColorSpace: pdfName('DeviceRGB') };
  if (isOpaque(image)) {
    return update.add(pdfStream(withEntries(common, color), crypto.deflate(image.rgb)));
  }
  const gray = withEntries(common, { ColorSpace: pdfName('DeviceGray') });
  const mask = update.add(pdfStream(gray, crypto.deflate(image.alpha)));
  return update.add(pdfStream(withEntries(common, { ...color, SMask: mask }), crypto.deflate(image.rgb)));
}
