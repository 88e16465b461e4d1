const offsetMilliseconds = 7 * 3600 * 1000;

function localIso(time: number): string {
  return new Date(time + offsetMilliseconds).toISOString().slice(0, 19);
}

/** A moment (milliseconds since 1970) in Vietnamese time by ISO 8601, e.g. 2026-11-21T09:15:02+07:00. */
export function vietnamIsoTime(time: number): string {
  return `${localIso(time)}+07:00`;
}

/** A moment as a PDF date in Vietnamese time (ISO 32000-1, 7.9.4). */
export function vietnamPdfDate(time: number): string {
  return `D:${localIso(time).replace(/[-:T]/g, '')}+07'00'`;
}
