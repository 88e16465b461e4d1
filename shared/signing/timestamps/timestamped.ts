import { DerError } from '../asn1/der';
import { parseCms } from '../cms/cms-parse';
import type { PdfDocument } from '../pdf/pdf-document';
import type { FormField } from '../pdf/pdf-fields';
import { isString } from '../pdf/pdf-objects';
import { signatureTimestampOf } from './timestamp-token';

/**
 * True when each signature has a timestamp of its own or is covered by a later document timestamp. It says what is
 * there; whether the timestamps hold is for the checker to say.
 */
export async function areAllTimestamped(
  document: PdfDocument,
  signedFields: readonly FormField[],
): Promise<boolean> {
  let lastTimestamp = -1;
  const unstamped: number[] = [];
  for (const { value } of signedFields) {
    const dict = await document.dict(value);
    const range = (await document.array(dict?.get('ByteRange'))) ?? [];
    const [, , holeEnd = null, tail = null] = await Promise.all(range.map((item) => document.number(item)));
    const end = (holeEnd ?? 0) + (tail ?? 0);
    const contents = await document.resolve(dict?.get('Contents'));
    if ((await document.name(dict?.get('SubFilter'))) === 'ETSI.RFC3161')
      lastTimestamp = Math.max(lastTimestamp, end);
    else if (!isString(contents) || !hasOwnTimestamp(document, contents.bytes)) unstamped.push(end);
  }
  return unstamped.every((end) => end < lastTimestamp);
}

function hasOwnTimestamp({ crypto }: PdfDocument, contents: Uint8Array): boolean {
  try {
    return signatureTimestampOf(parseCms(contents, crypto)) !== null;
  } catch (error) {
    if (error instanceof DerError) return false;
    throw error;
  }
}
