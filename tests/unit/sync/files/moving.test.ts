import { noChoices, rowKey, withKept } from '@shared/sync/files/choices';
import { meteredLimit, saysMetered, waitsForNetwork } from '@shared/sync/files/metered';
import { nextTry } from '@shared/sync/files/next-try';
import { describe, expect, it } from 'vitest';

describe('Mạng tính phí', () => {
  it('files above 5 MB wait, smaller ones move', () => {
    const paid = { metered: true, anyway: false };
    expect([waitsForNetwork(meteredLimit, paid), waitsForNetwork(meteredLimit + 1, paid)]).toEqual([
      false,
      true,
    ]);
  });

  it('nothing waits on another network, nor a file of which somebody says Vẫn chuyển', () => {
    expect(waitsForNetwork(1e9, { metered: false, anyway: false })).toBe(false);
    expect(waitsForNetwork(1e9, { metered: true, anyway: true })).toBe(false);
  });

  it('the line says it is paid when it is a mobile one, or when the person saves data', () => {
    expect(['cellular', 'ethernet', 'wifi', 'unknown'].map((type) => saysMetered({ type }))).toEqual([
      true,
      false,
      false,
      false,
    ]);
    expect([saysMetered({ saveData: true }), saysMetered({})]).toEqual([true, false]);
  });
});

it('a file that cannot be moved is tried after 30 s, then twice as long each time, and at least every hour', () => {
  expect([1, 2, 3, 8, 60].map((failures) => (nextTry(failures, 1_000_000) - 1_000_000) / 1000)).toEqual([
    30, 60, 120, 3600, 3600,
  ]);
});

it('Giữ trên máy: a row is named once, and not any more when it is let go', () => {
  const row = rowKey('meetings', 'm1');
  const kept = withKept(withKept(withKept(noChoices, row, true), row, true), 'incoming/i1', true);
  expect(kept.kept).toEqual(['meetings/m1', 'incoming/i1']);
  expect(withKept(kept, row, false).kept).toEqual(['incoming/i1']);
});
