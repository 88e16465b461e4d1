import { plainText } from './match-text';

const relative: Readonly<Record<string, number>> = {
  'hom nay': 0,
  nay: 0,
  today: 0,
  'hom qua': -1,
  qua: -1,
  yesterday: -1,
  mai: 1,
  'ngay mai': 1,
  tomorrow: 1,
};

/**
 * Reads a day as a clerk types it: `1101`, `110126`, `11012026`, `11/1`, `11-1-26`, `11.1.2026`, `hôm nay`, `hôm qua`,
 * `mai`, `2026-01-11`. A missing year is the year of `today`.
 * @param today `YYYY-MM-DD`
 * @returns `YYYY-MM-DD`, '' for an empty text, or null when it is no day
 */
export function parseDayInput(text: string, today: string): string | null {
  const clean = plainText(text);
  if (clean === '') return '';
  const offset = relative[clean];
  if (offset !== undefined) return addDays(today, offset);
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(clean);
  if (iso !== null) return dayOf(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const year = Number(today.slice(0, 4));
  const parts = /^(\d{1,2})[/.\-\s](\d{1,2})(?:[/.\-\s](\d{2}|\d{4}))?$/.exec(clean);
  if (parts !== null) return dayOf(fullYear(parts[3], year), Number(parts[2]), Number(parts[1]));
  const run = /^(\d{2})(\d{2})(\d{2}|\d{4})?$/.exec(clean);
  if (run !== null) return dayOf(fullYear(run[3], year), Number(run[2]), Number(run[1]));
  return null;
}

/** The day some days later (negative: earlier). */
export function addDays(day: string, days: number): string {
  const at = new Date(`${day}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() + days);
  return at.toISOString().slice(0, 10);
}

/** The day some working days (Monday to Friday) later. */
export function addWorkingDays(day: string, days: number): string {
  let current = day;
  for (let left = days; left > 0; ) {
    current = addDays(current, 1);
    const weekday = new Date(`${current}T00:00:00Z`).getUTCDay();
    if (weekday !== 0 && weekday !== 6) left -= 1;
  }
  return current;
}

/** Whole days from `from` to `to`; negative when `to` lies before. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}

function fullYear(text: string | undefined, present: number): number {
  if (text === undefined) return present;
  return text.length === 2 ? Math.floor(present / 100) * 100 + Number(text) : Number(text);
}

function dayOf(year: number, month: number, day: number): string | null {
  const at = new Date(Date.UTC(year, month - 1, day));
  // A day that the month does not have falls into another month.
  if (at.getUTCFullYear() !== year || at.getUTCMonth() !== month - 1) return null;
  return at.toISOString().slice(0, 10);
}
