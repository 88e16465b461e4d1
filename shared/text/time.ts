const hanoiOffsetMs = 7 * 3_600_000;

/** A moment (milliseconds since 1970) as ISO 8601 in Vietnamese time, to the second: `2026-11-21T09:15:02+07:00`. */
export function isoInHanoi(ms: number): string {
  return `${new Date(ms + hanoiOffsetMs).toISOString().slice(0, 19)}+07:00`;
}

/** The calendar day of a moment in Vietnamese time, `YYYY-MM-DD`. */
export function dayInHanoi(ms: number): string {
  return new Date(ms + hanoiOffsetMs).toISOString().slice(0, 10);
}

/** `21/11/2026`, or '' for an unknown day. */
export function shortDate(day: string): string {
  return day === '' ? '' : day.slice(0, 10).split('-').reverse().join('/');
}
