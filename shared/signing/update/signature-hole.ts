import { AppError } from '../../result/result';
import { hexOf, indexOfBytes, latin1Bytes } from '../bytes';
import { type PdfDict, type PdfRef, type PdfValue, pdfVerbatim } from '../pdf/pdf-objects';
import type { IncrementalHash } from '../ports';
import type { IncrementalUpdate } from './incremental-update';

export type ByteRange = readonly [number, number, number, number];

/** An update whose signature is not written yet. */
export type HollowUpdate = {
  readonly bytes: Uint8Array;
  /** Where the hole stands in `bytes`, angle brackets included. */
  readonly holeStart: number;
  readonly holeEnd: number;
  /** What is signed of the new file (ISO 32000-1, 12.8.1). */
  readonly byteRange: ByteRange;
};

const byteRangeSlot = `[${[0, 1, 2].map(() => '9'.repeat(12)).join(' ')} 0]`;

/**
 * Builds an update with `dictionary` as the value of `signature`, and with a hole for `reserve` bytes as its /Contents.
 * It may be built again with another reserve.
 */
export async function buildHollow(
  update: IncrementalUpdate,
  signature: PdfRef,
  dictionary: PdfDict,
  reserve: number,
): Promise<HollowUpdate> {
  // The fixed-width slots come before any text of the user, so that they are found by position.
  const slots: readonly (readonly [string, PdfValue])[] = [
    ['ByteRange', pdfVerbatim(byteRangeSlot)],
    ['Contents', pdfVerbatim(`<${'0'.repeat(reserve * 2)}>`)],
  ];
  update.set(signature, new Map([...slots, ...dictionary]));
  const { bytes, offsets } = await update.build();
  const { size } = update.document.source;
  const start = (offsets.get(signature.num) ?? 0) - size;
  const holeStart = indexOfBytes(bytes, latin1Bytes('/Contents <'), start) + '/Contents '.length;
  const holeEnd = holeStart + 2 * reserve + 2;
  const byteRange = [0, size + holeStart, size + holeEnd, bytes.length - holeEnd] as const;
  const slot = indexOfBytes(bytes, latin1Bytes(byteRangeSlot), start);
  bytes.set(latin1Bytes(`[${byteRange.join(' ')}]`.padEnd(byteRangeSlot.length)), slot);
  return { bytes, holeStart, holeEnd, byteRange };
}

/** The digest that is signed; `before` has taken in the document that the update follows, and stays as it is. */
export function digestAround(
  before: IncrementalHash,
  { bytes, holeStart, holeEnd }: HollowUpdate,
): Uint8Array {
  const hash = before.copy();
  hash.update(bytes.subarray(0, holeStart));
  hash.update(bytes.subarray(holeEnd));
  return hash.digest();
}

/** The hole with a CMS in it: hexadecimal digits between angle brackets, `length` bytes. Throws CONTENTS_TOO_SMALL. */
export function filledHole(cms: Uint8Array, length: number): Uint8Array {
  const digits = hexOf(cms);
  if (digits.length + 2 > length) throw new AppError('CONTENTS_TOO_SMALL');
  return latin1Bytes(`<${digits.padEnd(length - 2, '0')}>`);
}
