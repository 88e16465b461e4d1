import { describe, expect, test } from 'vitest';
import { displayedSize, toUserSpace } from '../../../shared/signing/appearance/placement';
import { dateAfterDayWord, printedDate } from '../../../shared/signing/appearance/printed-texts';
import { integrityOf, signatureVerdict } from '../../../shared/signing/check/verdict';
import { placeAnnexText, placeSeal, vietnamIsoTime } from '../../../shared/signing/index';
import { vietnamPdfDate } from '../../../shared/signing/vietnam-time';

describe('Phụ lục I, mục II.4: ngày dưới 10, tháng 1 và 2 thêm số 0 ở trước', () => {
  test.each([
    ['2026-02-05', '05 tháng 02 năm 2026'],
    ['2026-01-31', '31 tháng 01 năm 2026'],
    ['2026-03-09', '09 tháng 3 năm 2026'],
    ['2026-11-21', '21 tháng 11 năm 2026'],
  ])('%s', (iso, printed) => {
    const date = printedDate(iso);
    expect(date && dateAfterDayWord(date)).toBe(printed);
  });

  test.each(['2026-13-01', '2026-00-10', '2026-01-00', '2026-01-32', '21/11/2026', '2026-1-1', ''])(
    '%s is no date',
    (text) => {
      expect(printedDate(text)).toBeNull();
    },
  );
});

test('ISO 8601: giờ Việt Nam +07:00, qua nửa đêm sang ngày sau', () => {
  const time = Date.UTC(2026, 10, 21, 18, 5, 9, 999);
  expect(vietnamIsoTime(time)).toBe('2026-11-22T01:05:09+07:00');
  expect(vietnamPdfDate(time)).toBe("D:20261122010509+07'00'");
});

test('Phụ lục I, mục II.8: dấu trùm 1/3 bên trái chữ ký, đúng kích thước thực', () => {
  const seal = placeSeal({ page: 3, x: 300, y: 100, w: 120, h: 60 }, 36);
  expect(seal.page).toBe(3);
  expect(seal.w).toBeCloseTo(102.047, 2);
  expect(seal.x + seal.w).toBeCloseTo(340);
  expect(seal.y + seal.h / 2).toBeCloseTo(130);
  const annex = placeAnnexText({ w: 595, h: 842 });
  expect([annex.page, annex.x + annex.w < 595, annex.y + annex.h < 842, annex.y > 780]).toEqual([
    0,
    true,
    true,
    true,
  ]);
});

describe('a displayed rectangle lies where it is asked on a cropped and turned page', () => {
  const box = [20, 30, 560, 810] as const;
  const asked = { x: 10, y: 15, w: 100, h: 40 };
  test.each([
    [0, [30, 45, 130, 85], { w: 540, h: 780 }],
    [90, [505, 40, 545, 140], { w: 780, h: 540 }],
    [180, [450, 755, 550, 795], { w: 540, h: 780 }],
    [270, [35, 700, 75, 800], { w: 780, h: 540 }],
  ] as const)('turned by %i', (rotate, rect, size) => {
    expect(toUserSpace({ box, rotate }, asked).rect).toEqual(rect);
    expect(displayedSize({ box, rotate })).toEqual(size);
  });
});

describe('verdict of one signature (EN 319 102-1)', () => {
  const trusted = { status: 'trusted', code: 'OK' } as const;
  const untrusted = { status: 'untrusted', code: 'NO_PATH_TO_ANCHOR' } as const;

  test('integrity is the gravest of the problems', () => {
    expect(integrityOf([])).toBe('ok');
    expect(integrityOf(['CERT_NOT_TRUSTED', 'REVOCATION_UNKNOWN', 'CHANGED_AFTER_SIGNING'])).toBe('ok');
    expect(integrityOf(['UNSUPPORTED_SUBFILTER', 'DIGEST_MISMATCH'])).toBe('broken');
    expect(integrityOf(['DIGEST_MISMATCH', 'BAD_BYTE_RANGE'])).toBe('malformed');
  });

  test.each([
    ['valid', 'ok', [], trusted],
    ['valid', 'ok', ['SIGNED_IN_THE_FUTURE'], trusted],
    ['valid', 'ok', ['TIMESTAMP_NOT_TRUSTED'], trusted],
    ['indeterminate', 'ok', ['REVOCATION_UNKNOWN'], trusted],
    ['indeterminate', 'ok', ['TIMESTAMP_WRONG'], trusted],
    ['indeterminate', 'ok', ['CONTENT_COVERED_AFTER_SIGNING'], trusted],
    ['indeterminate', 'ok', [], untrusted],
    ['indeterminate', 'ok', [], null],
    ['indeterminate', 'unsupported', [], trusted],
    ['invalid', 'ok', ['CHANGED_AFTER_SIGNING'], trusted],
    ['invalid', 'unsupported', ['CHANGED_AFTER_SIGNING'], null],
    ['invalid', 'ok', ['WEAK_DIGEST'], trusted],
    ['invalid', 'ok', ['CERT_REVOKED'], trusted],
    ['indeterminate', 'ok', ['CERT_REVOKED', 'TIMESTAMP_NOT_TRUSTED'], trusted],
    ['invalid', 'ok', ['CERT_PATH_INVALID'], { status: 'invalid', code: 'NOT_A_CA' }],
    ['invalid', 'broken', [], trusted],
    ['invalid', 'malformed', [], trusted],
  ] as const)('%s: %s %j', (verdict, integrity, problems, path) => {
    expect(signatureVerdict(integrity, problems, path)).toBe(verdict);
  });
});
