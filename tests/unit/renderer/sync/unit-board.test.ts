import { describe, expect, it } from 'vitest';
import { boardOf } from '../../../../renderer/src/features/sync/units/unit-board';

const now = '2026-11-21T08:00:00+07:00';
const daysAgo = (days: number) => new Date(Date.parse(now) - days * 86_400_000).toISOString();
const unit = (name: string, lastSeen: string, devices = 1) => ({ unit: name, name, devices, lastSeen });

describe('D04: the board of the province', () => {
  it('units that were never in touch, then those out of touch for longest; those without a machine at the end', () => {
    const board = boardOf({
      now,
      units: [
        unit('Hôm nay', daysAgo(0)),
        unit('Chưa có máy', '', 0),
        unit('Nửa tháng', daysAgo(15)),
        unit('Chưa lần nào', ''),
        unit('Tuần trước', daysAgo(7)),
        unit('Ba ngày', daysAgo(3)),
      ],
    });
    expect(board.map(({ name, state, days }) => [name, state, days])).toEqual([
      ['Chưa lần nào', 'never', null],
      ['Nửa tháng', 'long', 15],
      ['Tuần trước', 'banner', 7],
      ['Ba ngày', 'hint', 3],
      ['Hôm nay', 'lively', 0],
      ['Chưa có máy', 'none', null],
    ]);
  });
});
