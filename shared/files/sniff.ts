import { type ByteSource, findAscii, hasAscii, startsWithBytes } from './bytes';
import type { KnownKind } from './kinds';
import { readCompoundNames } from './structure/compound';
import { readZipDirectory } from './structure/zip';

/**
 * What the bytes are, whatever the name says: a known kind, a password-protected office file, a well-known
 * type of other programs (`foreign`), an archive that is cut off, or nothing recognisable.
 */
export type Content = KnownKind | 'encrypted-office' | 'foreign' | 'broken-zip' | 'unknown';

/** How much of a file's start {@link sniffHead} needs. */
export const headLength = 4096;

const foreignStarts: readonly (readonly number[])[] = [
  [0x4d, 0x5a], // MZ: Windows programs
  [0x7f, 0x45, 0x4c, 0x46], // ELF
  [0x52, 0x61, 0x72, 0x21], // Rar!
  [0x37, 0x7a, 0xbc, 0xaf], // 7z
  [0x1f, 0x8b], // gzip
  [0x47, 0x49, 0x46, 0x38], // GIF8
  [0x42, 0x4d], // BM: Windows bitmap
  [0x52, 0x49, 0x46, 0x46], // RIFF: AVI, WebP, WAV
  [0x1a, 0x45, 0xdf, 0xa3], // Matroska
  [0x7b, 0x5c, 0x72, 0x74, 0x66], // {\rtf
  [0x25, 0x21, 0x50, 0x53], // %!PS
];

const mp4Brands = [
  'isom',
  'iso2',
  'iso4',
  'iso5',
  'iso6',
  'mp41',
  'mp42',
  'avc1',
  'M4V ',
  'MSNV',
  'dash',
  'mmp4',
];

/** Tells a file type by its first {@link headLength} bytes. ZIP and compound files need a second look. */
export function sniffHead(head: Uint8Array): Content | 'zip' | 'compound' {
  if (hasAscii(head, 0, '%PDF-')) return 'pdf';
  if (startsWithBytes(head, [0xff, 0xd8, 0xff])) return 'jpeg';
  if (startsWithBytes(head, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return 'png';
  if (startsWithBytes(head, [0x49, 0x49, 0x2a, 0]) || startsWithBytes(head, [0x4d, 0x4d, 0, 0x2a]))
    return 'tiff';
  if (hasAscii(head, 4, 'ftyp'))
    return mp4Brands.some((brand) => hasAscii(head, 8, brand)) ? 'mp4' : 'foreign';
  if (startsWithBytes(head, [0x50, 0x4b, 0x03, 0x04])) return 'zip';
  if (startsWithBytes(head, [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])) return 'compound';
  if (foreignStarts.some((start) => startsWithBytes(head, start)) || isMarkup(head)) return 'foreign';
  // Readers accept a PDF header anywhere in the first 1,024 bytes (ISO 32000-1, annex H.3 note 13).
  return findAscii(head.subarray(0, 1024 + 5), '%PDF-') >= 0 ? 'pdf' : 'unknown';
}

/** HTML, SVG and other XML: the first mark after a byte-order mark and white space is `<` and a letter, `!` or `?`. */
function isMarkup(head: Uint8Array): boolean {
  const text = new TextDecoder().decode(head.subarray(0, 512));
  return /^\uFEFF?\s*<[!?a-z]/i.test(text);
}

/** Tells a file's type by its content alone. Reads the head, and the directory of ZIP and compound files. */
export async function sniffContent(source: ByteSource): Promise<Content> {
  const start = sniffHead(await source.read(0, headLength));
  if (start === 'zip') return sniffZip(source);
  if (start === 'compound') {
    return (await readCompoundNames(source)).includes('EncryptedPackage') ? 'encrypted-office' : 'foreign';
  }
  return start;
}

async function sniffZip(source: ByteSource): Promise<Content> {
  const entries = await readZipDirectory(source);
  if (entries === undefined) return 'broken-zip';
  const names = entries.map((entry) => entry.name);
  if (!names.includes('[Content_Types].xml')) return 'foreign';
  if (names.some((name) => name.startsWith('word/'))) return 'docx';
  if (names.some((name) => name.startsWith('xl/'))) return 'xlsx';
  return 'foreign';
}
