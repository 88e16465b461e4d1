import { describe, expect, test } from 'vitest';
import {
  itemsOfChip,
  nextWaiting,
  problemCode,
  twinOf,
} from '../../../../renderer/src/features/intake/intake-view';
import type { FiledItem } from '../../../../shared/domain/intake';
import type { Stored } from '../../../../shared/domain/plan';

const item = (id: string, part: Partial<FiledItem> = {}, bytes = id): FiledItem => ({
  id,
  rev: 0,
  unit: 'u',
  newestFirst: 0,
  state: 'waiting',
  source: 'chosen',
  at: `2026-11-21T08:00:0${id.length}+07:00`,
  by: 'p',
  file: {
    sha256: bytes.padEnd(64, '0'),
    size: 1,
    name: `${id}.pdf`,
    mime: 'application/pdf',
    kind: 'pdf',
    pages: 1,
  },
  problem: '',
  incomingId: '',
  note: '',
  ...part,
});

describe('intake box', () => {
  test("a removed secret file waits no more, is nobody's twin, and its record has a chip of its own", () => {
    const gone: Stored<'intake'> = { ...item('a', {}, 'same'), state: 'purged', file: null };
    const left = item('bb', {}, 'same');
    expect(itemsOfChip([gone, left], 'waiting')).toEqual([left]);
    expect(itemsOfChip([gone, left], 'purged')).toEqual([gone]);
    expect(twinOf([gone, left], left)).toBeUndefined();
    expect(nextWaiting([gone, left], 'bb')).toBeUndefined();
  });

  test('a file with a problem waits too and is found under its own chip', () => {
    const rows = [
      item('a'),
      item('b', { problem: 'FILE_EMPTY' }),
      item('c', { state: 'set-aside', problem: 'FILE_EMPTY' }),
    ];
    expect(itemsOfChip(rows, 'waiting').map((row) => row.id)).toEqual(['a', 'b']);
    expect(itemsOfChip(rows, 'problem').map((row) => row.id)).toEqual(['b']);
    expect(itemsOfChip(rows, 'set-aside').map((row) => row.id)).toEqual(['c']);
  });

  test('of two files with the same bytes only the later one is called a duplicate', () => {
    const first = item('a', { at: '2026-11-21T08:00:00+07:00' }, 'f');
    const second = item('b', { at: '2026-11-21T09:00:00+07:00' }, 'f');
    const rows = [second, first, item('c')];
    expect(twinOf(rows, second)?.id).toBe('a');
    expect(twinOf(rows, first)).toBeUndefined();
  });

  test('bytes taken within one second are still a duplicate exactly once', () => {
    const rows = [item('a', { at: 'x' }, 'f'), item('b', { at: 'x' }, 'f')];
    expect(rows.map((row) => twinOf(rows, row)?.id)).toEqual([undefined, 'a']);
  });

  test('an unknown word of trouble reads as a broken file', () => {
    expect(problemCode('')).toBeNull();
    expect(problemCode('FILE_ENCRYPTED')).toBe('FILE_ENCRYPTED');
    expect(problemCode('from a newer version')).toBe('FILE_BROKEN');
  });

  test('after saving, the next waiting file comes, then the first, then none', () => {
    const rows = [item('a'), item('b', { state: 'registered' }), item('c')];
    expect(nextWaiting(rows, 'a')?.id).toBe('c');
    expect(nextWaiting(rows, 'c')?.id).toBe('a');
    expect(nextWaiting([item('a')], 'a')).toBeUndefined();
  });
});
