import { closeBook, createBook, openYear } from '@shared/domain/book-series';
import { handoverText } from '@shared/domain/handover';
import { completeFromPaper, explainGap, voidNumber } from '@shared/domain/number-marks';
import { numberId } from '@shared/domain/numbering';
import { beginHandover, handOver, takeOver } from '@shared/domain/ownership';
import type { Stored } from '@shared/domain/plan';
import type { Handover } from '@shared/schema/books';
import { proofOf } from '../proofs';
import { type Act, fresh, ownRow, personIn, type Scene } from './scene';

/** The day that a careful clerk enters: today, but never before the last entry and never outside the book's year. */
export function numberingDay(book: Stored<'books'>, today: string): string {
  const first = `${book.year}-01-01`;
  const last = `${book.year}-12-31`;
  const inYear = today < first ? first : today > last ? last : today;
  return inYear < book.lastDate ? book.lastDate : inYear;
}

/** Bàn giao: the owner signs the end of its time and seals its head, with or without a network. */
export function giveBook(scene: Scene): Act | null {
  const by = personIn(scene, 'clerk');
  const book = ownRow(scene, 'books', ({ owner }) => owner === scene.device);
  const to = scene.draw.pick([...scene.neighbours, ...scene.neighbours, '']) ?? '';
  if (by === undefined || book === undefined) return null;
  return {
    what: `hands ${book.id} over to ${to === '' ? 'nobody' : to}`,
    by,
    plan: async (context, read) => {
      const head = await fresh(read, 'books', book.id);
      const unsigned = beginHandover(context, head, to);
      const proof = await proofOf(context.device, handoverText(unsigned));
      return handOver(head, { ...unsigned, proof });
    },
  };
}

/** Nhận bàn giao: a slip is carried over from the machine that wrote it. */
export function takeBookBySlip(scene: Scene): Act | null {
  const by = personIn(scene, 'clerk');
  const slip = scene.draw.pick(scene.slips());
  const book = slip === undefined ? undefined : Object.values(slip)[0]?.book;
  if (by === undefined || slip === undefined || book === undefined) return null;
  const genuine = async (handover: Handover) =>
    handover.proof === (await proofOf(handover.from, handoverText(handover)));
  return {
    what: `takes ${book} over by a slip`,
    by,
    plan: async (context, read) => takeOver(context, await fresh(read, 'books', book), slip, genuine),
  };
}

/** Hủy số. */
export function cancelNumber(scene: Scene): Act | null {
  const by = personIn(scene, 'clerk');
  const entry = ownRow(scene, 'numbers', ({ status }) => status === 'issued');
  if (by === undefined || entry === undefined) return null;
  const reason = scene.word();
  return {
    what: `cancels ${entry.id}`,
    by,
    plan: async (context, read) =>
      voidNumber(
        context,
        await fresh(read, 'books', entry.book),
        await fresh(read, 'numbers', entry.id),
        await read('outgoing', entry.document),
        reason,
      ),
  };
}

/** Bổ sung từ sổ giấy, giải trình khuyết số: what is known of a number that a lost machine has given. */
export function settleLostNumber(scene: Scene): Act | null {
  const by = personIn(scene, 'clerk');
  const entry = ownRow(scene, 'numbers', ({ status }) => status === 'lost-device');
  if (by === undefined || entry === undefined) return null;
  const word = scene.word();
  const fromPaper = scene.draw.below(2) === 0;
  return {
    what: `${fromPaper ? 'completes' : 'explains'} ${entry.id}`,
    by,
    plan: async (context, read) => {
      const book = await fresh(read, 'books', entry.book);
      const row = await fresh(read, 'numbers', entry.id);
      if (!fromPaper) return explainGap(context, book, row, word);
      const form = { symbol: '', subject: word, party: '', date: entry.date };
      const near = (n: number) => read('numbers', numberId(book.id, n));
      const around = { before: await near(entry.n - 1), after: await near(entry.n + 1) };
      return completeFromPaper(context, book, row, form, around);
    },
  };
}

/** Thêm sổ, mở sổ năm mới, khóa sổ năm. */
export function keepBooks(scene: Scene): Act | null {
  const by = personIn(scene, 'clerk');
  if (by === undefined) return null;
  const way = scene.draw.below(3);
  const own = scene.rows('books').filter(({ unit }) => unit === scene.unit);
  const book = ownRow(scene, 'books');
  if (way === 0 && book !== undefined)
    return {
      what: `closes ${book.id}`,
      by,
      plan: async (context, read) => closeBook(context, await fresh(read, 'books', book.id)),
    };
  if (way === 1) return { what: 'opens the next year', by, plan: (context) => openYear(context, own, 2027) };
  const form = {
    kind: 'outgoing',
    year: 2026,
    series: 'ubkt',
    title: 'UBKT',
    types: ['Thông báo'],
    symbol: '',
  } as const;
  return { what: 'adds a series', by, plan: (context) => createBook(context, form) };
}
