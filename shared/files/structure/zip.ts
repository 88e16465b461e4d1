import { type ByteSource, readTail, viewOf } from '../bytes';

export type ZipEntry = {
  readonly name: string;
  /** 0 = stored, 8 = deflate. */
  readonly method: number;
  readonly crc32: number;
  readonly packedSize: number;
  readonly size: number;
  /** Where its local header begins. */
  readonly headerOffset: number;
};

const endSignature = 0x06054b50;
const entrySignature = 0x02014b50;
const localSignature = 0x04034b50;
const endLength = 22;
const longestComment = 0xffff;
/** An office file lists tens of parts; a directory beyond this is no such file. */
const largestDirectory = 4 * 1024 * 1024;

/**
 * Lists a ZIP archive by its central directory (APPNOTE.TXT 4.3.12, 4.3.16), without unpacking anything.
 * Gives nothing when the directory is missing, cut off or inconsistent.
 */
export async function readZipDirectory(source: ByteSource): Promise<readonly ZipEntry[] | undefined> {
  const tail = await readTail(source, endLength + longestComment);
  const end = findEnd(tail);
  if (end < 0) return undefined;
  const view = viewOf(tail);
  const count = view.getUint16(end + 10, true);
  const length = view.getUint32(end + 12, true);
  const offset = view.getUint32(end + 16, true);
  if (length > largestDirectory || offset + length > source.size) return undefined;
  return parseEntries(await source.read(offset, length), count);
}

function findEnd(tail: Uint8Array): number {
  const view = viewOf(tail);
  for (let at = tail.length - endLength; at >= 0; at--) {
    if (view.getUint32(at, true) === endSignature) return at;
  }
  return -1;
}

function parseEntries(directory: Uint8Array, count: number): readonly ZipEntry[] | undefined {
  const view = viewOf(directory);
  const text = new TextDecoder('utf-8');
  const entries: ZipEntry[] = [];
  let at = 0;
  for (let i = 0; i < count; i++) {
    if (at + 46 > directory.length || view.getUint32(at, true) !== entrySignature) return undefined;
    const nameLength = view.getUint16(at + 28, true);
    entries.push({
      name: text.decode(directory.subarray(at + 46, at + 46 + nameLength)),
      method: view.getUint16(at + 10, true),
      crc32: view.getUint32(at + 16, true),
      packedSize: view.getUint32(at + 20, true),
      size: view.getUint32(at + 24, true),
      headerOffset: view.getUint32(at + 42, true),
    });
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return entries;
}

/** Gives the packed bytes of one entry, or nothing when its local header or its data are cut off. */
export async function readZipEntry(source: ByteSource, entry: ZipEntry): Promise<Uint8Array | undefined> {
  const header = await source.read(entry.headerOffset, 30);
  const view = viewOf(header);
  if (header.length < 30 || view.getUint32(0, true) !== localSignature) return undefined;
  const start = entry.headerOffset + 30 + view.getUint16(26, true) + view.getUint16(28, true);
  const packed = await source.read(start, entry.packedSize);
  return packed.length === entry.packedSize ? packed : undefined;
}
