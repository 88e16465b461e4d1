import { readFileSync } from 'node:fs';
import { verdicts } from '@shared/ipc/signature-report';
import type { SigningKey } from '@shared/ipc/signing-values';
import { describe, expect, test } from 'vitest';
import { expiringKeys, expiryOf } from '../../../../renderer/src/features/signing/expiry';
import { enOutgoing } from '../../../../renderer/src/i18n/en-outgoing';
import { enSigning } from '../../../../renderer/src/i18n/en-signing';
import { viOutgoing } from '../../../../renderer/src/i18n/vi-outgoing';
import { viSigning } from '../../../../renderer/src/i18n/vi-signing';

const now = Date.parse('2026-11-21T09:00:00+07:00');

describe('C14: báo trước khi chứng thư hết hạn', () => {
  test.each([
    ['2027-06-01T00:00:00+07:00', { kind: 'valid', day: '2027-06-01' }],
    ['2026-12-22T00:00:00+07:00', { kind: 'valid', day: '2026-12-22' }],
    ['2026-12-21T00:00:00+07:00', { kind: 'soon', day: '2026-12-21', days: 30, level: 30 }],
    ['2026-11-29T23:00:00+07:00', { kind: 'soon', day: '2026-11-29', days: 8, level: 30 }],
    ['2026-11-28T00:00:00+07:00', { kind: 'soon', day: '2026-11-28', days: 7, level: 7 }],
    ['2026-11-22T06:00:00+07:00', { kind: 'soon', day: '2026-11-22', days: 1, level: 1 }],
    ['2026-11-21T23:59:00+07:00', { kind: 'today', day: '2026-11-21' }],
    ['2026-11-21T08:59:00+07:00', { kind: 'expired', day: '2026-11-21' }],
    ['không rõ', { kind: 'unknown' }],
  ])('%s', (notAfter, expected) => {
    expect(expiryOf(notAfter, now)).toEqual(expected);
  });

  test('tính theo ngày Việt Nam, không theo giờ UTC', () => {
    // 22:00 UTC on the 21st is already the 22nd in Viet Nam.
    expect(expiryOf('2026-11-21T22:00:00Z', now)).toMatchObject({ kind: 'soon', days: 1 });
  });

  test('chỉ báo chứng thư sắp hết hoặc đã hết hạn, gần nhất trước', () => {
    const key = (id: string, notAfter: string): SigningKey => ({
      id,
      owner: 'person',
      holder: 'ct',
      subject: id,
      issuer: 'CA',
      serial: '01',
      notBefore: '2024-01-01T00:00:00Z',
      notAfter,
      source: { kind: 'file' },
      preferred: true,
    });
    const keys = [
      key('xa', '2028-01-01T00:00:00Z'),
      key('sap', '2026-12-01T00:00:00Z'),
      key('het', '2026-01-01T00:00:00Z'),
    ];
    expect(expiringKeys(keys, now).map(({ key: { id } }) => id)).toEqual(['het', 'sap']);
  });
});

describe('lời của kết luận kiểm tra chữ ký', () => {
  test('ba câu trả lời bằng lời thường', () => {
    expect(viSigning.report.verdicts).toMatchObject({
      valid: 'Hợp lệ',
      indeterminate: 'Chưa đủ căn cứ',
      invalid: 'Không hợp lệ',
    });
    for (const verdict of verdicts) expect(viSigning.report.meanings[verdict]).not.toBe('');
  });

  test('mọi mã mà bộ kiểm tra có thể trả về đều có lời và việc cần làm, ở cả hai ngôn ngữ', () => {
    const source = ['check/check-report', 'certificates/path-report']
      .map((file) => readFileSync(`shared/signing/${file}.ts`, 'utf8'))
      .join('');
    const codes = [...source.matchAll(/\| '([A-Z][A-Z_]+)'/g)].map(([, code = '']) => code);
    expect(codes.length).toBeGreaterThan(40);
    for (const catalogue of [viSigning, enSigning]) {
      const problems: Readonly<Record<string, { readonly what: string; readonly todo: string }>> =
        catalogue.report.problems;
      expect(
        codes.filter((code) => (problems[code]?.what ?? '') === '' || problems[code]?.todo === ''),
      ).toEqual([]);
    }
  });

  test('mọi mức toàn vẹn, phạm vi và thay đổi đều có lời', () => {
    const { integrity, coverages, changes } = viSigning.report;
    const source = readFileSync('shared/signing/check/check-report.ts', 'utf8');
    const values = (name: RegExp): string[] =>
      [...(name.exec(source)?.[1] ?? '').matchAll(/'([a-z-]+)'/g)].map(([, value = '']) => value).sort();
    expect(Object.keys(integrity).sort()).toEqual(values(/integrity: ([^;]+);/));
    expect(Object.keys(coverages).sort()).toEqual(values(/coverage: ([^;]+);/));
    expect(Object.keys(changes).sort()).toEqual(values(/ChangeLevel =\s+([^;]+);/));
  });
});

describe('hai ngôn ngữ', () => {
  const shape = (value: unknown, path = ''): string[] =>
    typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([key, inner]) => shape(inner, `${path}/${key}`))
      : [`${path}:${typeof value}`];
  const words = (value: unknown): unknown[] =>
    typeof value === 'object' && value !== null ? Object.values(value).flatMap(words) : [value];

  test.each([
    ['outgoing', viOutgoing, enOutgoing],
    ['signing', viSigning, enSigning],
  ])('%s có cùng các mục và không mục nào trống', (_, vi, en) => {
    expect(shape(en).sort()).toEqual(shape(vi).sort());
    for (const word of [...words(vi), ...words(en)]) expect(word).not.toBe('');
  });
});
