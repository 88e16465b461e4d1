import { silenceOf, silentDays } from '@shared/sync/silence';
import { describe, expect, it } from 'vitest';

const hour = 3_600_000;
const now = Date.parse('2026-11-21T08:00:00+07:00');

describe('D04: a unit that has not synced for long', () => {
  it('is silent for whole days; one that was never seen for none, and a clock that went back counts as today', () => {
    const hoursAgo = (hours: number) => silentDays(now - hours * hour, now);
    expect([hoursAgo(71), hoursAgo(72), hoursAgo(-1)]).toEqual([2, 3, 0]);
    expect(silentDays(null, now)).toBe(null);
  });

  it('gets a hint on day 3, a banner on day 7, and the province is told on day 14', () => {
    expect([0, 2, 3, 6, 7, 13, 14, 400].map(silenceOf)).toEqual([
      'lively',
      'lively',
      'hint',
      'hint',
      'banner',
      'banner',
      'long',
      'long',
    ]);
    expect(silenceOf(null)).toBe('never');
  });
});
