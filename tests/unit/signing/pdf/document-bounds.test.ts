import { describe, expect, test } from 'vitest';
import { nodeCrypto } from '../../../../shared/node/crypto-port';
import { latin1Bytes } from '../../../../shared/signing/bytes';
import { pdfDateTime } from '../../../../shared/signing/pdf/pdf-date';
import { PdfDocument } from '../../../../shared/signing/pdf/pdf-document';
import { readFields, readSignatureFields } from '../../../../shared/signing/pdf/pdf-fields';
import { type PdfStream, pdfRef } from '../../../../shared/signing/pdf/pdf-objects';
import { pageByRef, readPages } from '../../../../shared/signing/pdf/pdf-pages';
import type { ByteSource } from '../../../../shared/signing/ports';
import {
  contractObjects,
  type RawObjects,
  rawPdf,
  rawStream,
} from '../../../integration/signing/attack-files';
import { open } from '../difference/compare';

const contractWith = (objects: RawObjects) => open(rawPdf({ ...contractObjects, ...objects }));
const refusal = (code: string) => expect.objectContaining({ code });
const malformed = refusal('PDF_MALFORMED');
const tooComplex = refusal('PDF_TOO_COMPLEX');
const range = (count: number): readonly number[] => [...Array(count).keys()];

describe('values behind references (ISO 32000-1, 7.3.10)', () => {
  test('21 references lead to a value, 22 to none', async () => {
    const chain = Object.fromEntries(range(22).map((i) => [30 + i, i === 21 ? '(end)' : `${31 + i} 0 R`]));
    const document = await contractWith(chain);
    expect(await document.resolve(pdfRef(31))).toMatchObject({ kind: 'string' });
    await expect(document.resolve(pdfRef(30))).rejects.toEqual(malformed);
  });

  test('a rectangle is four numbers, in any order of its corners', async () => {
    const document = await contractWith({});
    expect(await document.rectangle([30, 40, 10, 20])).toEqual([10, 20, 30, 40]);
    for (const wrong of [
      [null, 2, 3, 4],
      [1, null, 3, 4],
      [1, 2, null, 4],
      [1, 2, 3, null],
      [1, 2, 3],
    ])
      expect(await document.rectangle(wrong)).toBeNull();
  });
});

describe('the data of a stream (ISO 32000-1, 7.3.8 and 7.4)', () => {
  const decoded = async (entries: string) => {
    const document = await contractWith({ 30: rawStream('41>', entries) });
    return document.decode((await document.fetch(30)) as PdfStream);
  };

  test('eight filters are undone, nine are too complex', async () => {
    const filters = (count: number): string => `/Filter[${'/Crypt '.repeat(count - 1)}/ASCIIHexDecode]`;
    expect(await decoded(filters(8))).toEqual(Uint8Array.of(0x41));
    await expect(decoded(filters(9))).rejects.toEqual(tooComplex);
  });

  test('a filter that is no name is malformed', async () => {
    await expect(decoded('/Filter[(ASCIIHexDecode)]')).rejects.toEqual(malformed);
  });

  test('more than 64 MB are too complex, and not read at all', async () => {
    const { source, bytesRead } = fileWithStreamOf(64 * 1024 * 1024 + 1);
    const document = await PdfDocument.open(source, nodeCrypto);
    const outcome = document.decode((await document.fetch(2)) as PdfStream).then(
      () => 'read',
      (error: unknown) => error,
    );
    expect(await outcome).toEqual(tooComplex);
    expect(bytesRead()).toBeLessThan(100_000);
  });
});

/** A file whose object 2 is a stream of so many zeros, which are made when they are read. */
function fileWithStreamOf(length: number): { source: ByteSource; bytesRead: () => number } {
  const catalog = '%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 3 0 R>>\nendobj\n';
  const head = latin1Bytes(`${catalog}2 0 obj\n<</Length ${length}>>\nstream\n`);
  const end = '\nendstream\nendobj\n';
  const rows = [9, catalog.length].map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const table = `xref\n1 2\n${rows}trailer\n<</Size 3/Root 1 0 R>>\n`;
  const tailAt = head.length + length;
  const tail = latin1Bytes(`${end}${table}startxref\n${tailAt + end.length}\n%%EOF\n`);
  const size = tailAt + tail.length;
  let read = 0;
  const source: ByteSource = {
    size,
    read: async (offset, wanted) => {
      const bytes = new Uint8Array(Math.min(wanted, size - offset));
      read += bytes.length;
      if (offset < head.length) bytes.set(head.subarray(offset, offset + bytes.length));
      const from = Math.max(offset, tailAt);
      if (from < offset + bytes.length)
        bytes.set(tail.subarray(from - tailAt, offset + bytes.length - tailAt), from - offset);
      return bytes;
    },
  };
  return { source, bytesRead: () => read };
}

describe('form fields (ISO 32000-1, 12.7)', () => {
  const form = (fields: string, more: RawObjects = {}) =>
    contractWith({ 8: `<</Fields[${fields}]>>`, ...more });

  test('31 levels are read, 32 are too complex', async () => {
    const levels = (count: number): RawObjects =>
      Object.fromEntries(
        range(count).map((i) => [30 + i, `<</T(${i})${i + 1 < count ? `/Kids[${31 + i} 0 R]` : '/FT/Tx'}>>`]),
      );
    expect(await readFields(await form('30 0 R', levels(31)))).toHaveLength(1);
    await expect(readFields(await form('30 0 R', levels(32)))).rejects.toEqual(tooComplex);
  });

  test('more than 50,000 are too complex: a signature may be among those left out', async () => {
    await expect(readFields(await form('<</T(a)>>'.repeat(50_002)))).rejects.toEqual(tooComplex);
  });

  test('256 signatures are checked, 257 are too complex', async () => {
    const signed = (count: number): string => '<</FT/Sig/T(a)/V 9 0 R>>'.repeat(count);
    expect(await readSignatureFields(await form(signed(256)))).toHaveLength(257);
    await expect(readSignatureFields(await form(signed(257)))).rejects.toEqual(tooComplex);
  });
});

describe('the page tree (ISO 32000-1, 7.7.3)', () => {
  const pages = async (objects: RawObjects) => readPages(await contractWith(objects));

  test.each<readonly [string, RawObjects]>([
    ['a page that stands in its parent', { 2: '<</Type/Pages/Kids[<</Type/Page>>]>>' }],
    ['a page that is not defined', { 2: '<</Type/Pages/Kids[900 0 R]>>' }],
    ['a node below itself', { 2: '<</Type/Pages/Kids[3 0 R 2 0 R]>>' }],
  ])('%s is malformed', async (_what, objects) => {
    await expect(pages(objects)).rejects.toEqual(malformed);
  });

  test('101 levels are read, 102 are too complex', async () => {
    const levels = (count: number): RawObjects => ({
      1: '<</Type/Catalog/Pages 30 0 R>>',
      ...Object.fromEntries(
        range(count).map((i) => [30 + i, i + 1 < count ? `<</Kids[${31 + i} 0 R]>>` : '<</Type/Page>>']),
      ),
    });
    expect(await pages(levels(101))).toHaveLength(1);
    await expect(pages(levels(102))).rejects.toEqual(tooComplex);
  });

  test('what a widget calls its page is one only if it says so', async () => {
    const document = await contractWith({});
    expect(await pageByRef(document, pdfRef(3))).toMatchObject({ ref: pdfRef(3) });
    expect(await pageByRef(document, pdfRef(2))).toBeNull();
    expect(await pageByRef(document, pdfRef(900))).toBeNull();
  });
});

test('a text that is no date names no moment (ISO 32000-1, 7.9.4)', () => {
  expect(pdfDateTime("D:20261121171500+07'00'")).toBe(Date.UTC(2026, 10, 21, 10, 15));
  expect(pdfDateTime('21/11/2026')).toBeNull();
});
