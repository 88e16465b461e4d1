import { concatBytes, latin1Bytes } from '../bytes';
import type { CryptoPort } from '../ports';
import { type PngImage, pngSignature } from './png-image';

const crcTable = Uint32Array.from({ length: 256 }, (_, index) => {
  let value = index;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value;
});

/** Encodes pixels as a PNG (W3C PNG) of eight bits red, green, blue and opacity. */
export function writePng(crypto: CryptoPort, { width, height, rgb, alpha }: PngImage): Uint8Array {
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  header.set([8, 6, 0, 0, 0], 8);
  const rowBytes = 1 + 4 * width;
  const rows = new Uint8Array(rowBytes * height);
  for (let pixel = 0; pixel < width * height; pixel++) {
    const at = Math.floor(pixel / width) * rowBytes + 1 + 4 * (pixel % width);
    rows.set(rgb.subarray(3 * pixel, 3 * pixel + 3), at);
    rows[at + 3] = alpha[pixel] ?? 0;
  }
  return concatBytes([
    pngSignature,
    chunk('IHDR', header),
    chunk('IDAT', crypto.deflate(rows)),
    chunk('IEND', new Uint8Array()),
  ]);
}

function chunk(name: string, data: Uint8Array): Uint8Array {
  const checked = concatBytes([latin1Bytes(name), data]);
  return concatBytes([uint32(data.length), checked, uint32(crc32(checked))]);
}

function uint32(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value);
  return bytes;
}

function crc32(bytes: Uint8Array): number {
  let value = 0xffffffff;
  for (const byte of bytes) value = (crcTable[(value ^ byte) & 0xff] ?? 0) ^ (value >>> 8);
  return (value ^ 0xffffffff) >>> 0;
}
