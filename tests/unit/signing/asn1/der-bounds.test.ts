import { describe, expect, test } from 'vitest';
import {
  childAt,
  childrenOf,
  DerError,
  derInteger,
  derNull,
  derSequence,
  encodeDer,
  oidOf,
  readDer,
  smallInteger,
  toDefiniteLength,
} from '../../../../shared/signing/asn1/der';
import { readGeneralizedTime } from '../../../../shared/signing/asn1/der-time';
import { derBlocks } from '../../../../shared/signing/asn1/pem';
import { concatBytes, hexOf, latin1Bytes } from '../../../../shared/signing/bytes';

const octets = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex.replaceAll(' ', ''), 'hex'));
const definite = (hex: string): string => hexOf(toDefiniteLength(octets(hex)));

describe('an element is only what its header and its parent have room for (X.690, 8.1)', () => {
  test.each([
    ['no length', '30'],
    ['a length that is cut off', '30 82 01'],
    ['a length of five octets', '30 85 00 00 00 00 00'],
    ['fewer octets than it says', '04 03 41 42'],
    ['an indefinite length, which DER has not (10.1)', '30 80 00 00'],
  ])('%s', (_what, hex) => {
    expect(() => readDer(octets(hex))).toThrow(DerError);
  });

  test('an element that goes on beyond its parent', () => {
    expect(() => childrenOf(readDer(octets('30 03 04 02 41 42')))).toThrow(DerError);
  });

  test('an element that is not there', () => {
    const sequence = readDer(derSequence(derInteger(1)));
    expect(childAt(sequence, 0).tag).toBe(0x02);
    expect(() => childAt(sequence, 1)).toThrow(DerError);
  });

  test('at most 100,000 elements stand in one', () => {
    const list = (count: number): Uint8Array => derSequence(new Uint8Array(2 * count).fill(0));
    expect(childrenOf(readDer(list(100_000)))).toHaveLength(100_000);
    expect(() => childrenOf(readDer(list(100_001)))).toThrow(DerError);
  });
});

describe('values are of their own kind and of the length that real ones have', () => {
  test('an object identifier has its tag and at most 64 octets (8.19)', () => {
    expect(() => oidOf(readDer(derInteger(42)))).toThrow(DerError);
    expect(oidOf(readDer(encodeDer(0x06, new Uint8Array(64).fill(1))))).toMatch(/^0\.1\.1\./);
    expect(() => oidOf(readDer(encodeDer(0x06, new Uint8Array(65).fill(1))))).toThrow(DerError);
  });

  test('a counter is an integer of one to four octets and not negative (8.3)', () => {
    expect(smallInteger(readDer(octets('02 04 7f 00 00 01')))).toBe(0x7f000001);
    for (const wrong of ['02 00', '02 05 00 00 00 00 01', '02 01 80'])
      expect(() => smallInteger(readDer(octets(wrong))), wrong).toThrow(DerError);
  });

  test('a time is a GeneralizedTime in UTC with seconds (RFC 3161, 2.4.2)', () => {
    const time = (tag: number, text: string): number =>
      readGeneralizedTime(readDer(encodeDer(tag, latin1Bytes(text))));
    expect(time(0x18, '20261121101112.25Z')).toBe(Date.UTC(2026, 10, 21, 10, 11, 12, 250));
    expect(() => time(0x17, '20261121101112Z')).toThrow(DerError);
    expect(() => time(0x18, '202611211011Z')).toThrow(DerError);
  });
});

test('a file that begins like DER is one certificate or list, and not searched for PEM (RFC 7468)', () => {
  const der = derSequence(latin1Bytes('-----BEGIN CERTIFICATE-----MAA=-----END CERTIFICATE-----'));
  expect(derBlocks(der, 'CERTIFICATE')).toEqual([der]);
  expect(derBlocks(der.subarray(2), 'CERTIFICATE')).toEqual([octets('30 00')]);
});

describe('BER of other signers (X.690, 8.1.3.6 and 8.1.5)', () => {
  test('only two zero octets end an element of indefinite length', () => {
    expect(definite('30 80 05 00 02 01 05 00 00')).toBe('30050500020105');
    expect(definite('30 80 00 01 41 00 00')).toBe('3003000141');
    expect(definite('30 06 30 80 05 00 00 00')).toBe('300430020500');
  });

  test.each([
    ['nothing ends it', '30 80 05 00'],
    ['what ends it stands behind its parent', '30 80 30 04 30 80 05 00 00 00'],
    ['an element in it goes on beyond its parent', '30 80 30 03 04 05 41 05 00 05 00 00 00'],
    ['an element goes on beyond its parent, all lengths being definite', '30 03 04 03 41 42 43'],
    ['a value without parts has no end', '04 80 41 00 00'],
  ])('refused: %s', (_what, hex) => {
    expect(() => definite(hex)).toThrow(DerError);
  });

  test('61 elements may stand in one another, whatever kind of length they have', () => {
    const nested = (count: number): Uint8Array =>
      Array.from({ length: count }).reduce<Uint8Array>((inner) => derSequence(inner), new Uint8Array(0));
    const endless = (count: number): Uint8Array => octets('3080'.repeat(count) + '0000'.repeat(count));
    expect(toDefiniteLength(nested(61))).toEqual(nested(61));
    expect(() => toDefiniteLength(nested(62))).toThrow(DerError);
    expect(toDefiniteLength(endless(61))).toEqual(nested(61));
    expect(() => toDefiniteLength(endless(62))).toThrow(DerError);
  });

  test('at most 100,000 elements are converted', () => {
    const list = (count: number): Uint8Array =>
      concatBytes([octets('3080'), ...Array.from({ length: count - 1 }, () => derNull), octets('0000')]);
    expect(toDefiniteLength(list(100_000)).length).toBeGreaterThan(199_998);
    expect(() => toDefiniteLength(list(100_001))).toThrow(DerError);
  });
});
