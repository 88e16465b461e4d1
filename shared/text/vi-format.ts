import { AppError } from '../result/result';

const dayPattern = /^(\d{4})-(\d{2})-(\d{2})$/;
const vietnamOffsetMs = 7 * 3_600_000;

type DayParts = { readonly year: number; readonly month: number; readonly day: number };

/** Reads a calendar day `YYYY-MM-DD`. Throws `INVALID_INPUT` for anything else, also for 2026-02-30. */
export function parseDay(day: string): DayParts {
  const match = dayPattern.exec(day);
  if (match === null) throw new AppError('INVALID_INPUT', 'day');
  const parts = { year: Number(match[1]), month: Number(match[2]), day: Number(match[3]) };
  const check = new Date(Date.UTC(parts.year, parts.month - 1, parts.day));
  if (check.getUTCMonth() + 1 !== parts.month || check.getUTCDate() !== parts.day) {
    throw new AppError('INVALID_INPUT', 'day');
  }
  return parts;
}

/** Day number as printed after "ngày": below 10 with a leading zero (NĐ 30/2020, Phụ lục I, II.4.b). */
export function printedDayNumber(day: number): string {
  return String(day).padStart(2, '0');
}

/** Month number as printed after "tháng": only 1 and 2 with a leading zero (NĐ 30/2020, Phụ lục I, II.4.b). */
export function printedMonthNumber(month: number): string {
  return month <= 2 ? `0${month}` : String(month);
}

/** `2026-03-05` → `ngày 05 tháng 3 năm 2026` (NĐ 30/2020, Phụ lục I, II.4.b). */
export function formatDayInWords(day: string): string {
  const { year, month, day: dayOfMonth } = parseDay(day);
  return `ngày ${printedDayNumber(dayOfMonth)} tháng ${printedMonthNumber(month)} năm ${year}`;
}

/** `2026-03-05` → `05/03/2026`; '' stays ''. The short form of register books and tables. */
export function formatDay(day: string): string {
  if (day === '') return '';
  const { year, month, day: dayOfMonth } = parseDay(day);
  return `${printedDayNumber(dayOfMonth)}/${String(month).padStart(2, '0')}/${year}`;
}

/** Document number as printed: below 10 with a leading zero (NĐ 30/2020, Phụ lục I, II.3.c). */
export function formatDocumentNumber(number: number): string {
  return String(number).padStart(2, '0');
}

/** Wall clock in Viet Nam (UTC+7, no summer time) of a moment in ISO 8601 with an offset or `Z`. */
export function vietnamClock(moment: string): {
  readonly day: string;
  readonly hour: number;
  readonly minute: number;
} {
  const instant = Date.parse(moment);
  if (Number.isNaN(instant)) throw new AppError('INVALID_INPUT', 'moment');
  const local = new Date(instant + vietnamOffsetMs).toISOString();
  return { day: local.slice(0, 10), hour: Number(local.slice(11, 13)), minute: Number(local.slice(14, 16)) };
}

/** `2026-03-05T01:05:00Z` → `08 giờ 05 phút, ngày 05 tháng 3 năm 2026`. */
export function formatMomentInWords(moment: string): string {
  const { day, hour, minute } = vietnamClock(moment);
  const hours = String(hour).padStart(2, '0');
  return `${hours} giờ ${String(minute).padStart(2, '0')} phút, ${formatDayInWords(day)}`;
}

/** Share in percent with a decimal comma and at most one decimal: 0.905 → `90,5%`; whole numbers bare. */
export function formatShare(share: number): string {
  const tenths = Math.round(share * 1000) / 10;
  return `${String(tenths).replace('.', ',')}%`;
}
