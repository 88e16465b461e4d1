import { describe, expect, test } from 'vitest';
import { memorySource } from '../../../../electron/signing/file-bytes';
import { nodeCrypto } from '../../../../shared/node/crypto-port';
import { AppError } from '../../../../shared/result/result';
import { latin1Bytes } from '../../../../shared/signing/bytes';
import { PdfDocument } from '../../../../shared/signing/pdf/pdf-document';
import { isDict, pdfDict, pdfName, pdfStream } from '../../../../shared/signing/pdf/pdf-objects';
import { isSameEntry, readXrefRows, type XrefEntry } from '../../../../shared/signing/pdf/pdf-xref';

type Row = readonly [kind: number, second: number, third: number];

type Parts = {
  /** Entries of the cross-reference stream in place of the sound ones. */
  readonly type?: string;
  readonly widths?: string;
  readonly size?: string;
  readonly more?: string;
  readonly length?: string;
  /** What the rows are, by object number. */
  readonly rows?: Readonly<Record<number, Row>>;
  /** The object stream that holds the pages (object 2, at index 0) and the page (object 3, at index 1). */
  readonly container?: string;
};

const held = '2 0 3 33 << /Type /Pages /Kids [3 0 R] >> << /Type /Page >>';
const container = (entries: string, data = held): string =>
  `<< /Type /ObjStm ${entries} /Length ${data.length} >>\nstream\n${data}\nendstream`;

/** A document whose catalog (1) and object stream (4) stand in the file and all else in the object stream. */
function pdf(parts: Parts = {}): string {
  const objects = [
    [1, '<< /Type /Catalog /Pages 2 0 R >>'],
    [4, parts.container ?? container('/N 2 /First 9')],
  ] as const;
  let text = '%PDF-1.7\n';
  const rows = new Map<number, Row>([
    [2, [2, 4, 0]],
    [3, [2, 4, 1]],
  ]);
  for (const [num, body] of objects) {
    rows.set(num, [1, text.length, 0]);
    text += `${num} 0 obj\n${body}\nendobj\n`;
  }
  const octets = [0, 1, 2, 3, 4].flatMap((num) => {
    const [kind, second, third] = parts.rows?.[num] ?? rows.get(num) ?? [0, 0, 255];
    return [kind, second >> 8, second & 0xff, third];
  });
  const entries = [
    parts.type ?? '/Type /XRef',
    parts.widths ?? '/W [1 2 1]',
    parts.size ?? '/Size 5',
    parts.length ?? `/Length ${octets.length}`,
    parts.more ?? '',
  ];
  const data = String.fromCharCode(...octets);
  const stream = `5 0 obj\n<< ${entries.join(' ')} /Root 1 0 R >>\nstream\n${data}\nendstream\nendobj\n`;
  return `${text}${stream}startxref\n${text.length}\n%%EOF\n`;
}

async function outcomeOf(text: string): Promise<string> {
  try {
    const document = await PdfDocument.open(memorySource(latin1Bytes(text)), nodeCrypto);
    const pages = await document.dict((await document.catalog()).get('Pages'));
    return isDict(await document.fetch(3)) && pages ? 'read' : 'no page';
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
}

test('a sound one is read', async () => {
  expect(await outcomeOf(pdf())).toBe('read');
});

describe('a cross-reference stream says what its rows are (7.5.8.2)', () => {
  test.each<readonly [string, Parts]>([
    ['no type', { type: '' }],
    ['another type', { type: '/Type /ObjStm' }],
    ['a type that is no name', { type: '/Type (XRef)' }],
    ['no widths', { widths: '' }],
    ['two widths', { widths: '/W [2 2]' }],
    ['four widths', { widths: '/W [1 2 1 0]' }],
    ['a width below nothing', { widths: '/W [1 2 1 -1]' }],
    ['a width that is no integer', { widths: '/W [1 2.5 0.5]' }],
    ['a width that is no number', { widths: '/W [1 2 1 /X]' }],
    ['a subsection below nothing', { more: '/Index [0 5 0 -1]' }],
    ['rows of nothing', { widths: '/W [0 0 0]' }],
    ['a number of nine octets', { widths: '/W [0 9 0]', size: '/Size 1' }],
    ['no size', { size: '' }],
    ['more rows than there are', { size: '/Size 6' }],
    ['no length', { length: '' }],
    ['a length in another object', { length: '/Length 1 0 R' }],
    ['a negative length', { length: '/Length -1' }],
    ['a filter that is no name', { more: '/Filter 5' }],
  ])('%s', async (_what, parts) => {
    expect(await outcomeOf(pdf(parts))).toBe('PDF_XREF_BROKEN');
  });

  test('a section lists a million objects at most', () => {
    const dict = pdfDict({ Type: pdfName('XRef'), W: [1, 0, 0], Size: 1_000_001 });
    const stream = pdfStream(dict, new Uint8Array(0));
    expect(() => readXrefRows(9, stream, new Uint8Array(1_000_001))).toThrow(AppError);
  });

  test('and all sections together list no more', async () => {
    const rows = '\0'.repeat(500_001);
    const section = (num: number, previous: string): string =>
      `${num} 0 obj\n<</Type/XRef/W[1 0 0]/Size 500001/Length 500001/Root 1 0 R${previous}>>\nstream\n${rows}\nendstream\nendobj\n`;
    const first = `%PDF-1.7\n${section(1, '')}`;
    const file = `${first}${section(2, '/Prev 9')}startxref\n${first.length}\n%%EOF\n`;
    expect(await outcomeOf(file)).toBe('PDF_TOO_COMPLEX');
  });
});

describe('an object in a stream is the one that the cross-reference names (7.5.7)', () => {
  test.each<readonly [string, Parts]>([
    ['at another index', { rows: { 3: [2, 4, 0] } }],
    ['in a stream that is in a stream itself', { rows: { 4: [2, 4, 0] } }],
    ['in a stream that is free', { rows: { 4: [0, 0, 0] } }],
    ['in an object that is no stream', { container: '<< /Type /ObjStm /N 2 /First 9 >>' }],
    ['in a stream that does not say how many it holds', { container: container('/First 9') }],
    ['in a stream that does not say where they begin', { container: container('/N 2') }],
    ['in a stream that holds fewer than none', { container: container('/N -2 /First 9') }],
    ['in a stream too short for what it says', { container: container('/N 60 /First 9') }],
  ])('not %s', async (_what, parts) => {
    expect(await outcomeOf(pdf(parts))).toBe('PDF_XREF_BROKEN');
  });

  test('a head of a stream that is not made of integers is malformed', async () => {
    const parts = { container: container('/N 2 /First 9', held.replace('2 0 3', '2 R 3')) };
    expect(await outcomeOf(pdf(parts))).toBe('PDF_MALFORMED');
  });
});

describe('two entries are the same when they name one place and one generation', () => {
  const inFile: XrefEntry = { type: 'offset', offset: 9, gen: 0 };
  const inStream: XrefEntry = { type: 'compressed', container: 4, index: 1 };
  test.each<readonly [string, XrefEntry, XrefEntry]>([
    ['in the file and free', inFile, { type: 'free' }],
    ['in the file and in a stream', inFile, inStream],
    ['another offset', inFile, { ...inFile, offset: 10 }],
    ['another generation', inFile, { ...inFile, gen: 1 }],
    ['in a stream and in the file', inStream, inFile],
    ['another stream', inStream, { ...inStream, container: 5 }],
    ['another index', inStream, { ...inStream, index: 2 }],
    ['free and in the file', { type: 'free' }, inFile],
  ])('not: %s', (_what, one, other) => {
    expect(isSameEntry(one, one)).toBe(true);
    expect(isSameEntry(one, other)).toBe(false);
  });
});
