import { AppError } from '../../result/result';
import { DerError, readDer } from '../asn1/der';
import { decodeHex, equalBytes, latin1 } from '../bytes';
import type { PdfDocument } from '../pdf/pdf-document';
import type { FormField } from '../pdf/pdf-fields';
import { isRef, isString, type PdfDict, type PdfRef, type PdfValue } from '../pdf/pdf-objects';
import type { ByteSource, CryptoPort, HashName } from '../ports';
import type { SignatureProblem } from './check-report';

export type ByteRange = readonly [number, number, number, number];

/** A signature whose byte range and hole are sound, or the reason why not. */
export type LocatedSignature =
  | {
      readonly sound: true;
      readonly dict: PdfDict;
      readonly byteRange: ByteRange;
      /** First byte after the signed revision. */
      readonly end: number;
      /** The CMS with the padding of the hole. */
      readonly contents: Uint8Array;
      readonly coverage: 'whole-file' | 'earlier-revision';
      /** Softer faults that make the signature malformed as well but leave it readable. */
      readonly problems: readonly SignatureProblem[];
    }
  | { readonly sound: false; readonly dict: PdfDict | null; readonly problem: SignatureProblem };

const hashBlock = 1024 * 1024;
/** Largest hole that is read: the CMS of a signature with all its validation data stays far below. */
const maxHole = 16 * 1024 * 1024;
/** White space after the last %%EOF that is no revision of its own. */
const maxTrailingSpace = 16;
const cipherBlock = 16;

/**
 * Checks where a signature stands: the byte range covers the file from its start to the end of a revision but for one
 * hole, and that hole is exactly the /Contents of this dictionary, inside the object that the cross-reference names.
 * Each missing part makes the signature malformed; skipping the check instead is what signature forgeries live on.
 */
export async function locateSignature(document: PdfDocument, field: FormField): Promise<LocatedSignature> {
  const { source } = document;
  const dict = await document.dict(field.value);
  const fail = (problem: SignatureProblem): LocatedSignature => ({ sound: false, dict, problem });
  if (!dict) return fail('NO_SIGNATURE_DICTIONARY');
  const listed = await document.array(dict.get('ByteRange'));
  if (!listed) return fail('NO_BYTE_RANGE');
  const contents = await document.resolve(dict.get('Contents'));
  if (!isString(contents) || contents.bytes.length === 0) return fail('NO_CONTENTS');
  const byteRange = readByteRange(listed, source.size);
  if (!byteRange) return fail('BAD_BYTE_RANGE');
  const [, holeStart, holeEnd, tail] = byteRange;
  const isPlausible = holeEnd - holeStart <= maxHole && (holeEnd - holeStart) % 2 === 0;
  const hole = isPlausible ? await source.read(holeStart, holeEnd - holeStart) : new Uint8Array(0);
  if (!/^<[0-9A-Fa-f]+>$/.test(latin1(hole))) return fail('HOLE_NOT_CONTENTS_ONLY');
  if (!equalBytes(decodeHex(hole), contents.bytes)) return fail('HOLE_NOT_THIS_CONTENTS');
  const owner = isRef(field.value) ? field.value : field.ref;
  const entry = owner ? document.entries.get(owner.num) : undefined;
  if (entry?.type !== 'offset') return fail('HOLE_OUTSIDE_DICTIONARY');
  const object = await document.file.objectAt(entry.offset);
  if (holeStart <= entry.offset || holeEnd > object.end) return fail('HOLE_OUTSIDE_DICTIONARY');
  const end = holeEnd + tail;
  const problems: SignatureProblem[] = [];
  if (object.hasDuplicateKey) problems.push('DUPLICATE_KEYS');
  if (!(await endsRevision(source, end))) problems.push('RANGE_NOT_AT_REVISION_END');
  if (!isPaddedWithZero(document, object.ref, contents.bytes)) problems.push('PADDING_NOT_ZERO');
  const coverage = (await isWholeFile(source, end)) ? 'whole-file' : 'earlier-revision';
  return { sound: true, dict, byteRange, end, contents: contents.bytes, coverage, problems };
}

function readByteRange(listed: readonly PdfValue[], size: number): ByteRange | null {
  const [start, holeStart, holeEnd, tail] = listed;
  if (listed.length !== 4 || start !== 0) return null;
  if (typeof holeStart !== 'number' || typeof holeEnd !== 'number' || typeof tail !== 'number') return null;
  const isSound = [holeStart, holeEnd, tail].every((value) => Number.isInteger(value) && value >= 0);
  return isSound && holeEnd > holeStart && holeEnd + tail <= size ? [0, holeStart, holeEnd, tail] : null;
}

async function endsRevision(source: ByteSource, end: number): Promise<boolean> {
  const start = Math.max(0, end - 40);
  return /%%EOF\s*$/.test(latin1(await source.read(start, end - start)));
}

async function isWholeFile(source: ByteSource, end: number): Promise<boolean> {
  const rest = source.size - end;
  if (rest === 0) return true;
  return rest < maxTrailingSpace && /^\s*$/.test(latin1(await source.read(end, rest)));
}

/** True when only zeros follow the CMS; anything else could carry a second reading of the signature. */
function isPaddedWithZero(document: PdfDocument, owner: PdfRef, contents: Uint8Array): boolean {
  // BER of indefinite length has no length to compare with; its parser ignores what follows.
  if (contents[1] === 0x80) return true;
  try {
    const { end } = readDer(contents);
    const isZero = contents.subarray(end).every((byte) => byte === 0);
    return isZero || (document.encryption !== null && hasEncryptedPadding(document, owner, contents, end));
  } catch (error) {
    if (error instanceof DerError) return true;
    throw error;
  }
}

/**
 * Some programs (PDFBox) encrypt the zeros of the hole like any string before they put the CMS over their beginning. Under
 * cipher block chaining the first block after it cannot be decrypted any more.
 */
function hasEncryptedPadding(
  document: PdfDocument,
  owner: PdfRef,
  contents: Uint8Array,
  end: number,
): boolean {
  try {
    const plain = document.decrypt(owner, contents);
    return plain.subarray(end + cipherBlock).every((byte) => byte === 0);
  } catch (error) {
    // What was never encrypted cannot be decrypted.
    if (error instanceof AppError) return false;
    throw error;
  }
}

/** Digest of everything a byte range covers, read block by block. */
export async function hashByteRange(
  crypto: CryptoPort,
  source: ByteSource,
  byteRange: ByteRange,
  name: HashName,
): Promise<Uint8Array> {
  const hash = crypto.hash(name);
  await feedByteRange(source, byteRange, (bytes) => hash.update(bytes));
  return hash.digest();
}

/** Reads everything a byte range covers, block by block. */
export async function feedByteRange(
  source: ByteSource,
  [start, holeStart, holeEnd, tail]: ByteRange,
  piece: (bytes: Uint8Array) => void,
): Promise<void> {
  const parts = [
    [start, holeStart],
    [holeEnd, holeEnd + tail],
  ] as const;
  const room = new Uint8Array(Math.min(hashBlock, source.size));
  for (const [from, to] of parts) {
    for (let at = from; at < to; at += hashBlock)
      piece(await source.read(at, Math.min(hashBlock, to - at), room));
  }
}
