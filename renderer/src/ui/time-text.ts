import { shortDate } from '@shared/text/time';

/** `08:12 21/11/2026` of a moment, in Vietnamese time. */
export function momentText(moment: string): string {
  const at = Date.parse(moment);
  if (Number.isNaN(at)) return '';
  const local = new Date(at + 7 * 3_600_000).toISOString();
  return `${local.slice(11, 16)} ${shortDate(local.slice(0, 10))}`;
}

/** `08:12` when the moment is of `today`, otherwise `21/11`. */
export function shortMoment(moment: string, today: string): string {
  const at = Date.parse(moment);
  if (Number.isNaN(at)) return '';
  const local = new Date(at + 7 * 3_600_000).toISOString();
  return local.slice(0, 10) === today ? local.slice(11, 16) : `${local.slice(8, 10)}/${local.slice(5, 7)}`;
}

/** `1,4 MB`. */
export function sizeText(bytes: number): string {
  const units = ['B', 'KB', 'MB', 'GB'];
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  const digits = value < 10 && unit > 0 ? 1 : 0;
  return `${value.toFixed(digits).replace('.', ',')} ${units[unit]}`;
}
