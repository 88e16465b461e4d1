import { auditBook } from '@shared/domain/book-audit';
import type { NumberEntry } from '@shared/schema/books';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { give, Ledger, write } from './book-writer';
import { book, sha256 } from './sample-rows';

const empty = { book: book('incoming'), entries: [] };

describe('kiểm tra một cuốn sổ (Điều 15.1, 22.2)', () => {
  it('finds nothing in any book written by the rule', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 365 }), { maxLength: 30 }), async (days) => {
        let held: Awaited<ReturnType<typeof write>> = empty;
        for (const [index, day] of [...days].sort((a, b) => a - b).entries()) {
          const date = new Date(Date.UTC(2026, 0, day)).toISOString().slice(0, 10);
          held = await write(held, [`doc${index}`], date);
        }
        expect(await auditBook(held.book, held.entries, sha256)).toEqual([]);
      }),
      { numRuns: 50 },
    );
  });

  it('names a gap, a double, a date going back, a broken chain, a document with two numbers, a wrong head', async () => {
    const held = await write(empty, ['a', 'b', 'c']);
    const [first, second, third] = held.entries as [NumberEntry, NumberEntry, NumberEntry];
    const faults = (entries: readonly NumberEntry[]) => auditBook(held.book, entries, sha256);
    expect(await faults([first, third])).toContainEqual({ n: 2, fault: 'gap' });
    expect(await faults([first, second])).toContainEqual({ n: 3, fault: 'gap' });
    expect(await faults([first, second, { ...second, document: 'x' }])).toContainEqual({
      n: 2,
      fault: 'double',
    });
    expect(await faults([first, { ...second, date: '2026-01-01' }, third])).toContainEqual({
      n: 2,
      fault: 'date',
    });
    expect(await faults([first, { ...second, document: 'changed' }, third])).toContainEqual({
      n: 2,
      fault: 'chain',
    });
    expect(await faults([first, { ...second, document: first.document }, third])).toContainEqual({
      n: 2,
      fault: 'document-twice',
    });
    expect(await auditBook({ ...held.book, headHash: first.hash }, held.entries, sha256)).toContainEqual({
      n: 4,
      fault: 'head',
    });
    expect(await auditBook({ ...held.book, next: 3 }, held.entries, sha256)).toContainEqual({
      n: 3,
      fault: 'head',
    });
  });

  it('N7: a document whose number was cancelled may have another one', async () => {
    const held = await write(empty, ['a', 'a']);
    const [first, second] = held.entries as [NumberEntry, NumberEntry];
    const twice = { n: 2, fault: 'document-twice' };
    expect(await auditBook(held.book, [first, second], sha256)).toEqual([twice]);
    expect(await auditBook(held.book, [{ ...first, status: 'void' }, second], sha256)).toEqual([]);
    expect(await auditBook(held.book, [first, { ...second, status: 'void' }], sha256)).toEqual([]);
  });

  it('N4: a number after the end of its owner’s time is a fault', async () => {
    const held = await write(empty, ['a']);
    const ledger = new Ledger(held.book);
    ledger.follow(await give(held.book, 'D2'));
    const over = await write(held, ['late']);
    expect(await auditBook({ ...ledger.book, next: 3 }, over.entries, sha256)).toContainEqual({
      n: 2,
      fault: 'epoch',
    });
  });
});
