import { AppError } from '../../result/result';
import type { CryptoPort } from '../ports';
import type { PageSize } from './placement';
import { isOpaque, type PngImage, readPng } from './png-image';
import { writePng } from './png-writer';

/** What a picture of a handwritten signature or of a seal is, as far as printing it goes. */
export type PictureFacts = {
  /** Pixels of the part that shows: clear margins are left out. */
  readonly width: number;
  readonly height: number;
  /** Nothing of it is transparent, so that it hides the text below (against Phụ lục I, phần I, mục II.7). */
  readonly opaque: boolean;
  /** The part that shows as a PNG of at most {@link largestPreview} bytes. */
  readonly preview: Uint8Array;
};

/** Bytes of a preview; base64 makes 200 kB of it. */
export const largestPreview = 150_000;
const longestPreviewSide = 400;
/** Opacity (of 255) below which a pixel is not seen on paper: dust that a cut-out leaves behind. */
const faintest = 16;

/**
 * Reads a picture with the reader of the appearance, so that what is accepted can be printed.
 * Throws PICTURE_NOT_PNG, PICTURE_BROKEN (also when nothing of it shows) and PICTURE_TOO_LARGE.
 */
export function describePicture(crypto: CryptoPort, png: Uint8Array): PictureFacts {
  const image = readPicture(crypto, png);
  const visible = visiblePart(image);
  return {
    width: visible.width,
    height: visible.height,
    opaque: isOpaque(image),
    preview: previewOf(crypto, visible),
  };
}

/** Pixels of the part of a picture that shows; throws as {@link describePicture}. */
export function pictureSize(crypto: CryptoPort, png: Uint8Array): PageSize {
  const { width, height } = visiblePart(readPicture(crypto, png));
  return { w: width, h: height };
}

function visiblePart(image: PngImage): PngImage {
  const visible = trimClearMargins(image);
  if (visible === null) throw new AppError('PICTURE_BROKEN', 'nothing shows');
  return visible;
}

function readPicture(crypto: CryptoPort, png: Uint8Array): PngImage {
  try {
    return readPng(crypto, png);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    if (error.code === 'FILE_TYPE_UNSUPPORTED') throw new AppError('PICTURE_NOT_PNG', error.detail);
    if (error.code === 'FILE_TOO_LARGE') throw new AppError('PICTURE_TOO_LARGE', error.detail);
    throw new AppError('PICTURE_BROKEN', error.detail);
  }
}

/** The part of a picture that shows, so that a seal is of true size whatever margin was scanned; null when none does. */
export function trimClearMargins(image: PngImage): PngImage | null {
  const { width, height, alpha } = image;
  let [left, right, top, bottom] = [width, -1, height, -1];
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at++) {
      if ((alpha[at] ?? 0) < faintest) continue;
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = y;
    }
  }
  if (right < 0) return null;
  return cut(image, left, top, right - left + 1, bottom - top + 1);
}

function cut(image: PngImage, left: number, top: number, width: number, height: number): PngImage {
  const rgb = new Uint8Array(width * height * 3);
  const alpha = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    const from = (top + y) * image.width + left;
    rgb.set(image.rgb.subarray(3 * from, 3 * (from + width)), 3 * y * width);
    alpha.set(image.alpha.subarray(from, from + width), y * width);
  }
  return { width, height, rgb, alpha };
}

function previewOf(crypto: CryptoPort, image: PngImage): Uint8Array {
  for (let step = Math.ceil(Math.max(image.width, image.height) / longestPreviewSide); ; step += 1) {
    const png = writePng(crypto, shrink(image, step));
    if (png.length <= largestPreview) return png;
  }
}

/** One pixel for each square of `step` pixels: their mean, in which clear pixels give no colour. */
function shrink(image: PngImage, step: number): PngImage {
  const width = Math.ceil(image.width / step);
  const height = Math.ceil(image.height / step);
  const rgb = new Uint8Array(width * height * 3);
  const alpha = new Uint8Array(width * height);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at++) {
      const [red, green, blue, opacity] = meanOf(image, x * step, y * step, step);
      rgb.set([red, green, blue], 3 * at);
      alpha[at] = opacity;
    }
  }
  return { width, height, rgb, alpha };
}

function meanOf(
  { width, height, rgb, alpha }: PngImage,
  left: number,
  top: number,
  step: number,
): readonly [number, number, number, number] {
  let [red, green, blue, opacity, count] = [0, 0, 0, 0, 0];
  for (let y = top; y < Math.min(height, top + step); y++) {
    for (let x = left; x < Math.min(width, left + step); x++) {
      const at = y * width + x;
      const weight = alpha[at] ?? 0;
      red += weight * (rgb[3 * at] ?? 0);
      green += weight * (rgb[3 * at + 1] ?? 0);
      blue += weight * (rgb[3 * at + 2] ?? 0);
      opacity += weight;
      count += 1;
    }
  }
  const weights = Math.max(1, opacity);
  return [red / weights, green / weights, blue / weights, opacity / count];
}
