import type { Context } from '@shared/domain/plan';
import { describe, expect, it } from 'vitest';
import { notYetPresent, recordAllPresent } from '../../../../renderer/src/features/meetings/attendance';
import { meeting } from './meeting-rows';

const context: Context = {
  person: { id: 'p2', unit: 'ldld-ho', name: '', position: '', roles: ['secretary'], active: true },
  device: 'd1',
  now: '2026-11-20T08:00:00+07:00',
  newId: () => 'x',
};
const called = meeting({
  attendance: {
    p1: { status: 'present', at: '2026-11-20T07:50:00+07:00', reason: '' },
    p2: { status: 'absent', at: '', reason: 'ốm' },
  },
});

describe('Tất cả có mặt', () => {
  it('ghi mọi người còn lại trong một việc, không đụng người đã có mặt và người vắng có lý do', () => {
    const plan = recordAllPresent(context, { ...called, rev: 1 });
    expect(plan.changes).toHaveLength(1);
    expect(plan.changes[0]?.patch).toEqual({
      'attendance.p3': { status: 'present', at: context.now, reason: '' },
    });
  });

  it('người vắng chưa có lý do được tính lại là có mặt', () => {
    const row = meeting({ attendance: { p1: { status: 'absent', at: '', reason: '' } } });
    expect(notYetPresent(row)).toEqual(['p1', 'p2', 'p3']);
  });
});
