import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  clickInList,
  emptyList,
  keyInList,
  type ListState,
  typeAhead,
} from '../../../../renderer/src/ui/list-model';
import { plainText } from '../../../../renderer/src/ui/match-text';

const ids = ['a', 'b', 'c', 'd', 'e', 'f'];
const plain = { shift: false, ctrl: false };
const shift = { shift: true, ctrl: false };
const ctrl = { shift: false, ctrl: true };
const at = (active: number): ListState => ({
  active,
  anchor: active,
  selected: new Set([ids[active] ?? '']),
});
const press = (state: ListState, key: string, modifiers = plain): ListState => {
  const next = keyInList(state, ids, key, modifiers, 3);
  if (next === null) throw new Error(`${key} is not a key of the list`);
  return next;
};
const chosen = (state: ListState): string => [...state.selected].sort().join('');

describe('keyboard of a list', () => {
  test.each([
    ['ArrowDown', 2, 3],
    ['ArrowUp', 2, 1],
    ['Home', 2, 0],
    ['End', 2, 5],
    ['PageDown', 0, 3],
    ['PageUp', 5, 2],
    ['ArrowDown', 5, 5],
    ['ArrowUp', 0, 0],
    ['PageDown', 4, 5],
  ])('%s from row %i goes to row %i and chooses it alone', (key, from, to) => {
    const next = press(at(from), key);
    expect(next.active).toBe(to);
    expect([...next.selected]).toEqual([ids[to]]);
  });

  test('the first arrow goes to the first row', () => {
    expect(press(emptyList, 'ArrowDown').active).toBe(0);
  });

  test('Shift chooses from where the range began, also back over it', () => {
    let state = at(2);
    for (let i = 0; i < 2; i += 1) state = press(state, 'ArrowDown', shift);
    expect(chosen(state)).toBe('cde');
    for (let i = 0; i < 3; i += 1) state = press(state, 'ArrowUp', shift);
    expect(chosen(state)).toBe('bc');
  });

  test('Ctrl moves without choosing; Space then adds the row', () => {
    const moved = press(press(at(0), 'ArrowDown', ctrl), 'ArrowDown', ctrl);
    expect(chosen(moved)).toBe('a');
    const added = press(moved, ' ');
    expect(chosen(added)).toBe('ac');
    expect(chosen(press(added, ' '))).toBe('a');
  });

  test('Ctrl+A chooses all; other keys are left to others', () => {
    expect(chosen(press(at(1), 'a', ctrl))).toBe('abcdef');
    expect(keyInList(at(1), ids, 'x', plain, 3)).toBeNull();
    expect(keyInList(emptyList, [], 'ArrowDown', plain, 3)).toBeNull();
  });

  test('the active row never leaves the list, whatever is pressed', () => {
    const keys = ['ArrowDown', 'ArrowUp', 'Home', 'End', 'PageDown', 'PageUp', ' '];
    const presses = fc.array(fc.tuple(fc.constantFrom(...keys), fc.boolean(), fc.boolean()), {
      maxLength: 40,
    });
    fc.assert(
      fc.property(presses, (sequence) => {
        let state = at(0);
        for (const [key, withShift, withCtrl] of sequence) {
          state = press(state, key, { shift: withShift, ctrl: withCtrl });
          expect(state.active).toBeGreaterThanOrEqual(0);
          expect(state.active).toBeLessThan(ids.length);
          expect([...state.selected].every((id) => ids.includes(id))).toBe(true);
        }
      }),
    );
  });
});

describe('mouse in a list', () => {
  test('a click chooses one, Ctrl adds and takes away, Shift chooses the range', () => {
    const one = clickInList(emptyList, ids, 1, plain);
    expect(chosen(one)).toBe('b');
    expect(chosen(clickInList(one, ids, 4, ctrl))).toBe('be');
    expect(chosen(clickInList(one, ids, 1, ctrl))).toBe('');
    expect(chosen(clickInList(one, ids, 3, shift))).toBe('bcd');
  });
});

describe('type-ahead', () => {
  const texts = ['Báo cáo', 'Kế hoạch một', 'Kế hoạch hai', 'Đề án'];
  test('marks do not matter, đ is d', () => {
    expect(typeAhead(texts, 0, 'de', plainText)).toBe(3);
  });
  test('one letter again goes to the next row that begins with it', () => {
    expect(typeAhead(texts, 1, 'k', plainText)).toBe(2);
    expect(typeAhead(texts, 2, 'k', plainText)).toBe(1);
  });
  test('more letters stay on the row while it fits; nothing is -1', () => {
    expect(typeAhead(texts, 2, 'ke hoach h', plainText)).toBe(2);
    expect(typeAhead(texts, 0, 'z', plainText)).toBe(-1);
  });
});
