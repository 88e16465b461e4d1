import {
  bookFor,
  closeBook,
  closingObstacles,
  copySeries,
  copyTypes,
  createBook,
  editBook,
  openYear,
  symbolBy,
} from '@shared/domain/book-series';
import { mayBreakGlass } from '@shared/domain/break-glass';
import { newBook } from '@shared/domain/numbering';
import type { Stored } from '@shared/domain/plan';
import type { Book } from '@shared/schema/books';
import { describe, expect, it } from 'vitest';
import { book, context, person } from './sample-rows';

const clerk = context('clerk');
const ubkt = {
  kind: 'outgoing',
  year: 2026,
  series: 'ubkt',
  title: 'Ủy ban Kiểm tra',
  types: ['Thông báo'],
  symbol: '{type}-UBKT',
} as const;
const common = book('outgoing');
const own: Stored<'books'> = { ...newBook('huyen', 'outgoing', 2026, 'ubkt'), types: ['Thông báo'], rev: 1 };

describe('Điều 15.1.c: đơn vị quyết định các loạt số', () => {
  it('a series is opened empty, with its own types and symbol', () => {
    const [change] = createBook(clerk, ubkt).changes;
    expect(change).toMatchObject({
      create: true,
      id: 'huyen:outgoing:2026:ubkt',
      patch: { owner: '', epoch: 0, next: 1, title: 'Ủy ban Kiểm tra', types: ['Thông báo'] },
    });
  });

  it('needs a plain code and a title', () => {
    expect(() => createBook(clerk, { ...ubkt, series: 'Ủy ban' })).toThrow(
      expect.objectContaining({ code: 'INVALID_INPUT' }),
    );
    expect(() => createBook(clerk, { ...ubkt, title: ' ' })).toThrow(
      expect.objectContaining({ code: 'MISSING_FIELD' }),
    );
  });

  it('a document goes into the book that names its type, every other one into the common book', () => {
    const wanted = { unit: 'huyen', kind: 'outgoing', year: 2026 } as const;
    const of = (books: readonly Book[], type: string) => bookFor(books, { ...wanted, type })?.series ?? null;
    expect(of([common, own], 'Thông báo')).toBe('ubkt');
    expect(of([common, own], 'Quyết định')).toBe('chung');
    expect(of([own], 'Quyết định')).toBeNull();
    const closed = { ...own, closed: { at: '', by: 'p1' } };
    expect(of([common, closed], 'Thông báo')).toBe('chung');
    expect(of([{ ...common, unit: 'tinh' }], 'Quyết định')).toBeNull();
  });

  it('Phụ lục I, Phần II: copies of all forms share one series', () => {
    const copies = { ...newBook('huyen', 'outgoing', 2026, copySeries), types: [...copyTypes] };
    const series = copyTypes.map(
      (type) => bookFor([common, copies], { unit: 'huyen', kind: 'outgoing', year: 2026, type })?.series,
    );
    expect(new Set(series)).toEqual(new Set([copySeries]));
  });

  it('writes the symbol by the rule of the book', () => {
    expect(symbolBy({ symbol: '{type}-UBKT' }, 'Thông báo')).toBe('TB-UBKT');
    expect(symbolBy({ symbol: '{type}-UBKT' }, 'Công văn')).toBe('UBKT');
    expect(symbolBy({}, 'Thông báo')).toBe('');
  });
});

describe('năm mới, khóa sổ', () => {
  it('the next year gets the same series, empty and free; what is open already is left alone', () => {
    const used = { ...common, next: 40, owner: 'D1', epoch: 3, title: 'Sổ chung' };
    const plan = openYear(clerk, [used, own], 2027);
    expect(plan.changes.map(({ id }) => id)).toEqual([
      'huyen:outgoing:2027:chung',
      'huyen:outgoing:2027:ubkt',
    ]);
    expect(plan.changes[0]?.patch).toMatchObject({ next: 1, owner: '', epoch: 0, title: 'Sổ chung' });
    const begun = newBook('huyen', 'outgoing', 2027, 'chung');
    expect(openYear(clerk, [used, own, begun], 2027).changes).toHaveLength(1);
    expect(() => openYear(clerk, [used, begun], 2027)).toThrow(
      expect.objectContaining({ code: 'NOT_FOUND' }),
    );
  });

  it('a year is not closed with a number that nobody has explained, nor while one is on its way', () => {
    const tail = {
      device: 'D0',
      next: 7,
      lastDate: '',
      headHash: '',
      end: 9,
      endDate: '',
      endHash: 'x',
      lost: false,
    };
    expect(closingObstacles({ ...common, tails: { '1': tail }, unexplained: [3] })).toEqual({
      awaited: [7, 8],
      unexplained: [3],
    });
    const code = (more: Partial<Stored<'books'>>) => () => closeBook(clerk, { ...common, ...more });
    expect(code({ unexplained: [3] })).toThrow(
      expect.objectContaining({ code: 'BOOK_HAS_GAPS', detail: '3' }),
    );
    expect(code({ tails: { '1': tail } })).toThrow(expect.objectContaining({ code: 'BOOK_HAS_GAPS' }));
    expect(code({ owner: 'D2' })).toThrow(expect.objectContaining({ code: 'BOOK_NOT_HELD' }));
    expect(closeBook(clerk, common).changes[0]?.patch).toEqual({ closed: { at: clerk.now, by: 'p1' } });
  });

  it('a closed book keeps its title and types', () => {
    const closed = { ...common, closed: { at: '', by: 'p1' } };
    expect(() => editBook(closed, ubkt)).toThrow(expect.objectContaining({ code: 'BOOK_CLOSED' }));
  });
});

describe('sổ của máy bị mất cần hai người', () => {
  const a = person('clerk');
  const b = { ...person('leader'), id: 'p2' };
  it.each([
    ['văn thư và lãnh đạo', [a, b], true],
    ['đổi thứ tự', [b, a], true],
    ['một người', [a, a], false],
    [
      'một người có cả hai vai',
      [
        { ...a, roles: ['clerk', 'leader'] as const },
        { ...a, roles: ['clerk', 'leader'] as const },
      ],
      false,
    ],
    ['hai văn thư', [a, { ...a, id: 'p3' }], false],
    ['người đã nghỉ', [a, { ...b, active: false }], false],
    ['người đơn vị khác', [a, { ...b, unit: 'tinh' }], false],
    ['thiếu người', [a, null], false],
  ])('%s', (_name, people, allowed) => {
    expect(mayBreakGlass(people as never, 'huyen')).toBe(allowed);
  });
});
