import { degrees, type PDFDocument } from '@cantoo/pdf-lib';
import { a4Landscape, a4Portrait, mm } from '../geometry';

const margin = mm(12);
const orientationTag = 0x0112;

/** Clockwise turn that shows a photograph upright, from the orientation in its Exif data (Exif 2.3, 4.6.4). */
export function photoTurn(jpeg: Uint8Array): 0 | 90 | 180 | 270 {
  const view = new DataView(jpeg.buffer, jpeg.byteOffset, jpeg.byteLength);
  let at = 2;
  while (at + 4 < jpeg.length && jpeg[at] === 0xff && jpeg[at + 1] !== 0xda) {
    const length = view.getUint16(at + 2);
    const isExif = jpeg[at + 1] === 0xe1 && at + 18 < jpeg.length && view.getUint32(at + 4) === 0x45786966;
    if (isExif) return turnOf(exifOrientation(view, at + 10));
    at += 2 + length;
  }
  return 0;
}

/** The orientation entry of the first directory of a TIFF header; 1 (upright) where there is none. */
function exifOrientation(view: DataView, tiff: number): number {
  const end = view.byteLength;
  if (tiff + 8 > end) return 1;
  const little = view.getUint16(tiff) === 0x4949;
  const directory = tiff + view.getUint32(tiff + 4, little);
  if (directory + 2 > end) return 1;
  const count = view.getUint16(directory, little);
  for (let index = 0; index < count; index += 1) {
    const entry = directory + 2 + index * 12;
    if (entry + 12 > end) return 1;
    if (view.getUint16(entry, little) === orientationTag) return view.getUint16(entry + 8, little);
  }
  return 1;
}

function turnOf(orientation: number): 0 | 90 | 180 | 270 {
  if (orientation === 3 || orientation === 4) return 180;
  if (orientation === 5 || orientation === 6) return 90;
  return orientation === 7 || orientation === 8 ? 270 : 0;
}

/** Adds an A4 page, upright or on its side as the picture asks, with the picture as large as the margins allow. */
export async function addImagePage(
  pdf: PDFDocument,
  format: 'jpeg' | 'png',
  bytes: Uint8Array,
): Promise<void> {
  const image = format === 'jpeg' ? await pdf.embedJpg(bytes) : await pdf.embedPng(bytes);
  const turn = format === 'jpeg' ? photoTurn(bytes) : 0;
  const turned = turn === 90 || turn === 270;
  const shown = turned ? { width: image.height, height: image.width } : image;
  const sheet = shown.width > shown.height ? a4Landscape : a4Portrait;
  const room = { width: sheet.width - 2 * margin, height: sheet.height - 2 * margin };
  const scale = Math.min(room.width / shown.width, room.height / shown.height);
  const size = { width: shown.width * scale, height: shown.height * scale };
  const left = (sheet.width - size.width) / 2;
  const bottom = (sheet.height - size.height) / 2;
  // A turned picture turns about the corner it is placed by, so that corner moves to another side.
  pdf.addPage([sheet.width, sheet.height]).drawImage(image, {
    x: turn === 180 || turn === 270 ? left + size.width : left,
    y: turn === 90 || turn === 180 ? bottom + size.height : bottom,
    width: image.width * scale,
    height: image.height * scale,
    rotate: degrees(-turn),
  });
}
