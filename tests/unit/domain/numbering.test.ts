import { checkEntry, formatNumber, nextEntry } from '@shared/domain/numbering';
import type { Book, NumberEntry } from '@shared/schema/books';
import { describe, expect, it } from 'vitest';
import { book, sha256 } from './sample-rows';

const request = (document: string, date = '2026-03-02') => ({
  document,
  date,
  by: 'p1',
  at: '2026-03-02T08:00:00+07:00',
});

async function fill(start: Book, dates: readonly string[]): Promise<{ book: Book; entries: NumberEntry[] }> {
  let current = start;
  const entries: NumberEntry[] = [];
  for (const [index, date] of dates.entries()) {
    const { entry, head } = await nextEntry(current, request(`doc${index}`, date), 'D1', sha256);
    entries.push(entry);
    current = { ...current, ...head };
  }
  return { book: current, entries };
}

describe('Điều 15.1: số chạy liên tục từ 01', () => {
  it('gives 1, 2, 3 and leaves the head on 4', async () => {
    const { book: head, entries } = await fill(book('outgoing'), ['2026-03-02', '2026-03-02', '2026-03-05']);
    expect(entries.map((entry) => entry.n)).toEqual([1, 2, 3]);
    expect(head).toMatchObject({ next: 4, lastDate: '2026-03-05', headHash: entries[2]?.hash });
  });

  it('never goes back in time', async () => {
    const { book: head } = await fill(book('outgoing'), ['2026-03-05']);
    await expect(nextEntry(head, request('doc9', '2026-03-04'), 'D1', sha256)).rejects.toMatchObject({
      code: 'BOOK_DATE_BACKWARDS',
    });
  });

  it('ends with its year', async () => {
    await expect(
      nextEntry(book('outgoing'), request('doc', '2027-01-01'), 'D1', sha256),
    ).rejects.toMatchObject({
      code: 'BOOK_YEAR_MISMATCH',
    });
  });

  it('is given only by the device that holds the book', async () => {
    await expect(nextEntry(book('outgoing'), request('doc'), 'D2', sha256)).rejects.toMatchObject({
      code: 'BOOK_NOT_HELD',
    });
  });

  it('ends when the year is closed', async () => {
    const closed = book('outgoing', { closed: { at: '2027-01-20T08:00:00+07:00', by: 'p1' } });
    await expect(nextEntry(closed, request('doc'), 'D1', sha256)).rejects.toMatchObject({
      code: 'BOOK_CLOSED',
    });
  });

  it('is written with a leading zero below ten', () => {
    expect([1, 9, 10, 412].map(formatNumber)).toEqual(['01', '09', '10', '412']);
  });
});

describe('what the server accepts as the next entry', () => {
  const cases: readonly [string, Partial<NumberEntry>, string | null][] = [
    ['the next number', {}, null],
    ['a number already given', { n: 1, id: 'huyen:outgoing:2026:chung:000001' }, 'NUMBER_TAKEN'],
    ['a skipped number', { n: 3, id: 'huyen:outgoing:2026:chung:000003' }, 'BOOK_CHAIN_BROKEN'],
    ['an entry under an old lease', { epoch: 0 }, 'BOOK_NOT_HELD'],
    ['an entry cut off from the chain', { prev: 'f'.repeat(64) }, 'BOOK_CHAIN_BROKEN'],
    ['an entry for another document', { document: 'other' }, 'INVALID_INPUT'],
    ['an entry born void', { status: 'void' }, 'INVALID_INPUT'],
  ];
  it.each(cases)('%s', async (_name, change, expected) => {
    const { book: head } = await fill(book('outgoing'), ['2026-03-02']);
    const { entry } = await nextEntry(head, request('doc2'), 'D1', sha256);
    expect(await checkEntry(head, { ...entry, ...change }, 'D1', sha256)).toBe(expected);
  });

  it('refuses a device that does not own the book', async () => {
    const { entry } = await nextEntry(book('outgoing'), request('doc'), 'D1', sha256);
    expect(await checkEntry(book('outgoing'), entry, 'D2', sha256)).toBe('BOOK_NOT_HELD');
  });
});
