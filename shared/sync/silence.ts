const dayMs = 86_400_000;

/**
 * How long nothing was heard: from the third day on a hint, from the seventh a banner, from the fourteenth the province has
 * to ask. `never`: nothing was ever heard.
 */
export type Silence = 'lively' | 'hint' | 'banner' | 'long' | 'never';

/** Whole days since a moment; null where there is none. Both in milliseconds. */
export function silentDays(lastSeen: number | null, now: number): number | null {
  return lastSeen === null ? null : Math.max(0, Math.floor((now - lastSeen) / dayMs));
}

/** What so many days of silence mean (D04). */
export function silenceOf(days: number | null): Silence {
  if (days === null) return 'never';
  if (days >= 14) return 'long';
  if (days >= 7) return 'banner';
  return days >= 3 ? 'hint' : 'lively';
}
