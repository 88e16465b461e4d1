import { describe, expect, test } from 'vitest';
import { nodeCrypto } from '../../../../shared/node/crypto-port';
import { AppError } from '../../../../shared/result/result';
import { latin1Bytes } from '../../../../shared/signing/bytes';
import { PdfDocument } from '../../../../shared/signing/pdf/pdf-document';
import { isDict, isStream } from '../../../../shared/signing/pdf/pdf-objects';
import type { ByteSource } from '../../../../shared/signing/ports';
import { costOf } from '../../../processor-time';

/** A text as a file in which nothing outside of it may be asked for. */
function memory(text: string): ByteSource {
  const bytes = latin1Bytes(text);
  return {
    size: bytes.length,
    read: async (offset, length) => {
      if (offset < 0 || offset > bytes.length) throw new Error(`read outside of the file at ${offset}`);
      return bytes.subarray(offset, offset + length);
    },
  };
}

type Parts = {
  readonly header?: string;
  readonly keyword?: string;
  readonly first?: string;
  /** Turns one row of the table, without its end, into what stands in the file. */
  readonly row?: (row: string) => string;
  readonly more?: string;
  readonly trailer?: string;
  readonly startOffset?: number;
  readonly after?: string;
  readonly stream?: string;
};

/** A document of four objects, sound but for what is given. */
function pdf(parts: Parts = {}): string {
  const row = parts.row ?? ((text: string) => `${text} \n`);
  const stream = parts.stream ?? '<< /Length 3 >>\nstream\nabc\nendstream';
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] >>',
    '<< /Type /Page >>',
    stream,
  ];
  let text = parts.header ?? '%PDF-1.7\n';
  const rows = objects.map((body, i) => {
    const offset = String(text.length).padStart(10, '0');
    text += `${i + 1} 0 obj\n${body}\nendobj\n`;
    return row(`${offset} 00000 n`);
  });
  const start = text.length + (parts.startOffset ?? 0);
  const table = `${parts.keyword ?? 'xref\n'}${parts.first ?? '0 5\n'}${row('0000000000 65535 f')}${rows.join('')}`;
  const trailer = `trailer\n<< /Size 5 /Root 1 0 R ${parts.trailer ?? ''} >>\n`;
  return `${text}${table}${parts.more ?? ''}${trailer}startxref\n${start}\n%%EOF\n${parts.after ?? ''}`;
}

async function outcomeOf(text: string): Promise<string> {
  try {
    const document = await PdfDocument.open(memory(text), nodeCrypto);
    await document.catalog();
    if (!isDict(await document.fetch(3))) return 'no page';
    const stream = await document.fetch(4);
    return isStream(stream) ? `read ${(await document.decode(stream)).length}` : 'no stream';
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
}

describe('faults that leave no doubt about what is meant are accepted', () => {
  test.each<readonly [string, Parts]>([
    ['rows of 19 bytes', { row: (row) => `${row}\n` }],
    ['rows of 21 bytes', { row: (row) => `${row} \r\n` }],
    ['rows that end with CR LF', { row: (row) => `${row}\r\n` }],
    ['rows that end with CR', { row: (row) => `${row} \r` }],
    ['white space before the keyword', { keyword: '\r\n  xref\r\n' }],
    ['a comment after the keyword', { keyword: 'xref % objects\n' }],
    ['startxref names the white space before the table', { startOffset: -1 }],
    ['object 0 is counted as object 1', { first: '1 5\n' }],
    ['1 KB of garbage after %%EOF', { after: 'garbage\n'.repeat(128) }],
    ['an object listed twice at one place', { more: '1 1\n0000000009 00000 n \n' }],
    ['CR LF after the keyword stream', { stream: '<< /Length 3 >>\nstream\r\nabc\r\nendstream' }],
    ['a comment instead of a key', { trailer: '% nothing\n' }],
  ])('%s', async (_name, parts) => {
    expect(await outcomeOf(pdf(parts))).toBe('read 3');
  });
});

describe('what readers would understand in different ways is refused', () => {
  test.each<readonly [string, Parts, string]>([
    ['startxref inside the keyword', { startOffset: 1 }, 'PDF_XREF_BROKEN'],
    ['startxref at an object', { startOffset: -20 }, 'PDF_XREF_BROKEN'],
    ['a table that counts from 2', { first: '2 5\n' }, 'PDF_MALFORMED'],
    ['a row too few', { first: '0 6\n' }, 'PDF_XREF_BROKEN'],
    ['an object listed at two places', { more: '1 1\n0000000058 00000 n \n' }, 'PDF_XREF_BROKEN'],
    [
      'an offset that misses the object',
      { row: (row) => `${row.replace('0000000009', '0000000010')} \n` },
      'PDF_XREF_BROKEN',
    ],
    ['2 KB of garbage after %%EOF', { after: 'garbage\n'.repeat(260) }, 'PDF_XREF_BROKEN'],
    ['a predecessor outside the file', { trailer: '/Prev 99999' }, 'PDF_XREF_BROKEN'],
    [
      'a stream shorter than it says',
      { stream: '<< /Length 30 >>\nstream\nabc\nendstream' },
      'PDF_MALFORMED',
    ],
    ['a stream longer than it says', { stream: '<< /Length 1 >>\nstream\nabc\nendstream' }, 'PDF_MALFORMED'],
    ['a header without a version', { header: '%PDF-X.Y\n' }, 'PDF_NOT_PDF'],
    ['a keyword that only begins like that of a table', { keyword: 'xrefs\n' }, 'PDF_XREF_BROKEN'],
    ['a subsection that begins with no number', { more: 'one 0\n' }, 'PDF_XREF_BROKEN'],
    ['a count of more digits than numbers have', { more: '5 0000000000000000\n' }, 'PDF_XREF_BROKEN'],
    [
      'a row that is neither in use nor free',
      { row: (row) => `${row.replace(' n', ' x')} \n` },
      'PDF_XREF_BROKEN',
    ],
    ['an object number above 8388607', { more: '8388608 1\n0000000009 00000 n \n' }, 'PDF_XREF_BROKEN'],
    ['an object listed under two generations', { more: '1 1\n0000000009 00001 n \n' }, 'PDF_XREF_BROKEN'],
    ['a predecessor before the file', { trailer: '/Prev -5' }, 'PDF_XREF_BROKEN'],
    [
      'an object at the header',
      { row: (row) => `${row.replace('0000000009', '0000000000')} \n` },
      'PDF_XREF_BROKEN',
    ],
    [
      'an offset at which another object stands',
      { row: (row) => `${row.replace('0000000009', '0000000058')} \n` },
      'PDF_XREF_BROKEN',
    ],
    ['a stream without a length', { stream: '<< >>\nstream\nendstream' }, 'PDF_MALFORMED'],
  ])('%s', async (_name, parts, code) => {
    expect(await outcomeOf(pdf(parts))).toBe(code);
  });

  test.each([
    ['a free object of another generation', '0000000000 00000 f', 'PDF_MALFORMED'],
    ['a free object with a successor', '0000000003 65535 f', 'PDF_MALFORMED'],
    ['an object in use', '0000000000 65535 n', 'PDF_XREF_BROKEN'],
  ])('only the head of the free list shows that a table counts from 1: not %s', async (_what, head, code) => {
    const row = (text: string): string => `${text.replace('0000000000 65535 f', head)} \n`;
    expect(await outcomeOf(pdf({ first: '1 5\n', row }))).toBe(code);
  });

  test.each([
    ['startxref at an object that is no stream', /startxref\n\d+/, 'startxref\n9'],
    ['a trailer that is no dictionary', /<< \/Size[^>]*>>/, '5'],
    ['a trailer without a root', '/Root 1 0 R', ''],
    ['a root that stands in the trailer', '/Root 1 0 R', '/Root << /Type /Catalog >>'],
  ])('%s', async (_what, part, by) => {
    expect(await outcomeOf(pdf().replace(part, by))).toBe('PDF_XREF_BROKEN');
  });

  test('a section that leads to itself', async () => {
    const text = pdf({ trailer: '/Prev 0000000000' });
    const start = Number(/startxref\n(\d+)/.exec(text)?.[1]);
    const loop = text.replace('/Prev 0000000000', `/Prev ${String(start).padStart(10, '0')}`);
    expect(await outcomeOf(loop)).toBe('PDF_XREF_BROKEN');
  });
});

describe('an earlier revision ends where it ends (7.5.6)', () => {
  /** A revision that lists an object 5 and has its table where it is told, and what another one appends to it. */
  const revision = (five: number, start: number | null): string => {
    const text = pdf({ more: `5 1\n${String(five).padStart(10, '0')} 00000 n \n` });
    return start === null ? text : text.replace(/startxref\n\d+/, `startxref\n${start}`);
  };
  const size = revision(0, null).length;
  const later = `5 0 obj\n(later)\nendobj\n${pdf().slice(pdf().indexOf('xref\n'))}`;
  const opened = async (text: string): Promise<PdfDocument> =>
    (await PdfDocument.open(memory(text), nodeCrypto)).openRevision(size);

  test('and has no section that stands behind it', async () => {
    const table = later.indexOf('xref\n');
    await expect(opened(revision(size, size + table) + later)).rejects.toMatchObject({
      code: 'PDF_XREF_BROKEN',
    });
  });

  test('and no object that stands behind it', async () => {
    const document = await opened(revision(size, null) + later);
    await expect(document.fetch(5)).rejects.toMatchObject({ code: 'PDF_XREF_BROKEN' });
  });
});

test('100,000 objects are opened with little work, and no more of a file is read than that needs', async () => {
  const rows = Array.from({ length: 100_000 }, () => '0000000009 00000 n \n').join('');
  const head = `%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n%${' '.repeat(20_000_000)}\n`;
  const trailer = 'trailer\n<< /Size 100000 /Root 1 0 R >>\n';
  const source = memory(`${head}xref\n1 100000\n${rows}${trailer}startxref\n${head.length}\n%%EOF\n`);
  let bytesRead = 0;
  const counted: ByteSource = {
    size: source.size,
    read: async (offset, length) => {
      const bytes = await source.read(offset, length);
      bytesRead += bytes.length;
      return bytes;
    },
  };
  const { result: document, ms } = await costOf(async () => {
    const opened = await PdfDocument.open(counted, nodeCrypto);
    await opened.catalog();
    return opened;
  });
  expect(ms).toBeLessThan(2000);
  expect(document.entries.size).toBe(100_000);
  expect(bytesRead).toBeLessThan(5_000_000);
});
