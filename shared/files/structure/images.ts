import { type ByteSource, findLastAscii, hasAscii, readTail, startsWithBytes, viewOf } from '../bytes';

/** Size of a picture in pixels, and how many pictures the file holds (a scan in TIFF has several pages). */
export type PictureSize = { readonly width: number; readonly height: number; readonly pages: number };

const tailLength = 64 * 1024;
const mostPages = 10_000;

/** Reads the size of a JPEG (ITU-T T.81 B.2.2); nothing when it is damaged or cut off before its end mark. */
export async function readJpegSize(source: ByteSource): Promise<PictureSize | undefined> {
  const tail = await readTail(source, tailLength);
  if (findLastPair(tail, 0xff, 0xd9) < 0) return undefined;
  let at = 2;
  for (let segments = 0; segments < 1000; segments++) {
    const head = await source.read(at, 9);
    if (head.length < 9 || head[0] !== 0xff) return undefined;
    const marker = head[1] ?? 0;
    const view = viewOf(head);
    if (isStartOfFrame(marker)) {
      return picture(view.getUint16(7), view.getUint16(5), 1);
    }
    if (marker === 0xff) at += 1;
    else at += 2 + view.getUint16(2);
  }
  return undefined;
}

/** C0–CF are frames, but for the Huffman table (C4), the reserved mark (C8) and arithmetic coding (CC). */
function isStartOfFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

function findLastPair(bytes: Uint8Array, first: number, second: number): number {
  for (let i = bytes.length - 2; i >= 0; i--) if (bytes[i] === first && bytes[i + 1] === second) return i;
  return -1;
}

/** Reads the size of a PNG (ISO/IEC 15948, 11.2.2); nothing when it is damaged or has no IEND at its end. */
export async function readPngSize(source: ByteSource): Promise<PictureSize | undefined> {
  const head = await source.read(0, 24);
  if (head.length < 24 || !hasAscii(head, 12, 'IHDR')) return undefined;
  if (findLastAscii(await readTail(source, tailLength), 'IEND') < 0) return undefined;
  const view = viewOf(head);
  return picture(view.getUint32(16), view.getUint32(20), 1);
}

/** Reads the size of the first page and the number of pages of a TIFF 6.0; nothing when an IFD is cut off. */
export async function readTiffSize(source: ByteSource): Promise<PictureSize | undefined> {
  const head = await source.read(0, 8);
  if (head.length < 8) return undefined;
  const little = startsWithBytes(head, [0x49, 0x49]);
  let offset = viewOf(head).getUint32(4, little);
  let first: { width: number; height: number } | undefined;
  // Directories are chained by offsets; one that comes twice is a ring.
  const seen = new Set<number>();
  while (offset !== 0) {
    if (seen.has(offset) || seen.size >= mostPages) return undefined;
    seen.add(offset);
    const directory = await readTiffDirectory(source, offset, little);
    if (directory === undefined) return undefined;
    first ??= directory;
    offset = directory.next;
  }
  return first === undefined ? undefined : picture(first.width, first.height, seen.size);
}

async function readTiffDirectory(source: ByteSource, offset: number, little: boolean) {
  const count = await source.read(offset, 2);
  if (count.length < 2) return undefined;
  const entries = viewOf(count).getUint16(0, little);
  const bytes = await source.read(offset + 2, entries * 12 + 4);
  if (bytes.length < entries * 12 + 4) return undefined;
  const view = viewOf(bytes);
  let width = 0;
  let height = 0;
  for (let at = 0; at < entries * 12; at += 12) {
    const tag = view.getUint16(at, little);
    if (tag !== 256 && tag !== 257) continue;
    const value =
      view.getUint16(at + 2, little) === 3 ? view.getUint16(at + 8, little) : view.getUint32(at + 8, little);
    if (tag === 256) width = value;
    else height = value;
  }
  return { width, height, next: view.getUint32(entries * 12, little) };
}

function picture(width: number, height: number, pages: number): PictureSize | undefined {
  return width > 0 && height > 0 ? { width, height, pages } : undefined;
}
