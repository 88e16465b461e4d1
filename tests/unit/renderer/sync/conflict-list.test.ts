import type { Stored } from '@shared/domain/plan';
import { describe, expect, it } from 'vitest';
import { conflictAt, shownConflicts } from '../../../../renderer/src/features/sync/conflicts/conflict-list';

const conflict = (id: string, decision: '' | 'kept' | 'lost', text: string) =>
  ({ id, decision, lostBy: text }) as Stored<'conflicts'>;
const all = [
  conflict('a', '', 'Gọi lại'),
  conflict('b', 'kept', 'Đã gọi'),
  conflict('c', '', 'Hẹn thứ hai'),
  conflict('d', 'lost', 'Hẹn thứ ba'),
];
const textOf = ({ lostBy }: Stored<'conflicts'>) => lostBy;
const ids = (shown: readonly Stored<'conflicts'>[]) => shown.map(({ id }) => id);

describe('D05: the list of conflicts', () => {
  it('shows what waits for a decision, or what was decided; both can be searched, with or without marks', () => {
    expect(ids(shownConflicts(all, 'open', '', textOf))).toEqual(['a', 'c']);
    expect(ids(shownConflicts(all, 'decided', '', textOf))).toEqual(['b', 'd']);
    expect(ids(shownConflicts(all, 'decided', 'hen thu', textOf))).toEqual(['d']);
    expect(ids(shownConflicts(all, 'open', 'Đã gọi', textOf))).toEqual([]);
  });

  it('after a decision the cursor stands on the one that took its place, on the last where none did', () => {
    const shown = shownConflicts(all, 'open', '', textOf);
    expect(conflictAt(shown, { id: 'c', index: 0 })?.id).toBe('c');
    expect(conflictAt(shown, { id: 'gone', index: 1 })?.id).toBe('c');
    expect(conflictAt(shown, { id: 'gone', index: 5 })?.id).toBe('c');
    expect(conflictAt([], { id: 'gone', index: 0 })).toBe(null);
  });
});
