import { AppError } from '@shared/result/result';
import { describe, expect, it } from 'vitest';
import { joinHalves, newHalves, readHalf, writeHalf } from '../../../electron/backup/recovery-halves';

const fault = (act: () => unknown): string => {
  try {
    act();
    return '';
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return `${error.code} ${error.detail}`;
  }
};
const change = (letter: string): string => (letter === 'A' ? 'B' : 'A');

describe('khóa khôi phục chia hai phần', () => {
  it('both halves together give the key; each alone is 32 random bytes', () => {
    const { key, halves } = newHalves();
    const [clerk, leader] = halves;
    expect(joinHalves(clerk, leader)).toEqual(key);
    expect(joinHalves(leader, clerk)).toEqual(key);
    expect(clerk.bytes).not.toEqual(key);
    expect(leader.bytes).not.toEqual(key);
  });

  it('what is printed reads back, also typed in small letters, without spaces, with O for 0 and l for 1', () => {
    for (let round = 0; round < 50; round++) {
      const [clerk, leader] = newHalves().halves;
      for (const half of [clerk, leader]) {
        const rows = writeHalf(half);
        expect(rows).toHaveLength(9);
        expect(rows.every((row) => /^[0-9A-HJKMNP-TV-Z]{4} [0-9A-HJKMNP-TV-Z]{4}$/.test(row))).toBe(true);
        expect(readHalf(rows.join('\n'))).toEqual(half);
        const typed = rows
          .join('')
          .replaceAll(' ', '')
          .replaceAll('0', 'o')
          .replaceAll('1', 'l')
          .toLowerCase();
        expect(readHalf(typed)).toEqual(half);
      }
    }
  });

  it('a wrong letter is found in its row', () => {
    let found = 0;
    for (let row = 0; row < 9; row++) {
      const rows = [...writeHalf(newHalves().halves[0])];
      const text = rows[row] ?? '';
      rows[row] = `${change(text[0] ?? '')}${text.slice(1)}`;
      // One error in 256 has the right check by chance; the check of the whole finds those.
      const said = fault(() => readHalf(rows.join(' ')));
      expect(said).not.toBe('');
      if (said === `KIT_ROW_WRONG ${row + 1}`) found += 1;
    }
    expect(found).toBeGreaterThanOrEqual(8);
  });

  it('rows in another order, a missing row and a row too many are refused', () => {
    const rows = [...writeHalf(newHalves().halves[1])];
    expect(fault(() => readHalf([rows[1], rows[0], ...rows.slice(2)].join(' ')))).toMatch(/^KIT_ROW_WRONG/);
    expect(fault(() => readHalf(rows.slice(0, 5).join(' ')))).toBe('KIT_ROW_WRONG 6');
    expect(fault(() => readHalf([...rows, 'ABCD EFGH'].join(' ')))).toBe('KIT_ROW_WRONG 9');
  });

  it('the same half twice, or halves of two kits, are no key', () => {
    const [clerk] = newHalves().halves;
    const [, other] = newHalves().halves;
    expect(fault(() => joinHalves(clerk, clerk))).toBe('KIT_MISMATCH holder');
    expect(fault(() => joinHalves(clerk, { ...other, kit: clerk.kit === '0000' ? '0001' : '0000' }))).toBe(
      'KIT_MISMATCH kit',
    );
  });
});
