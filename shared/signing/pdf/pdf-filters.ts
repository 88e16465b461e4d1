import { AppError } from '../../result/result';
import { decodeHex } from '../bytes';
import type { CryptoPort } from '../ports';

/** Bound on the decoded size of one stream that we have to read. */
export const maxDecodedStream = 64 * 1024 * 1024;

export type PredictorParameters = {
  readonly predictor: number;
  readonly colors: number;
  readonly bitsPerComponent: number;
  readonly columns: number;
};

/** Undoes one filter (ISO 32000-1 section 7.4). Throws PDF_MALFORMED, or PDF_TOO_COMPLEX for filters we never need. */
export function decodeFilter(
  crypto: CryptoPort,
  filter: string,
  bytes: Uint8Array,
  predictor: PredictorParameters | null,
): Uint8Array {
  // Decryption happens before any other filter, wherever the stream is read.
  if (filter === 'Crypt') return bytes;
  if (filter === 'ASCIIHexDecode') {
    const end = bytes.indexOf(0x3e);
    return decodeHex(end < 0 ? bytes : bytes.subarray(0, end));
  }
  if (filter !== 'FlateDecode' && filter !== 'Fl') throw new AppError('PDF_TOO_COMPLEX', `filter ${filter}`);
  // TIFF prediction, which nobody uses for what we have to read: read without it, it would be other content.
  if (predictor?.predictor === 2) throw new AppError('PDF_TOO_COMPLEX', 'predictor');
  const inflated = crypto.inflate(bytes, maxDecodedStream);
  return predictor && predictor.predictor >= 10 ? undoPngPrediction(inflated, predictor) : inflated;
}

/** Undoes the row prediction of PNG (W3C PNG section 9), which PDF streams share. */
export function undoPngPrediction(
  rows: Uint8Array,
  { colors, bitsPerComponent, columns }: Omit<PredictorParameters, 'predictor'>,
): Uint8Array {
  const pixel = Math.max(1, (colors * bitsPerComponent) >> 3);
  const width = Math.ceil((columns * colors * bitsPerComponent) / 8);
  if (!(width > 0 && width <= maxDecodedStream)) throw new AppError('PDF_MALFORMED', 'predictor');
  const count = Math.floor(rows.length / (width + 1));
  const out = new Uint8Array(count * width);
  for (let row = 0; row < count; row++) {
    const kind = rows[row * (width + 1)] ?? 0;
    for (let i = 0; i < width; i++) {
      const at = row * width + i;
      const left = i >= pixel ? out[at - pixel]! : 0;
      const up = row > 0 ? out[at - width]! : 0;
      const upLeft = row > 0 && i >= pixel ? out[at - width - pixel]! : 0;
      out[at] = rows[row * (width + 1) + 1 + i]! + predict(kind, left, up, upLeft);
    }
  }
  return out;
}

function predict(kind: number, left: number, up: number, upLeft: number): number {
  if (kind === 1) return left;
  if (kind === 2) return up;
  if (kind === 3) return (left + up) >> 1;
  if (kind !== 4) return 0;
  const estimate = left + up - upLeft;
  const toLeft = Math.abs(estimate - left);
  const toUp = Math.abs(estimate - up);
  const toUpLeft = Math.abs(estimate - upLeft);
  if (toLeft <= toUp && toLeft <= toUpLeft) return left;
  return toUp <= toUpLeft ? up : upLeft;
}
