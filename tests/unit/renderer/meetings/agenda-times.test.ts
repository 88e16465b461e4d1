import { describe, expect, it } from 'vitest';
import {
  clockOf,
  momentAt,
  moveBy,
  plannedTimes,
  readClock,
} from '../../../../renderer/src/features/meetings/agenda-times';

const agenda = [{ minutes: 30 }, { minutes: 0 }, { minutes: 45 }];

describe('giờ dự kiến của chương trình', () => {
  it('các mục nối tiếp nhau từ giờ bắt đầu', () => {
    expect(plannedTimes('2026-11-20T08:00:00+07:00', agenda)).toEqual([
      { from: '08:00', to: '08:30' },
      { from: '08:30', to: '08:30' },
      { from: '08:30', to: '09:15' },
    ]);
  });

  it('là giờ Việt Nam dù máy ghi theo giờ khác', () => {
    expect(plannedTimes('2026-11-20T01:00:00Z', [{ minutes: 10 }])).toEqual([{ from: '08:00', to: '08:10' }]);
  });

  it('qua nửa đêm tính tiếp từ 00:00', () => {
    expect(plannedTimes('2026-11-20T23:50:00+07:00', [{ minutes: 20 }])[0]).toEqual({
      from: '23:50',
      to: '00:10',
    });
  });

  it('chưa có giờ thì để trống, không đoán', () => {
    expect(plannedTimes('', agenda)[2]).toEqual({ from: '', to: '' });
    expect(clockOf('không rõ')).toBe('');
  });
});

describe('đổi thứ tự', () => {
  it('đưa lên, đưa xuống và tính lại giờ theo thứ tự mới', () => {
    const moved = moveBy(agenda, 2, -1);
    expect(moved.map((item) => item.minutes)).toEqual([30, 45, 0]);
    expect(plannedTimes('2026-11-20T08:00:00+07:00', moved)[2]).toEqual({ from: '09:15', to: '09:15' });
  });

  it('ở đầu hoặc cuối danh sách thì không đổi gì', () => {
    expect(moveBy(agenda, 0, -1)).toBe(agenda);
    expect(moveBy(agenda, 2, 1)).toBe(agenda);
  });
});

describe('giờ gõ tay', () => {
  it.each([
    ['8:30', '08:30'],
    ['0830', '08:30'],
    ['830', '08:30'],
    ['8h30', '08:30'],
    ['14h', '14:00'],
    ['7 giờ 45', '07:45'],
    ['9', '09:00'],
  ])('%s là %s', (typed, clock) => {
    expect(readClock(typed)).toBe(clock);
  });

  it.each(['', '25:00', '8:75', 'sáng', '12345'])('%s không phải giờ', (typed) => {
    expect(readClock(typed)).toBeNull();
  });

  it('ghép ngày và giờ thành thời điểm ở Việt Nam', () => {
    expect(momentAt('2026-11-20', '08:30')).toBe('2026-11-20T08:30:00+07:00');
    expect(momentAt('', '08:30')).toBe('');
  });
});
