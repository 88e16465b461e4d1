import type { AgendaItem } from '@shared/schema/meetings';
import { vietnamClock } from '@shared/text/vi-format';
import { plainText } from '../../ui/match-text';

const minutesOfDay = 24 * 60;

/** `HH:MM` of a minute of the day; past midnight it begins again. */
export function clockText(minute: number): string {
  const within = ((minute % minutesOfDay) + minutesOfDay) % minutesOfDay;
  return `${String(Math.floor(within / 60)).padStart(2, '0')}:${String(within % 60).padStart(2, '0')}`;
}

/** `08:30` of a moment in ISO 8601, in Vietnamese time; '' where it is not known. */
export function clockOf(moment: string): string {
  if (moment === '' || Number.isNaN(Date.parse(moment))) return '';
  const { hour, minute } = vietnamClock(moment);
  return clockText(hour * 60 + minute);
}

export type PlannedTime = { readonly from: string; readonly to: string };

/** Planned beginning and end of every item, one after another from the beginning of the meeting; '' without one. */
export function plannedTimes(
  startsAt: string,
  agenda: readonly Pick<AgendaItem, 'minutes'>[],
): readonly PlannedTime[] {
  if (clockOf(startsAt) === '') return agenda.map(() => ({ from: '', to: '' }));
  const { hour, minute } = vietnamClock(startsAt);
  let at = hour * 60 + minute;
  return agenda.map((item) => {
    const from = clockText(at);
    at += item.minutes;
    return { from, to: clockText(at) };
  });
}

/** The list with the element at `index` moved by `step` places; the same list where it would leave it. */
export function moveBy<T>(list: readonly T[], index: number, step: number): readonly T[] {
  const target = index + step;
  const element = list[index];
  if (element === undefined || target < 0 || target >= list.length) return list;
  const others = list.filter((_, at) => at !== index);
  return [...others.slice(0, target), element, ...others.slice(target)];
}

/**
 * `08:30` from what people type: `8:30`, `0830`, `830`, `8h30`, `8h`, `8 gio 30` with or without
 * marks; null where it is no time of day.
 */
export function readClock(typed: string): string | null {
  const clean = plainText(typed);
  const match =
    /^(\d{1,2})\s*(?:[:.h]|gio)\s*(\d{2})?(?:\s*phut)?$/u.exec(clean) ?? /^(\d{1,2})(\d{2})?$/u.exec(clean);
  if (match === null) return null;
  const hour = Number(match[1]);
  const minute = Number(match[2] ?? '0');
  return hour > 23 || minute > 59 ? null : clockText(hour * 60 + minute);
}

/** A moment in Vietnamese time from a day and `HH:MM`; '' without a day. */
export function momentAt(day: string, clock: string): string {
  return day === '' ? '' : `${day}T${clock === '' ? '08:00' : clock}:00+07:00`;
}
