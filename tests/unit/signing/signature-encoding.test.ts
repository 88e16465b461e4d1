import { describe, expect, test } from 'vitest';
import { bytesOfHex, hexOf } from '../../../shared/signing/bytes';
import { digestInfo, ecdsaSignatureValue } from '../../../shared/signing/cms/signature-encoding';

describe('DigestInfo (RFC 8017 section 9.2, note 1)', () => {
  test.each([
    ['sha256', 32, '3031300d060960864801650304020105000420'],
    ['sha384', 48, '3041300d060960864801650304020205000430'],
    ['sha512', 64, '3051300d060960864801650304020305000440'],
  ] as const)('%s', (hash, length, prefix) => {
    expect(hexOf(digestInfo(hash, new Uint8Array(length).fill(7))).toLowerCase()).toBe(
      prefix + '07'.repeat(length),
    );
  });
});

describe('Ecdsa-Sig-Value (RFC 3279 section 2.2.3)', () => {
  const value = (raw: string): string => hexOf(ecdsaSignatureValue(bytesOfHex(raw))).toLowerCase();
  test('INTEGERs are unsigned: a leading zero where the highest bit is set', () => {
    expect(value('80017f02')).toBe('3009020300800102027f02');
  });
  test('INTEGERs are as short as they can be', () => {
    expect(value('00010000')).toBe('3006020101020100');
    expect(value('000000ff')).toBe('3007020100020200ff');
  });
});
