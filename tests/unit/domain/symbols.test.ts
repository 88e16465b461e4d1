import { defaultSymbol } from '@shared/domain/document-types';
import { duplicateKey, parseNumberAndSymbol } from '@shared/domain/symbols';
import { describe, expect, it } from 'vitest';

describe('number and symbol as clerks write and paste them', () => {
  const cases: readonly [string, { number: string; symbol: string } | null][] = [
    ['35 /KH-LĐLĐ', { number: '35', symbol: 'KH-LĐLĐ' }],
    ['Số: 35/KH-LĐLĐ', { number: '35', symbol: 'KH-LĐLĐ' }],
    ['06-NQ/TU', { number: '06', symbol: 'NQ/TU' }],
    ['4a/NQ-BCH', { number: '4a', symbol: 'NQ-BCH' }],
    ['02/CTr-LĐLĐ', { number: '02', symbol: 'CTr-LĐLĐ' }],
    ['749/QĐ-TTg', { number: '749', symbol: 'QĐ-TTg' }],
    ['05/LĐLĐ-VP', { number: '05', symbol: 'LĐLĐ-VP' }],
    ['128 NQ/CP', { number: '128', symbol: 'NQ/CP' }],
    ['30/2020/NĐ-CP', { number: '30', symbol: '2020/NĐ-CP' }],
    ['kế hoạch năm', null],
    ['', null],
  ];
  it.each(cases)('reads %j', (text, expected) => expect(parseNumberAndSymbol(text)).toEqual(expected));
});

describe('Phụ lục VI: cảnh báo trùng số, ký hiệu và cơ quan ban hành', () => {
  const issuer = 'Liên đoàn Lao động tỉnh An Bình';
  it('meets across spacing, case, leading zeros and the Party order of a symbol', () => {
    const key = duplicateKey('6', 'NQ/TU', issuer);
    expect(duplicateKey('06', 'TU-NQ', 'LIÊN ĐOÀN  LAO ĐỘNG tỉnh An Bình')).toBe(key);
    expect(duplicateKey(' 6 ', 'nq/tu', `${issuer}.`)).toBe(key);
  });
  it('keeps different issuers, symbols and numbers apart', () => {
    const key = duplicateKey('6', 'KH-LĐLĐ', issuer);
    expect(duplicateKey('6', 'KH-LĐLĐ', 'Liên đoàn Lao động tỉnh An Bính')).not.toBe(key);
    expect(duplicateKey('6', 'QĐ-LĐLĐ', issuer)).not.toBe(key);
    expect(duplicateKey('60', 'KH-LĐLĐ', issuer)).not.toBe(key);
  });
  it('never calls two documents without a number the same', () =>
    expect(duplicateKey('', '', issuer)).toBe('-'));
});

describe('Phụ lục III: ký hiệu theo loại', () => {
  it('puts the type before the issuer, and the drafting office behind it for a công văn', () => {
    expect(defaultSymbol('Kế hoạch', 'LĐLĐ')).toBe('KH-LĐLĐ');
    expect(defaultSymbol('Chương trình', 'LĐLĐ')).toBe('CTr-LĐLĐ');
    expect(defaultSymbol('Công văn', 'LĐLĐ')).toBe('LĐLĐ-VP');
  });
});
