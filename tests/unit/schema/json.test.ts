import { jsonObjectSchema } from '@shared/schema/values';
import { changeSchema } from '@shared/sync/operation';
import { describe, expect, test } from 'vitest';

const fits = (value: unknown): boolean => jsonObjectSchema.safeParse({ value }).success;
const nested = (levels: number): unknown =>
  Array.from({ length: levels }).reduce<unknown>((inner) => ({ inner: [inner] }), 'x');

describe('what a change may set is JSON', () => {
  test.each([null, '', 'Số 12/BC-LĐLĐ', 0, -1.5, true, [], {}, [1, [null]], { a: { b: ['c'] } }, nested(20)])(
    '%j',
    (value) => {
      expect(fits(value)).toBe(true);
      expect(fits(JSON.parse(JSON.stringify(value)))).toBe(true);
    },
  );

  test.each([
    undefined,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    1n,
    () => 1,
    Symbol('s'),
    new Date(0),
    new Map([['a', 1]]),
    /x/,
    { a: undefined },
    [{ a: new Set() }],
  ])('not %s', (value) => {
    expect(fits(value)).toBe(false);
  });

  test.each([null, [], 'x', 1, new Date(0)])('named values, and so not %s', (value) => {
    expect(jsonObjectSchema.safeParse(value).success).toBe(false);
  });

  test('no deeper than what walks through it can go', () => {
    expect(fits(nested(40))).toBe(false);
    expect(fits(JSON.parse(`${'['.repeat(200_000)}${']'.repeat(200_000)}`))).toBe(false);
  });
});

describe('what a change may set has a path', () => {
  const change = { coll: 'outgoing', id: 'd', base: 0, create: false };
  const takes = (path: string): boolean =>
    changeSchema.safeParse({ ...change, patch: { [path]: 'x' } }).success;

  test.each(['subject', 'history.h-1', 'votes.a:b#c', `opinions.${'x'.repeat(251)}`])('%s', (path) => {
    expect(takes(path)).toBe(true);
  });

  test.each(['', '1', '.a', 'a.', 'a b', 'a.b c', '__proto__', 'a\n', `opinions.${'x'.repeat(252)}`])(
    'not %j',
    (path) => {
      expect(takes(path)).toBe(false);
    },
  );
});
