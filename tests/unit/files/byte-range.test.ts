import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseByteRange } from '../../../electron/vault/byte-range';

it('RFC 9110 14.1.2: a range that is honoured always lies inside the content and is never empty', () => {
  const part = fc.option(fc.nat(2000), { nil: '' });
  fc.assert(
    fc.property(part, part, fc.nat(1500), (first, last, size) => {
      const range = parseByteRange(`bytes=${first}-${last}`, size);
      if (typeof range === 'string') return;
      expect(range.start).toBeGreaterThanOrEqual(0);
      expect(range.end).toBeGreaterThan(range.start);
      expect(range.end).toBeLessThanOrEqual(size);
      if (first !== '') expect(range.start).toBe(first);
    }),
  );
});

it('numbers beyond all bounds are no crash', () => {
  expect(parseByteRange(`bytes=0-${'9'.repeat(400)}`, 10)).toEqual({ start: 0, end: 10 });
  expect(parseByteRange(`bytes=${'9'.repeat(400)}-`, 10)).toBe('unsatisfiable');
  expect(parseByteRange(`bytes=-${'9'.repeat(400)}`, 10)).toEqual({ start: 0, end: 10 });
});
