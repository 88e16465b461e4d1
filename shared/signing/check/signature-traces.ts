import { concatBytes, indexOfBytes, latin1Bytes } from '../bytes';
import type { ByteSource } from '../ports';

const trace = latin1Bytes('/ByteRange');
const block = 4 * 1024 * 1024;

/** True when the bytes of a file name a /ByteRange anywhere: it was signed once, whatever its structure says now. */
export async function containsByteRange(source: ByteSource): Promise<boolean> {
  let carried: Uint8Array = new Uint8Array(0);
  for (let at = 0; at < source.size; at += block) {
    const bytes = concatBytes([carried, await source.read(at, Math.min(block, source.size - at))]);
    if (indexOfBytes(bytes, trace) >= 0) return true;
    carried = bytes.slice(-trace.length);
  }
  return false;
}
