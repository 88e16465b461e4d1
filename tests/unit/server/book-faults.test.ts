import type { Unit } from '@shared/schema/people';
import { expect, it } from 'vitest';
import { bookFaults } from '../../../server/admin/audit/books';
import { write } from '../domain/book-writer';
import { book } from '../domain/sample-rows';
import { unitRow } from '../sync/sample-work';

it('the audit tells what is wrong with a book, a number dated after the last day of its unit, and one of no book', async () => {
  const held = await write({ book: book('incoming'), entries: [] }, ['a'], '2026-06-30');
  const after = await write(held, ['b'], '2026-07-01');
  const unit = (validTo: string) => ({ ...unitRow(held.book.unit), validTo }) as Unit;
  const faults = (validTo: string) => bookFaults([after.book], after.entries, [unit(validTo)]);
  expect(await faults('')).toEqual([]);
  expect(await faults('2026-07-01')).toEqual([]);
  const [, second] = after.entries;
  expect(await faults('2026-06-30')).toEqual([
    `number ${second?.id}: dated 2026-07-01, after the last day of its unit`,
  ]);
  expect(await bookFaults([held.book], [], [])).toEqual(
    expect.arrayContaining([`book ${held.book.id}: gap at 1`]),
  );
  expect(await bookFaults([], held.entries, [])).toEqual([
    `number ${held.entries[0]?.id}: no book ${held.book.id}`,
  ]);
});
