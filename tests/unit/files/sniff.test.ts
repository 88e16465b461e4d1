import { memorySource } from '@shared/files/bytes';
import { sniffContent, sniffHead } from '@shared/files/sniff';
import { readCompoundNames } from '@shared/files/structure/compound';
import { readJpegSize, readPngSize, readTiffSize } from '@shared/files/structure/images';
import { isWholeMp4 } from '@shared/files/structure/mp4';
import { hasPdfEnd } from '@shared/files/structure/pdf';
import { readZipDirectory, readZipEntry } from '@shared/files/structure/zip';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const ascii = (text: string) => Uint8Array.from(text, (c) => c.charCodeAt(0));

describe('what the first bytes say', () => {
  it.each([
    ['%PDF-1.7', 'pdf'],
    [`${'x'.repeat(1000)}%PDF-1.4`, 'pdf'],
    [`${'x'.repeat(1025)}%PDF-1.4`, 'unknown'],
    ['\xff\xd8\xff\xe0', 'jpeg'],
    ['\x89PNG\r\n\x1a\n', 'png'],
    ['II*\0', 'tiff'],
    ['MM\0*', 'tiff'],
    ['\0\0\0\x20ftypisom', 'mp4'],
    ['\0\0\0\x20ftypmp42', 'mp4'],
    ['\0\0\0\x14ftypqt  ', 'foreign'],
    ['\0\0\0\x18ftypheic', 'foreign'],
    ['PK\x03\x04', 'zip'],
    ['\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', 'compound'],
    ['MZ\x90', 'foreign'],
    ['GIF89a', 'foreign'],
    ['<!DOCTYPE html>', 'foreign'],
    ['\xef\xbb\xbf  <?xml version="1.0"?>', 'foreign'],
    ['<svg onload="x">', 'foreign'],
    ['<html>%PDF-1.4', 'foreign'],
    ['{\\rtf1', 'foreign'],
    ['Kính gửi', 'unknown'],
    ['', 'unknown'],
  ])('%j → %s', (text, kind) => {
    expect(sniffHead(ascii(text))).toBe(kind);
  });
});

describe('hostile bytes', () => {
  const starts = [
    '',
    'PK\x03\x04',
    'PK\x05\x06',
    'II*\0\x08\0\0\0',
    'MM\0*\0\0\0\x08',
    '\xff\xd8\xff',
    '\0\0\0\x10ftypisom',
    '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1',
    '\x89PNG\r\n\x1a\n',
  ];
  const hostile = fc
    .tuple(fc.constantFrom(...starts), fc.uint8Array({ maxLength: 1500 }), fc.constantFrom(...starts))
    .map(([start, middle, end]) => Uint8Array.from([...ascii(start), ...middle, ...ascii(end)]));

  it('no reader throws or hangs, whatever it is given', async () => {
    await fc.assert(
      fc.asyncProperty(hostile, async (bytes) => {
        const source = memorySource(bytes);
        await sniffContent(source);
        await readCompoundNames(source);
        await readJpegSize(source);
        await readPngSize(source);
        await readTiffSize(source);
        await isWholeMp4(source);
        await hasPdfEnd(source);
        for (const entry of (await readZipDirectory(source)) ?? []) await readZipEntry(source, entry);
      }),
      { numRuns: 2000 },
    );
  });

  it('a TIFF whose directories form a ring comes to an end', async () => {
    const bytes = new Uint8Array(8 + 2 + 24 + 4);
    bytes.set([
      0x49, 0x49, 0x2a, 0, 8, 0, 0, 0, 2, 0, 0, 1, 4, 0, 1, 0, 0, 0, 5, 0, 0, 0, 1, 1, 4, 0, 1, 0, 0, 0, 5, 0,
      0, 0, 8,
    ]);
    expect(await readTiffSize(memorySource(bytes))).toBeUndefined();
  });

  it('a compound file whose directory is a ring comes to an end', async () => {
    const bytes = new Uint8Array(512 * 3);
    const view = new DataView(bytes.buffer);
    view.setUint16(30, 9, true);
    view.setUint32(48, 1, true);
    view.setUint32(512 + 4, 1, true);
    expect(await readCompoundNames(memorySource(bytes))).toEqual([]);
  });
});
