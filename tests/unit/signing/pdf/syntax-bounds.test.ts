import { describe, expect, test } from 'vitest';
import { nodeCrypto } from '../../../../shared/node/crypto-port';
import { AppError } from '../../../../shared/result/result';
import { latin1Bytes } from '../../../../shared/signing/bytes';
import { decodeFilter, undoPngPrediction } from '../../../../shared/signing/pdf/pdf-filters';
import { PdfLexer } from '../../../../shared/signing/pdf/pdf-lexer';
import { type PdfStream, pdfDict, pdfName } from '../../../../shared/signing/pdf/pdf-objects';
import { serialise } from '../../../../shared/signing/pdf/pdf-serialise';
import { ReadBudget } from '../../../../shared/signing/pdf/read-budget';

function codeOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
  return 'read';
}

const reading = (text: string): string => codeOf(() => new PdfLexer(latin1Bytes(text)).readValue());

describe('syntax that breaks off or is of no kind is malformed (ISO 32000-1, 7.3)', () => {
  test.each([
    ['a hexadecimal string without an end', '<4142'],
    ['a literal string without an end', '(abc'],
    ['a literal string that ends within an escape', '(abc\\'],
    ['a dictionary whose key is no name', '<<1 2>>'],
    ['a dictionary that ends with one bracket', '<</A 1>'],
    ['an array without an end', '[1 2'],
  ])('%s', (_what, text) => {
    expect(reading(text)).toBe('PDF_MALFORMED');
  });

  test('a word where an integer must stand', () => {
    expect(new PdfLexer(latin1Bytes(' 12 ')).readInteger()).toBe(12);
    expect(codeOf(() => new PdfLexer(latin1Bytes('R')).readInteger())).toBe('PDF_MALFORMED');
  });
});

describe('what is longer than anything that means something is too complex', () => {
  test.each([
    ['a number of 129 digits', '1'.repeat(128), '1'.repeat(129)],
    ['a name of more than 4096 octets', `/${'A'.repeat(4096)}`, `/${'A'.repeat(4097)}`],
    ['a string of more than 4 MB', '(A)', `(${'A'.repeat(4_194_305)})`],
  ])('%s', (_what, longest, longer) => {
    expect([reading(longest), reading(longer)]).toEqual(['read', 'PDF_TOO_COMPLEX']);
  });

  test('the reading of one file costs at most 256 MB and four million objects', () => {
    const budget = new ReadBudget();
    const mega = 1024 * 1024;
    budget.spendBytes(256 * mega);
    budget.spendValues(4_000_000);
    expect(codeOf(() => budget.spendBytes(1))).toBe('PDF_TOO_COMPLEX');
    expect(codeOf(() => budget.spendValues(1))).toBe('PDF_TOO_COMPLEX');
  });
});

describe('filters (ISO 32000-1, 7.4)', () => {
  const parameters = (columns: number) => ({ colors: 1, bitsPerComponent: 8, columns });

  test('only those are undone that what we read may have', () => {
    const packed = nodeCrypto.deflate(latin1Bytes('abc'));
    expect(decodeFilter(nodeCrypto, 'Fl', packed, null)).toEqual(latin1Bytes('abc'));
    expect(codeOf(() => decodeFilter(nodeCrypto, 'LZWDecode', packed, null))).toBe('PDF_TOO_COMPLEX');
    const tiff = { predictor: 2, ...parameters(3) };
    expect(codeOf(() => decodeFilter(nodeCrypto, 'FlateDecode', packed, tiff))).toBe('PDF_TOO_COMPLEX');
  });

  test.each([0, -1, 64 * 1024 * 1024 + 1])('a predicted row has a width that can be: not %i', (columns) => {
    expect(codeOf(() => undoPngPrediction(Uint8Array.of(0, 1), parameters(columns)))).toBe('PDF_MALFORMED');
  });
});

test('a stream of the file, whose data are not at hand, is not written as an empty one', () => {
  const inFile: PdfStream = {
    kind: 'stream',
    dict: pdfDict({ Type: pdfName('XObject') }),
    offset: 9,
    owner: null,
    data: null,
  };
  expect(() => serialise(inFile)).toThrow('must carry its data');
});
