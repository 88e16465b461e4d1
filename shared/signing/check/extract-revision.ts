import { AppError } from '../../result/result';
import { PdfDocument } from '../pdf/pdf-document';
import { readSignatureFields } from '../pdf/pdf-fields';
import type { ByteSink, ByteSource, CryptoPort } from '../ports';
import { copySource } from '../update/incremental-update';
import { locateSignature } from './byte-range';

export type ExtractOptions = {
  readonly crypto: CryptoPort;
  /** Full name of the form field that holds the signature. */
  readonly field: string;
};

/**
 * Writes the revision that one signature covers: the received bytes up to the end of its byte range, unchanged, so
 * that a person sees exactly what was signed (ISO 32000-1, 12.8.1). Gives the size in bytes.
 * Throws NO_SIGNATURE when the field has none or its byte range covers no revision, and what reading a PDF throws.
 */
export async function extractRevision(
  source: ByteSource,
  sink: ByteSink,
  { crypto, field: name }: ExtractOptions,
): Promise<number> {
  const document = await PdfDocument.open(source, crypto);
  const field = (await readSignatureFields(document)).find((candidate) => candidate.name === name);
  if (field?.value === undefined) throw new AppError('NO_SIGNATURE', name);
  const located = await locateSignature(document, field);
  if (!located.sound) throw new AppError('NO_SIGNATURE', located.problem);
  const { end } = located;
  await copySource({ size: end, read: (...asked) => source.read(...asked) }, sink);
  return end;
}
