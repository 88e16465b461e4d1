import { type ByteSource, findLastAscii, readTail } from '../bytes';

/** Scanners pad the end with zeros; a file that was cut off has no `startxref` in its last part at all. */
const tailLength = 64 * 1024;

/** Whether the end of a PDF is there: `startxref` near the end of the file (ISO 32000-1, 7.5.5). */
export async function hasPdfEnd(source: ByteSource): Promise<boolean> {
  return findLastAscii(await readTail(source, tailLength), 'startxref') >= 0;
}
