import { decideConflict } from '@shared/domain/conflicts';
import type { Stored } from '@shared/domain/plan';
import { describe, expect, it } from 'vitest';
import { context } from './sample-rows';

const conflict = (decision: 'kept' | 'lost' | ''): Stored<'conflicts'> => ({
  id: 'D2:7:0',
  rev: 3,
  unit: 'huyen',
  newestFirst: 1,
  coll: 'incoming',
  entity: 'vb-1',
  field: 'note',
  kept: 'Gọi lại',
  lost: 'Đã gọi',
  keptBy: 'p1',
  lostBy: 'p2',
  at: '2026-03-02T08:00:00+07:00',
  decision,
  decidedBy: decision === '' ? '' : 'p2',
});
const clerk = context('clerk');
const document = (value: string) => ({
  coll: 'incoming',
  id: 'vb-1',
  base: 9,
  create: false,
  patch: { note: value },
});

describe('D05: a conflict is decided between its two values, and may be decided again', () => {
  it('the value that stands is kept without touching the row, which may have been changed since', () => {
    const { command, changes } = decideConflict(clerk, conflict(''), 'kept', 9);
    expect(command).toBe('conflict.decide');
    expect(changes).toEqual([
      {
        coll: 'conflicts',
        id: 'D2:7:0',
        base: 3,
        create: false,
        patch: { decision: 'kept', decidedBy: 'p1' },
      },
    ]);
  });

  it('the value that was replaced is put back into the row', () => {
    expect(decideConflict(clerk, conflict(''), 'lost', 9).changes[1]).toEqual(document('Đã gọi'));
    expect(decideConflict(clerk, conflict('kept'), 'lost', 9).changes[1]).toEqual(document('Đã gọi'));
  });

  it('to undo the use of the replaced value puts the other one back', () => {
    expect(decideConflict(clerk, conflict('lost'), 'kept', 9).changes[1]).toEqual(document('Gọi lại'));
  });
});
