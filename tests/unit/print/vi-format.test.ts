import {
  formatDay,
  formatDayInWords,
  formatDocumentNumber,
  formatMomentInWords,
  formatShare,
  parseDay,
} from '@shared/text/vi-format';
import { describe, expect, it } from 'vitest';

describe('Cách ghi ngày, số trên văn bản (Nghị định 30/2020, Phụ lục I)', () => {
  it('II.4.b: ngày dưới 10 và tháng 1, 2 thêm số 0; tháng 3 đến 9 thì không', () => {
    expect(formatDayInWords('2026-01-05')).toBe('ngày 05 tháng 01 năm 2026');
    expect(formatDayInWords('2026-02-28')).toBe('ngày 28 tháng 02 năm 2026');
    expect(formatDayInWords('2026-03-09')).toBe('ngày 09 tháng 3 năm 2026');
    expect(formatDayInWords('2026-11-21')).toBe('ngày 21 tháng 11 năm 2026');
  });

  it('II.3.c: số nhỏ hơn 10 thêm số 0', () => {
    expect([1, 9, 10, 118].map(formatDocumentNumber)).toEqual(['01', '09', '10', '118']);
  });

  it('ngày trong sổ là dd/mm/yyyy, chưa có ngày thì để trống', () => {
    expect(formatDay('2026-03-09')).toBe('09/03/2026');
    expect(formatDay('')).toBe('');
  });

  it.each(['2026-02-30', '2026-13-01', '09/03/2026', '2026-3-9'])('ngày sai bị từ chối: %s', (day) => {
    expect(() => parseDay(day)).toThrowError('INVALID_INPUT');
  });

  it('giờ luôn là giờ Việt Nam, kể cả khi bước sang ngày khác', () => {
    expect(formatMomentInWords('2026-07-13T23:30:00Z')).toBe('06 giờ 30 phút, ngày 14 tháng 7 năm 2026');
    expect(formatMomentInWords('2026-07-14T08:00:00+07:00')).toBe('08 giờ 00 phút, ngày 14 tháng 7 năm 2026');
    expect(() => formatMomentInWords('hôm qua')).toThrowError('INVALID_INPUT');
  });

  it('tỷ lệ dùng dấu phẩy thập phân', () => {
    expect([0, 0.905, 2 / 3, 1].map(formatShare)).toEqual(['0%', '90,5%', '66,7%', '100%']);
  });
});
