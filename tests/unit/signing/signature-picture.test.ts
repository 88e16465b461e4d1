import { deflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { nodeCrypto } from '../../../shared/node/crypto-port';
import { readPng } from '../../../shared/signing/appearance/png-image';
import { writePng } from '../../../shared/signing/appearance/png-writer';
import { describePicture, largestPreview } from '../../../shared/signing/appearance/signature-picture';
import { clear, type Pixel, paintPng, pngOf } from '../../driver/pictures';

const blue: Pixel = [20, 40, 200, 255];
const white: Pixel = [255, 255, 255, 255];
const inTheMiddle = (x: number, y: number): boolean => x >= 10 && x < 30 && y >= 5 && y < 15;

const describePng = (png: Uint8Array) => describePicture(nodeCrypto, png);
const codeOf = (act: () => unknown): unknown => {
  try {
    act();
  } catch (error) {
    return (error as { code?: unknown }).code;
  }
  return null;
};

describe('Phụ lục I, phần I, mục II.7: hình chữ ký có nền trong suốt', () => {
  test('a picture without one transparent pixel is opaque', () => {
    const scan = paintPng(40, 20, (x, y) => (inTheMiddle(x, y) ? blue : white));
    expect(describePng(scan)).toMatchObject({ opaque: true, width: 40, height: 20 });
  });

  test('a cut-out is not, and counts without its clear margins and dust', () => {
    const dust: Pixel = [0, 0, 0, 10];
    const cutOut = paintPng(40, 20, (x, y) => (inTheMiddle(x, y) ? blue : x === 39 ? dust : clear));
    expect(describePng(cutOut)).toMatchObject({ opaque: false, width: 20, height: 10 });
  });

  test('a cut-out that fills its picture is not opaque for that', () => {
    const diagonal = paintPng(20, 20, (x, y) => (x === y ? blue : clear));
    expect(describePng(diagonal)).toMatchObject({ opaque: false, width: 20, height: 20 });
  });

  test('RGB without opacity is opaque; with one colour named as the clear one it is not', () => {
    const row = (pixel: Pixel) => [0, ...Array.from({ length: 4 }, () => pixel.slice(0, 3)).flat()];
    const data = ['IDAT', deflateSync(Buffer.from([...row(white), ...row(blue)]))] as const;
    expect(describePng(pngOf(4, 2, 2, [data])).opaque).toBe(true);
    const key = ['tRNS', Uint8Array.of(0, 255, 0, 255, 0, 255)] as const;
    expect(describePng(pngOf(4, 2, 2, [key, data]))).toMatchObject({ opaque: false, width: 4, height: 1 });
  });
});

describe('what cannot be printed is refused', () => {
  test.each([
    ['PICTURE_NOT_PNG', 'a JPEG', Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 0, 16)],
    ['PICTURE_NOT_PNG', 'nothing', new Uint8Array()],
    ['PICTURE_BROKEN', 'a PNG cut off', paintPng(40, 20, () => blue).subarray(0, 60)],
    ['PICTURE_BROKEN', 'data that do not inflate', pngOf(4, 4, 6, [['IDAT', Uint8Array.of(1, 2, 3)]])],
    ['PICTURE_BROKEN', 'a clear sheet', paintPng(40, 20, () => clear)],
    ['PICTURE_TOO_LARGE', 'more than 16 million pixels', pngOf(5000, 5000, 6, [])],
  ])('%s: %s', (code, _what, png) => {
    expect(codeOf(() => describePng(png))).toBe(code);
  });
});

describe('the preview', () => {
  test('is a PNG of the part that shows, with its colours', () => {
    const { preview } = describePng(paintPng(40, 20, (x, y) => (inTheMiddle(x, y) ? blue : clear)));
    const shown = readPng(nodeCrypto, preview);
    expect([shown.width, shown.height]).toEqual([20, 10]);
    expect([...shown.rgb.subarray(0, 3), shown.alpha[0]]).toEqual([...blue]);
  });

  test('stays under its limit for pixels that do not compress, and keeps proportions', () => {
    let seed = 7;
    const noise = (): number => {
      seed = (seed * 1103515245 + 12345) % 2147483648;
      return (seed >> 16) & 255;
    };
    const { preview } = describePng(paintPng(900, 600, () => [noise(), noise(), noise(), 200]));
    expect(preview.length).toBeLessThanOrEqual(largestPreview);
    const { width, height } = readPng(nodeCrypto, preview);
    expect(width / height).toBeCloseTo(1.5, 1);
  });

  test('mixes no colour of clear pixels into an edge', () => {
    const black: Pixel = [0, 0, 0, 0];
    const { preview } = describePng(paintPng(801, 801, (x) => (x % 3 === 0 ? blue : black)));
    const { rgb } = readPng(nodeCrypto, preview);
    expect([...rgb.subarray(0, 3)]).toEqual(blue.slice(0, 3));
  });

  test('what is written is what is read', () => {
    const rgb = Uint8Array.from({ length: 3 * 35 }, (_, index) => (index * 37) % 256);
    const alpha = Uint8Array.from({ length: 35 }, (_, index) => (index * 11) % 256);
    const image = { width: 7, height: 5, rgb, alpha };
    expect(readPng(nodeCrypto, writePng(nodeCrypto, image))).toEqual(image);
  });
});
