import { copySeries, copyTypes } from '@shared/domain/book-series';
import { copySymbol, numberCopy } from '@shared/domain/electronic-copy';
import type { Stored } from '@shared/domain/plan';
import { describe, expect, it } from 'vitest';
import { book, context, pdf, sha256 } from './sample-rows';

const clerk = context('clerk');
const copies = book('outgoing', {
  id: `huyen:outgoing:2026:${copySeries}`,
  series: copySeries,
  types: [...copyTypes],
});
const copy = { form: 'trich-sao', file: pdf, of: 'a'.repeat(64), at: '', by: 'p1' } as const;
const row = {
  id: 'doc1',
  rev: 3,
  subject: 'Kế hoạch Tháng Công nhân',
  electronicCopies: { c1: copy, c2: { ...copy, number: 4 } },
} as unknown as Stored<'incoming'>;
const given = { date: '2026-03-02', symbol: 'LĐLĐ' };

describe('Phụ lục I, Phần II: SY, SL, TrS chung một loạt số trong năm', () => {
  it('writes SY, SL, TrS before the symbol of the unit', () => {
    expect(copyTypes.map((form) => copySymbol(form as 'sao-y', 'LĐLĐ'))).toEqual([
      'SY-LĐLĐ',
      'SL-LĐLĐ',
      'TrS-LĐLĐ',
    ]);
  });

  it('the number stands in the copy, and the book shows what was copied', async () => {
    const plan = await numberCopy(clerk, { coll: 'incoming', row }, 'c1', copies, given, sha256);
    expect(plan.command).toBe('incoming.number-copy');
    expect(plan.changes[1]?.patch).toMatchObject({
      n: 1,
      document: 'c1',
      paper: { symbol: 'TrS-LĐLĐ', subject: 'Kế hoạch Tháng Công nhân' },
    });
    expect(plan.changes[2]?.patch['electronicCopies.c1']).toEqual({
      ...copy,
      number: 1,
      bookId: copies.id,
      date: '2026-03-02',
    });
  });

  it('a copy gets one number', async () => {
    const again = numberCopy(clerk, { coll: 'incoming', row }, 'c2', copies, given, sha256);
    await expect(again).rejects.toMatchObject({ code: 'WRONG_STATE' });
    const none = numberCopy(clerk, { coll: 'incoming', row }, 'c9', copies, given, sha256);
    await expect(none).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});
