import type { Operation } from '@shared/sync/operation';
import { Overlay } from '@shared/sync/overlay';
import { describe, expect, it } from 'vitest';
import { costOf } from '../../processor-time';

const operation = (n: number, ...ids: readonly string[]): Operation => ({
  op: `D:${n}`,
  n,
  command: 'intake.set-aside',
  actor: 'clerk',
  at: '2026-11-22T08:00:00+07:00',
  changes: ids.map((id) => ({ coll: 'intake', id, base: 0, create: false, patch: { note: `${n}` } })),
});

describe('what lies over the pulled rows', () => {
  it('is every operation above the one that a row contains, oldest first, until it is confirmed or refused', () => {
    const overlay = new Overlay();
    for (const added of [operation(3, 'a', 'b'), operation(1, 'a'), operation(2, 'a', 'a')])
      overlay.add(added);
    const notes = (id: string, through = 0) =>
      overlay.changes('intake', id, through).map(({ patch }) => patch['note']);
    expect(notes('a')).toEqual(['1', '2', '2', '3']);
    expect(notes('a', 2)).toEqual(['3']);
    overlay.add(operation(2, 'b'));
    expect([notes('a'), notes('b')]).toEqual([
      ['1', '3'],
      ['2', '3'],
    ]);
    overlay.remove(3);
    expect([notes('a'), notes('b')]).toEqual([['1'], ['2']]);
    overlay.confirmThrough(1);
    expect(overlay.rows()).toMatchObject([{ id: 'b' }]);
  });

  it('costs no more for each operation when ten thousand wait', async () => {
    const fill = (count: number) => {
      const overlay = new Overlay();
      for (let n = 1; n <= count; n += 1) overlay.add(operation(n, `row-${n}`));
      overlay.confirmThrough(count);
    };
    fill(10_000);
    const few = await costOf(() => {
      for (let times = 0; times < 10; times += 1) fill(1_000);
    });
    const many = await costOf(() => fill(10_000));
    expect(many.ms).toBeLessThan(Math.max(few.ms, 20) * 4);
  });
});
