import type { SigningKey } from '@shared/ipc/signing-values';
import { dayInHanoi } from '@shared/text/time';

/** Days before the end at which a holder is warned (at the start of the day, not at the moment of signing). */
export const warningDays = [30, 7, 1] as const;

export type Expiry =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'expired'; readonly day: string }
  | { readonly kind: 'today'; readonly day: string }
  | { readonly kind: 'soon'; readonly day: string; readonly days: number; readonly level: 30 | 7 | 1 }
  | { readonly kind: 'valid'; readonly day: string };

const dayMs = 86_400_000;

/** How far a certificate is from its end, by calendar days in Viet Nam. `notAfter` is ISO 8601, `nowMs` the present. */
export function expiryOf(notAfter: string, nowMs: number): Expiry {
  const end = Date.parse(notAfter);
  if (Number.isNaN(end)) return { kind: 'unknown' };
  const day = dayInHanoi(end);
  if (end <= nowMs) return { kind: 'expired', day };
  const days = Math.round((Date.parse(day) - Date.parse(dayInHanoi(nowMs))) / dayMs);
  if (days === 0) return { kind: 'today', day };
  const level = warningDays.findLast((limit) => days <= limit);
  return level === undefined ? { kind: 'valid', day } : { kind: 'soon', day, days, level };
}

/** The keys whose holder must be warned now, the most urgent first. */
export function expiringKeys(
  keys: readonly SigningKey[],
  nowMs: number,
): readonly { readonly key: SigningKey; readonly expiry: Expiry }[] {
  return keys
    .map((key) => ({ key, expiry: expiryOf(key.notAfter, nowMs) }))
    .filter(({ expiry }) => expiry.kind !== 'valid' && expiry.kind !== 'unknown')
    .sort((a, b) => Date.parse(a.key.notAfter) - Date.parse(b.key.notAfter));
}
