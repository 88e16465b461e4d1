import { bookFor } from '@shared/domain/book-series';
import { formatNumber } from '@shared/domain/numbering';
import { fillNumber, numberOutgoing } from '@shared/domain/outgoing';
import type { Stored } from '@shared/domain/plan';
import { AppError } from '@shared/result/result';
import { dayInHanoi, shortDate } from '@shared/text/time';
import { sha256Text } from '../../data';
import { t } from '../../i18n';
import { invoke } from '../../platform/desktop';
import { confirmFinal } from '../../ui';
import { type Act, type Acting, type ActOutcome, bodyOf, freshDocument } from './acting';

/** Cấp số: shows the number first, gives it in one strict write, then puts it into the file. */
export const number: Act = (acting, document, begin) =>
  numberOn(dayInHanoi(acting.workplace.clock()), acting, document, begin);

/** A document of late December in the book of its year, which is still open (Điều 15.1: số chạy theo năm). */
export const numberLastYear: Act = (acting, document, begin) => {
  const year = Number(dayInHanoi(acting.workplace.clock()).slice(0, 4)) - 1;
  return numberOn(`${year}-12-31`, acting, document, begin);
};

async function numberOn(
  wanted: string,
  acting: Acting,
  document: Stored<'outgoing'>,
  begin: () => void,
): Promise<ActOutcome> {
  const { workplace } = acting;
  const shown = await bookOn(wanted, acting, document);
  const day = await dayFor(wanted, shown);
  if (day === null) return 'declined';
  const written = `${formatNumber(shown.next)}/${document.symbol}`;
  const words = t.outgoing.confirm;
  const sure = await confirmFinal({
    title: words.numberTitle,
    effect: `${words.number(written)}. ${words.date(shortDate(day))}. ${words.numberEffect}`,
    counterAct: words.numberCounter,
    action: words.numberSave,
  });
  if (!sure) return 'declined';
  begin();
  await workplace.run(async (context, read) => {
    const book = await read('books', shown.id);
    if (book === null) throw new AppError('BOOK_NOT_HELD', shown.id);
    if (book.next !== shown.next) throw new AppError('NUMBER_TAKEN', formatNumber(shown.next));
    return numberOutgoing(context, await freshDocument(read, document.id), book, day, sha256Text);
  });
  await writeNumberIntoFile(acting, document.id);
  return { done: t.outgoing.done.number(written) };
}

/** The book that numbers this document on that day, as it stands now; refuses one that was numbered by a slip. */
async function bookOn(
  day: string,
  { workplace, unit }: Acting,
  document: Stored<'outgoing'>,
): Promise<Stored<'books'>> {
  const { database, store } = workplace;
  const rows = await database.rows('books').find().exec();
  const books = rows.map((row) => row.toMutableJSON() as Stored<'books'>);
  const wanted = {
    unit: unit.id,
    kind: 'outgoing',
    year: Number(day.slice(0, 4)),
    type: document.type,
  } as const;
  const book = bookFor(books, wanted);
  const fresh = book === null ? null : await store.read('books', book.id);
  if (fresh === null) throw new AppError('BOOK_NOT_HELD', document.type);
  const given = await database
    .rows('numbers')
    .findOne({ selector: { book: fresh.id, document: document.id, status: { $ne: 'void' } } })
    .exec();
  if (given !== null) throw new AppError('NUMBER_TAKEN', formatNumber(given.get('n') as number));
  return fresh;
}

/** The day of the number; asked where the clock is behind the last one, never silently. Null: thought better of it. */
async function dayFor(wanted: string, book: Stored<'books'>): Promise<string | null> {
  if (book.lastDate === '' || wanted >= book.lastDate) return wanted;
  const words = t.keeping.clockBack;
  const sure = await confirmFinal({
    title: words.title,
    effect: words.effect(shortDate(wanted), shortDate(book.lastDate)),
    counterAct: words.counter,
    action: words.action,
  });
  return sure ? book.lastDate : null;
}

/** Puts the number into the file where that did not come to its end. */
export const fill: Act = async (acting, { id }, begin) => {
  begin();
  await writeNumberIntoFile(acting, id);
  return { done: t.outgoing.done['fill-number'] };
};

async function writeNumberIntoFile({ workplace }: Acting, id: string): Promise<void> {
  const document = await freshDocument((coll, row) => workplace.store.read(coll, row), id);
  const body = bodyOf(document);
  const { file } = await invoke('signing:fill-number', {
    sha256: body.sha256,
    name: body.name,
    number: formatNumber(document.number),
    date: document.date,
  });
  await workplace.run(async (context, read) => fillNumber(context, await freshDocument(read, id), file));
  await workplace.files.refresh();
}
