import { describe, expect, test } from 'vitest';
import { addDays, addWorkingDays, daysBetween, parseDayInput } from '../../../../renderer/src/ui/date-input';

const today = '2026-11-21';

describe('a day as a clerk types it', () => {
  test.each([
    ['1101', '2026-01-11'],
    ['110125', '2025-01-11'],
    ['11012025', '2025-01-11'],
    ['11/1', '2026-01-11'],
    ['11-1-25', '2025-01-11'],
    ['11.1.2025', '2025-01-11'],
    ['11 1', '2026-01-11'],
    ['21/11/2026', '2026-11-21'],
    ['2026-02-03', '2026-02-03'],
    ['hôm nay', today],
    ['Hom nay', today],
    ['hôm qua', '2026-11-20'],
    ['mai', '2026-11-22'],
    ['', ''],
    ['29/2/2028', '2028-02-29'],
  ])('%s is %s', (typed, day) => {
    expect(parseDayInput(typed, today)).toBe(day);
  });

  test.each(['30/2', '3113', '0001', '11/13', '29/2/2026', 'abc', '1', '11/', '111', '32/1'])(
    '%s is no day',
    (typed) => {
      expect(parseDayInput(typed, today)).toBeNull();
    },
  );
});

describe('deadlines', () => {
  test('working days leave out Saturday and Sunday', () => {
    // 2026-11-20 is a Friday.
    expect(addWorkingDays('2026-11-20', 1)).toBe('2026-11-23');
    expect(addWorkingDays('2026-11-20', 5)).toBe('2026-11-27');
    expect(addWorkingDays('2026-11-20', 6)).toBe('2026-11-30');
  });

  test('days are counted over the end of month and year', () => {
    expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
    expect(daysBetween('2026-12-30', '2027-01-02')).toBe(3);
    expect(daysBetween('2026-11-21', '2026-11-19')).toBe(-2);
  });
});
