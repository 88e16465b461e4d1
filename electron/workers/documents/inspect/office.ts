import { promisify } from 'node:util';
import { crc32, inflateRaw } from 'node:zlib';
import type { ByteSource } from '@shared/files/bytes';
import { readZipDirectory, readZipEntry, type ZipEntry } from '@shared/files/structure/zip';
import type { Inspection } from './inspection';

const inflate = promisify(inflateRaw);
/** A part of an honest office file; unpacking stops here, whatever the directory claims. */
const largestPart = 128 * 1024 * 1024;

/**
 * Checks that the parts that make a .docx or .xlsx readable unpack to what the archive says of them:
 * the content types, the relations and the main XML folder's top level (ECMA-376 part 2, 10.1).
 */
export async function inspectOffice(source: ByteSource): Promise<Inspection> {
  const entries = await readZipDirectory(source);
  if (entries === undefined) return broken;
  for (const entry of entries.filter((one) => isVital(one.name))) {
    if (!(await isIntact(source, entry))) return broken;
  }
  return {};
}

const broken: Inspection = { problem: 'FILE_BROKEN' };

function isVital(name: string): boolean {
  return name === '[Content_Types].xml' || name === '_rels/.rels' || /^(word|xl)\/[^/]+\.xml$/.test(name);
}

async function isIntact(source: ByteSource, entry: ZipEntry): Promise<boolean> {
  if (entry.size > largestPart || entry.packedSize > largestPart) return false;
  const packed = await readZipEntry(source, entry);
  if (packed === undefined) return false;
  try {
    const plain = entry.method === 0 ? packed : await inflate(packed, { maxOutputLength: entry.size + 1 });
    return plain.length === entry.size && crc32(plain) === entry.crc32;
  } catch {
    // Bad deflate data or more of it than announced: the part is not what the archive says.
    return false;
  }
}
