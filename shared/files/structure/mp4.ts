import { type ByteSource, hasAscii, viewOf } from '../bytes';

const mostBoxes = 100_000;

/**
 * Whether an MP4 is whole: its top-level boxes (ISO/IEC 14496-12, 4.2) fill the file exactly up to its end
 * and one of them is `moov`, without which nothing can be played (a recording that was cut off has none).
 */
export async function isWholeMp4(source: ByteSource): Promise<boolean> {
  let at = 0;
  let hasMovie = false;
  for (let boxes = 0; at < source.size && boxes < mostBoxes; boxes++) {
    const head = await source.read(at, 16);
    if (head.length < 8) return false;
    if (hasAscii(head, 4, 'moov')) hasMovie = true;
    const length = boxLength(head, source.size - at);
    if (length < 8 || at + length > source.size) return false;
    at += length;
  }
  return hasMovie && at === source.size;
}

/** Length of a box: 0 means "to the end of the file", 1 "in the next eight bytes". */
function boxLength(head: Uint8Array, rest: number): number {
  const view = viewOf(head);
  const short = view.getUint32(0);
  if (short === 0) return rest;
  if (short !== 1) return short;
  return head.length < 16 ? 0 : Number(view.getBigUint64(8));
}
