import { auditBook } from '@shared/domain/book-audit';
import { awaitedNumbers, followHandovers, handoverText } from '@shared/domain/handover';
import { handOver, takeOver } from '@shared/domain/ownership';
import type { Stored } from '@shared/domain/plan';
import { handoverSlip, lastHandover, readHandoverSlip } from '@shared/domain/slips';
import type { Book, Handover } from '@shared/schema/books';
import { applyPatch } from '@shared/sync/patch';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { follow, give, Ledger, proofOf, write } from './book-writer';
import { book, context, sha256 } from './sample-rows';

const genuine = async (handover: Handover) =>
  handover.proof === (await proofOf(handoverText(handover), handover.from));
const stored = (held: Book): Stored<'books'> => ({ ...held, rev: 1 });
const onD2 = { ...context('clerk'), device: 'D2' };

/** D1 has numbered four; the server knows the first two only; D2 got the slip. */
async function offlineHandover() {
  const known = await write({ book: book('outgoing'), entries: [] }, ['a', 'b']);
  const given = await write(known, ['c', 'd'], '2026-03-05');
  const slip = await give(given.book, 'D2');
  const taken = { ...given, book: follow(given.book, slip).book };
  const later = await write(taken, ['e', 'f'], '2026-03-06');
  const server = new Ledger(known.book);
  for (const entry of known.entries) server.numbers.set(entry.n, entry);
  return { known, given, slip, later, server };
}

describe('bàn giao sổ không mạng', () => {
  it('the giver seals its own head: it gives no number afterwards', async () => {
    const { given, slip } = await offlineHandover();
    const plan = handOver(stored(given.book), slip);
    const sealed = applyPatch(given.book, plan.changes[0]?.patch ?? {}) as Book;
    expect(sealed).toMatchObject({ owner: 'D2', epoch: 2, next: 5 });
    await expect(write({ book: sealed, entries: [] }, ['x'], '2026-03-06', 'D1')).rejects.toMatchObject({
      code: 'BOOK_NOT_HELD',
    });
  });

  it('is refused when a number was given after the slip was begun', async () => {
    const { known, slip } = await offlineHandover();
    expect(() => handOver(stored(known.book), slip)).toThrow(
      expect.objectContaining({ code: 'NUMBER_TAKEN' }),
    );
  });

  it('the receiver numbers on with no network, and its slip survives the way as a text', async () => {
    const { known, slip } = await offlineHandover();
    const text = handoverSlip({ '1': slip });
    expect(text.length).toBeLessThan(600);
    const plan = await takeOver(onD2, stored(known.book), readHandoverSlip(`  ${text}\n`), genuine);
    const taken = applyPatch(known.book, plan.changes[0]?.patch ?? {}) as Book;
    expect(taken).toMatchObject({ owner: 'D2', epoch: 2, next: 5, lastDate: '2026-03-05' });
    expect(awaitedNumbers(taken)).toEqual([3, 4]);
    const next = await write({ book: taken, entries: [] }, ['e'], '2026-03-06');
    expect(next.entries[0]).toMatchObject({ n: 5, epoch: 2, prev: slip.headHash });
  });

  it('a slip for another machine, a changed or a half one is refused', async () => {
    const { known, slip } = await offlineHandover();
    const take = (changed: Handover, who = onD2) =>
      takeOver(who, stored(known.book), { '1': changed }, genuine);
    await expect(take(slip, { ...onD2, device: 'D3' })).rejects.toMatchObject({ code: 'BOOK_TOKEN_INVALID' });
    await expect(take({ ...slip, next: 9 })).rejects.toMatchObject({ code: 'BOOK_TOKEN_INVALID' });
    await expect(take({ ...slip, proof: '' })).rejects.toMatchObject({ code: 'BOOK_TOKEN_INVALID' });
    expect(() => readHandoverSlip(handoverSlip({ '1': slip }).slice(0, 80))).toThrow(
      expect.objectContaining({ code: 'BOOK_TOKEN_INVALID' }),
    );
  });

  it('the server takes the sealed numbers and the new ones in any order of arrival: no loss, no double', async () => {
    const { given, slip, later, server: start } = await offlineHandover();
    const ofD1 = given.entries.slice(2).map((entry) => ({ entry, device: 'D1' }));
    const ofD2 = later.entries.slice(4).map((entry) => ({ entry, device: 'D2' }));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }), async (turns) => {
        const server = new Ledger(start.book);
        for (const entry of start.entries) server.numbers.set(entry.n, entry);
        const queues = { d1: [...ofD1], d2: [...ofD2] };
        for (const first of [...turns, true, true, true, true]) {
          const arriving = (first ? queues.d1 : queues.d2).shift();
          if (arriving === undefined) continue;
          if (arriving.device === 'D2') server.follow(slip);
          expect(await server.take(arriving.entry, arriving.device)).toBeNull();
        }
        for (const { entry, device } of queues.d2) {
          server.follow(slip);
          expect(await server.take(entry, device)).toBeNull();
        }
        expect(server.entries.map(({ n }) => n).sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6]);
        expect(await auditBook(server.book, server.entries, sha256)).toEqual([]);
      }),
    );
  });

  it('numbers beyond the sealed head, doubles and a chain that ends elsewhere are refused', async () => {
    const { given, slip, server } = await offlineHandover();
    server.follow(slip);
    const over = await write(given, ['after the seal'], '2026-03-05');
    expect(await server.take(over.entries[4] as never, 'D1')).toBe('BOOK_NOT_HELD');
    expect(await server.take(given.entries[3] as never, 'D1')).toBe('BOOK_CHAIN_BROKEN');
    expect(await server.take(given.entries[2] as never, 'D3')).toBe('BOOK_NOT_HELD');
    expect(await server.take(given.entries[2] as never, 'D1')).toBeNull();
    expect(await server.take(given.entries[2] as never, 'D1')).toBe('NUMBER_TAKEN');
    const other = await write(
      {
        book: {
          ...server.book,
          ...given.book,
          next: 4,
          headHash: given.entries[2]?.hash ?? '',
          owner: 'D1',
          epoch: 1,
        },
        entries: [],
      },
      ['forged'],
      '2026-03-05',
    );
    expect(await server.take(other.entries[0] as never, 'D1')).toBe('INVALID_INPUT');
    expect(await server.take(given.entries[3] as never, 'D1')).toBeNull();
  });

  it('a chain of slips D1 → D2 → D3 is followed at once; one that contradicts what is known is not', async () => {
    const { slip, later, server } = await offlineHandover();
    const second = await give(later.book, 'D3');
    const chain = readHandoverSlip(handoverSlip({ '1': slip, '2': second }));
    expect(lastHandover(chain)).toEqual(second);
    server.follow(slip, second);
    expect(server.book).toMatchObject({ owner: 'D3', epoch: 3, next: 7 });
    expect(awaitedNumbers(server.book)).toEqual([3, 4, 5, 6]);
    const fork: Handover = { ...slip, to: 'D9' };
    expect(followHandovers(server.book, { '1': fork })).toBe('BOOK_NOT_HELD');
  });
});

describe('sổ của máy bị mất', () => {
  async function lost() {
    const held = await write({ book: book('outgoing'), entries: [] }, ['a', 'b']);
    const onPaper = await write(held, ['c', 'd', 'e'], '2026-03-05');
    const server = new Ledger(held.book);
    for (const entry of held.entries) server.numbers.set(entry.n, entry);
    server.follow({
      book: held.book.id,
      epoch: 1,
      from: 'D1',
      to: 'D2',
      next: 5,
      lastDate: '2026-03-05',
      headHash: await sha256('lost'),
      kind: 'lost',
      at: '',
      proof: '',
    });
    return { server, onPaper };
  }

  it('what the paper book shows beyond the server becomes placeholders, and the new owner numbers after them', async () => {
    const { server } = await lost();
    expect(server.book).toMatchObject({ owner: 'D2', epoch: 2, next: 5, unexplained: [3, 4] });
    const next = await write({ book: server.book, entries: [] }, ['f'], '2026-03-06');
    expect(await server.take(next.entries[0] as never, 'D2')).toBeNull();
    expect(await auditBook(server.book, server.entries, sha256)).toEqual([]);
  });

  it('a late number goes into its placeholder; beyond the paper book it is refused', async () => {
    const { server, onPaper } = await lost();
    expect(await server.take(onPaper.entries[2] as never, 'D1')).toBeNull();
    expect(server.book.unexplained).toEqual([4]);
    expect(await server.take(onPaper.entries[3] as never, 'D1')).toBeNull();
    expect(await server.take(onPaper.entries[4] as never, 'D1')).toBe('BOOK_NOT_HELD');
    expect(server.book.unexplained).toEqual([]);
    expect(await auditBook(server.book, server.entries, sha256)).toEqual([]);
  });

  it('a placeholder written from paper takes a late number only when the day is the same', async () => {
    const { server, onPaper } = await lost();
    const third = server.numbers.get(3) as never as { readonly date: string };
    server.numbers.set(3, { ...(third as never as object), status: 'paper', date: '2026-03-04' } as never);
    expect(await server.take(onPaper.entries[2] as never, 'D1')).toBe('NUMBER_TAKEN');
    server.numbers.set(3, { ...(third as never as object), status: 'paper', date: '2026-03-05' } as never);
    expect(await server.take(onPaper.entries[2] as never, 'D1')).toBeNull();
  });
});
