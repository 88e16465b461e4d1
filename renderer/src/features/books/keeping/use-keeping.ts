import { closeBook, createBook, editBook, openYear, type SeriesForm } from '@shared/domain/book-series';
import { handoverText } from '@shared/domain/handover';
import { completeFromPaper, explainGap, type PaperForm, voidNumber } from '@shared/domain/number-marks';
import { bookOfNumber, numberId } from '@shared/domain/numbering';
import { beginHandover, handOver, takeOver } from '@shared/domain/ownership';
import { handoverSlip, lastHandover, readHandoverSlip } from '@shared/domain/slips';
import { AppError } from '@shared/result/result';
import type { Handover } from '@shared/schema/books';
import type { Person } from '@shared/schema/people';
import { takeLostBook } from '@shared/sync/client/take-lost-book';
import { isoInHanoi } from '@shared/text/time';
import { type Reader, useRun, useSession, useTakeFreeBook, useWorkplace, windowLock } from '../../../data';
import { invoke } from '../../../platform/desktop';

/** Two people and their PINs. */
export type Proven = readonly [
  { readonly person: Person; readonly pin: string },
  { readonly person: Person; readonly pin: string },
];

/** Everything that can be done with a book; each is durable when it resolves. */
export function useKeeping() {
  const { store, clock, replication } = useWorkplace();
  const { person, device } = useSession();
  const run = useRun();
  const take = useTakeFreeBook();

  /** Seals the own head and gives the slip; the slip exists only after the seal is durable. */
  const giveAway = async (id: string, to: string): Promise<string> => {
    if (person === null) throw new AppError('NOT_SIGNED_IN');
    const now = isoInHanoi(clock());
    const book = await bookOf((coll, row) => store.read(coll, row), id);
    const context = { person, device: device.deviceId, now, newId: () => crypto.randomUUID() };
    const unsigned = beginHandover(context, book, to);
    const { proof } = await invoke('books:sign', { text: handoverText(unsigned) });
    const signed: Handover = { ...unsigned, proof };
    await run(async (_context, read) => handOver(await bookOf(read, id), signed));
    return handoverSlip({ ...book.handovers, [String(signed.epoch)]: signed });
  };

  return {
    take,
    giveAway,
    takeOver: async (text: string): Promise<{ readonly book: string; readonly next: number }> => {
      const slip = readHandoverSlip(text);
      const { book, next } = lastHandover(slip);
      await run(async (context, read) => takeOver(context, await bookOf(read, book), slip, isGenuine));
      return { book, next };
    },
    breakGlass: async (
      id: string,
      epoch: number,
      last: { readonly number: number; readonly date: string },
      people: Proven,
    ): Promise<void> => {
      const request = { book: id, epoch, lastNumber: last.number, lastDate: last.date };
      const lock = windowLock('cong-van:lost-book');
      await takeLostBook({ store, lock }, request, () =>
        invoke('books:break-glass', { ...request, people: [...people] }),
      );
      void replication.now();
    },
    create: (form: SeriesForm) => run((context) => createBook(context, form)),
    edit: (id: string, form: Pick<SeriesForm, 'title' | 'types' | 'symbol'>) =>
      run(async (_context, read) => editBook(await bookOf(read, id), form)),
    openYear: (books: Parameters<typeof openYear>[1], year: number) =>
      run((context) => openYear(context, books, year)),
    close: (id: string) => run(async (context, read) => closeBook(context, await bookOf(read, id))),
    void: (id: string, n: number, reason: string) =>
      run(async (context, read) => {
        const entry = await entryOf(read, numberId(id, n));
        const document = await read('outgoing', entry.document);
        return voidNumber(context, await bookOf(read, id), entry, document, reason);
      }),
    complete: (id: string, n: number, form: PaperForm) =>
      run(async (context, read) => {
        const around = {
          before: await read('numbers', numberId(id, n - 1)),
          after: await read('numbers', numberId(id, n + 1)),
        };
        return completeFromPaper(
          context,
          await bookOf(read, id),
          await entryOf(read, numberId(id, n)),
          form,
          around,
        );
      }),
    explain: (id: string, n: number, reason: string) =>
      run(async (context, read) =>
        explainGap(context, await bookOf(read, id), await entryOf(read, numberId(id, n)), reason),
      ),
  };
}

export type Keeping = ReturnType<typeof useKeeping>;

async function isGenuine(handover: Handover): Promise<boolean> {
  const text = handoverText(handover);
  return (await invoke('books:signed', { device: handover.from, text, proof: handover.proof })).genuine;
}

async function bookOf(read: Reader, id: string) {
  const book = await read('books', id);
  if (book === null) throw new AppError('BOOK_TOKEN_INVALID', id);
  return book;
}

async function entryOf(read: Reader, id: string) {
  const entry = await read('numbers', id);
  if (entry === null) throw new AppError('NOT_FOUND', `${bookOfNumber(id)} ${id}`);
  return entry;
}
