import { completeFromPaper, explainGap, voidNumber } from '@shared/domain/number-marks';
import { numberId } from '@shared/domain/numbering';
import type { Stored } from '@shared/domain/plan';
import type { NumberEntry } from '@shared/schema/books';
import { describe, expect, it } from 'vitest';
import { book, context } from './sample-rows';

const clerk = context('clerk');
const held = book('incoming', { next: 6, lastDate: '2026-03-09', unexplained: [3, 4] });
const entry = (n: number, more: Partial<NumberEntry> = {}): Stored<'numbers'> => ({
  id: numberId(held.id, n),
  unit: 'huyen',
  book: held.id,
  n,
  date: `2026-03-0${n}`,
  document: `doc${n}`,
  by: 'p1',
  at: '',
  epoch: 1,
  prev: '',
  hash: 'h',
  status: 'issued',
  reason: '',
  rev: 1,
  ...more,
});
const lost = (n: number) => entry(n, { status: 'lost-device', hash: '', document: `lost:${n}` });
const code = (wanted: string) => expect.objectContaining({ code: wanted });

describe('hủy số: số ở lại trong sổ với lý do, không bao giờ cấp lại', () => {
  it('marks the entry and cancels the document that had the number', () => {
    const document = { id: 'doc2', rev: 4, state: 'numbered' } as never;
    const plan = voidNumber(clerk, held, entry(2), document, ' Ghi nhầm ');
    expect(plan.changes[0]?.patch).toMatchObject({ status: 'void', reason: 'Ghi nhầm' });
    expect(plan.changes[1]?.patch).toMatchObject({ state: 'cancelled' });
  });

  it('needs a reason, an issued number and an open book', () => {
    expect(() => voidNumber(clerk, held, entry(2), null, ' ')).toThrow(code('MISSING_FIELD'));
    expect(() => voidNumber(clerk, held, entry(2, { status: 'void' }), null, 'x')).toThrow(
      code('WRONG_STATE'),
    );
    const closed = { ...held, closed: { at: '', by: 'p1' } };
    expect(() => voidNumber(clerk, closed, entry(2), null, 'x')).toThrow(code('BOOK_CLOSED'));
  });

  it('a document that has left the office is recalled or replaced, not cancelled', () => {
    const issued = { id: 'doc2', rev: 4, state: 'issued' } as never;
    expect(() => voidNumber(clerk, held, entry(2), issued, 'x')).toThrow(code('WRONG_STATE'));
  });
});

describe('khuyết số: bổ sung từ sổ giấy hoặc giải trình', () => {
  const paper = { date: '2026-03-03', symbol: '35/KH', subject: 'Kế hoạch', party: 'LĐLĐ tỉnh' };
  const around = { before: entry(2), after: entry(4) };

  it('writes what the paper book says; the number is explained no more', () => {
    const plan = completeFromPaper(clerk, held, lost(3), paper, around);
    expect(plan.changes[0]?.patch).toMatchObject({
      status: 'paper',
      date: '2026-03-03',
      paper: { subject: 'Kế hoạch' },
    });
    expect(plan.changes[1]?.patch).toEqual({ unexplained: [4] });
  });

  it('Điều 15.1: the day lies between those of the neighbours that are known', () => {
    const on =
      (date: string, near = around) =>
      () =>
        completeFromPaper(clerk, held, lost(3), { ...paper, date }, near);
    expect(on('2026-03-01')).toThrow(code('NUMBER_DATE_OUT_OF_ORDER'));
    expect(on('2026-03-05')).toThrow(code('NUMBER_DATE_OUT_OF_ORDER'));
    expect(on('2027-03-03')).toThrow(code('BOOK_YEAR_MISMATCH'));
    expect(on('2026-03-05', { ...around, after: lost(4) })).not.toThrow();
  });

  it('an explanation says why nothing stands there', () => {
    expect(explainGap(clerk, held, lost(4), 'Sổ giấy ghi sót').changes).toMatchObject([
      { patch: { reason: 'Sổ giấy ghi sót' } },
      { patch: { unexplained: [3] } },
    ]);
    expect(() => explainGap(clerk, held, lost(4), '')).toThrow(code('MISSING_FIELD'));
    expect(() => explainGap(clerk, held, entry(4), 'x')).toThrow(code('WRONG_STATE'));
  });
});
