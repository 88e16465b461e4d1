import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AppError } from '../../../shared/result/result';
import {
  bytesOf,
  childrenOf,
  DerError,
  derInteger,
  derOid,
  derSetOf,
  oidOf,
  readDer,
  toDefiniteLength,
} from '../../../shared/signing/asn1/der';
import { hexOf, latin1Bytes } from '../../../shared/signing/bytes';
import { PdfLexer } from '../../../shared/signing/pdf/pdf-lexer';
import { type PdfValue, pdfName, pdfRef, pdfText, textOf } from '../../../shared/signing/pdf/pdf-objects';
import { serialise } from '../../../shared/signing/pdf/pdf-serialise';

function parse(text: string): PdfValue {
  return new PdfLexer(latin1Bytes(text)).readValue();
}

describe('DER (X.690)', () => {
  test('SET OF is sorted whatever the order given', () => {
    const [one, two] = [derInteger(1), derInteger(2)];
    expect(hexOf(derSetOf(two, one))).toBe(hexOf(derSetOf(one, two)));
    expect(hexOf(derSetOf(two, one))).toBe('3106020101020102');
  });

  test.each(['1.2.840.113549.1.9.16.2.47', '2.5.4.3', '2.16.840.1.101.3.4.2.1', '0.4.0.127'])(
    'oid %s',
    (oid) => {
      expect(oidOf(readDer(derOid(oid)))).toBe(oid);
    },
  );

  test('indefinite lengths and split octet strings become definite', () => {
    const ber = Uint8Array.of(0x30, 0x80, 0x24, 0x80, 4, 1, 65, 4, 1, 66, 0, 0, 2, 1, 5, 0, 0);
    expect(hexOf(toDefiniteLength(ber))).toBe('300704024142020105');
  });

  test('what is definite stays verbatim', () => {
    const der = derSetOf(derInteger(7), derOid('2.5.4.3'));
    expect(hexOf(toDefiniteLength(der))).toBe(hexOf(der));
    expect(childrenOf(readDer(der)).map((node) => hexOf(bytesOf(node)))).toEqual(['020107', '0603550403']);
  });

  test('missing ends, deep nesting and any other bytes end in DerError', () => {
    expect(() => toDefiniteLength(new Uint8Array(5000).fill(0x30))).toThrow(DerError);
    expect(() => toDefiniteLength(Uint8Array.from(Array(500).fill([0x30, 0x80]).flat()))).toThrow(DerError);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        try {
          childrenOf(readDer(toDefiniteLength(bytes)));
        } catch (error) {
          expect(error).toBeInstanceOf(DerError);
        }
      }),
      { numRuns: 2000 },
    );
  });
});

describe('PDF syntax (ISO 32000-1, 7.3)', () => {
  test('each kind of object', () => {
    expect(parse('12 0 R')).toEqual(pdfRef(12));
    expect(parse('12 0 /R')).toBe(12);
    expect(parse('-.5')).toBe(-0.5);
    expect(parse('/A#20B#2F')).toEqual(pdfName('A B/'));
    expect(parse('[1 2 0 R null true]')).toEqual([1, pdfRef(2), null, true]);
    expect(parse('<</A<48 49>/B(\\(x\\)\\101\\\n)%c\n>>')).toEqual(
      new Map<string, PdfValue>([
        ['A', { kind: 'string', bytes: latin1Bytes('HI'), hex: true }],
        ['B', { kind: 'string', bytes: latin1Bytes('(x)A'), hex: false }],
      ]),
    );
  });

  test('a key given twice is noticed', () => {
    const lexer = new PdfLexer(latin1Bytes('<</A 1/A 2>>'));
    lexer.readValue();
    expect(lexer.sawDuplicateKey).toBe(true);
  });

  test('what is written reads back the same', () => {
    const name = fc.string({ unit: 'binary-ascii', minLength: 1, maxLength: 8 }).map(pdfName);
    const text = fc.string({ unit: 'grapheme', maxLength: 20 });
    const leaf = fc.oneof(
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
      name,
      text.map(pdfText),
      fc.nat(9999).map((n) => pdfRef(n)),
    );
    fc.assert(
      fc.property(fc.array(leaf), (values) => {
        expect(new PdfLexer(serialise(values)).readValue()).toEqual(values);
      }),
    );
    fc.assert(fc.property(text, (value) => textOf(pdfText(value)) === value));
  });

  test('any other bytes end in AppError', () => {
    const syntax = fc.string({ unit: fc.constantFrom(...'<>[]()/%R 0123 obj\\'.split('')), maxLength: 80 });
    fc.assert(
      fc.property(syntax, (text) => {
        try {
          parse(text);
        } catch (error) {
          expect(error).toBeInstanceOf(AppError);
        }
      }),
      { numRuns: 3000 },
    );
    expect(() => parse('['.repeat(5000))).toThrow(AppError);
  });
});
