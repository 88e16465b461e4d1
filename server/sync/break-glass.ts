import { createHash } from 'node:crypto';
import { mayBreakGlass } from '@shared/domain/break-glass';
import {
  followHandovers,
  handoverText,
  type LostNumbers,
  owesNumbers,
  type UnsignedHandover,
} from '@shared/domain/handover';
import { AppError } from '@shared/result/result';
import type { Book, Handover } from '@shared/schema/books';
import type { BreakGlassRequest, LeaseResponse } from '@shared/sync/protocol';
import { RowWriter, serverAuthor } from '../rows/row-writer';
import { type Author, activeDevice } from './author';
import { refuseWhileAwaited } from './awaited-devices';
import { bookDifference } from './book-difference';
import { writePlaceholders } from './placeholders';
import type { SyncDatabase, SyncTransaction } from './port';

/** At most so many numbers are taken as given by a lost device: a slip of the pen must not make thousands of them. */
const mostLost = 500;

/**
 * Takes a book from a lost device for the asking one, on the word of two people who know the paper book. What it had
 * given beyond what this server knows becomes placeholders. With the epoch of an earlier owner the numbers that he still
 * owes become placeholders instead, and the owner stays.
 *
 * Errors: TWO_PEOPLE_NEEDED, NOT_FOUND, BOOK_CLOSED, BOOK_NOT_HELD when the book has moved on meanwhile, INVALID_INPUT
 * for a number that cannot be the last, BOOK_DATE_BACKWARDS, BOOK_AWAITS_MACHINES after a restore.
 */
export async function breakGlass(
  database: SyncDatabase,
  author: Author,
  request: BreakGlassRequest,
  at: string,
  onCommit: (buckets: readonly string[]) => void,
): Promise<LeaseResponse> {
  const { response, buckets } = await database.transaction('read-write', async (tx) => {
    const { epoch } = activeDevice(await tx.lockDevice(author.device), author);
    await tx.actForServer();
    await refuseUnlessTwo(tx, author, request);
    const writer = new RowWriter(tx, serverAuthor);
    await writer.lock([{ coll: 'books', id: request.book }]);
    const book = writer.get('books', request.book)?.data as Book | undefined;
    if (book === undefined || book.unit !== author.unit) throw new AppError('NOT_FOUND', 'book');
    if (book.closed !== undefined) throw new AppError('BOOK_CLOSED', book.id);
    const { after, lost } =
      request.epoch === book.epoch
        ? await takenFromOwner(tx, book, author, request, at)
        : owedByEarlier(book, request.epoch);
    await writer.putAsServer('books', book.id, bookDifference(book, after), author.unit);
    for (const numbers of lost) await writePlaceholders(writer, book, numbers);
    const row = writer.get('books', book.id);
    if (row === null) throw new AppError('NOT_FOUND', 'book');
    const { owner } = row.data as Book;
    const answer = { coll: 'books', id: row.id, rev: row.rev, gone: false, data: { ...row.data } } as const;
    return {
      response: { granted: owner === author.device, owner, row: answer, epoch },
      buckets: await writer.publish(),
    };
  });
  onCommit(buckets);
  return response;
}

async function refuseUnlessTwo(
  tx: SyncTransaction,
  { unit }: Author,
  { people }: BreakGlassRequest,
): Promise<void> {
  const found = await Promise.all(people.map((id) => tx.readRow('people', id)));
  if (!mayBreakGlass(found, unit)) throw new AppError('TWO_PEOPLE_NEEDED');
}

type Broken = { readonly after: Book; readonly lost: readonly LostNumbers[] };

async function takenFromOwner(
  tx: SyncTransaction,
  book: Book,
  { device }: Author,
  { lastNumber, lastDate, people }: BreakGlassRequest,
  at: string,
): Promise<Broken> {
  if (book.owner === '' || book.owner === device) throw new AppError('BOOK_NOT_HELD', book.owner);
  await refuseWhileAwaited(tx, book.unit, book.owner);
  const known = book.next - 1;
  if (lastNumber < known || lastNumber > known + mostLost)
    throw new AppError('INVALID_INPUT', `number ${known}`);
  const date = lastNumber === known ? book.lastDate : lastDate;
  if (date < book.lastDate) throw new AppError('BOOK_DATE_BACKWARDS', book.lastDate);
  if (date !== '' && !date.startsWith(`${book.year}-`)) throw new AppError('BOOK_YEAR_MISMATCH', date);
  const next = lastNumber + 1;
  const unsigned: UnsignedHandover = {
    book: book.id,
    epoch: book.epoch,
    from: book.owner,
    to: device,
    next,
    lastDate: date,
    // Nobody knows the last link of the lost chain: the new one begins at a link of its own.
    headHash: createHash('sha256')
      .update(['lost', book.id, book.epoch, next, book.headHash].join('|'))
      .digest('hex'),
    kind: 'lost',
    at,
    people: [...people],
  };
  const handover: Handover = { ...unsigned, proof: await tx.proveAsServer(handoverText(unsigned)) };
  const followed = followHandovers(book, { [String(book.epoch)]: handover });
  if (typeof followed === 'string') throw new AppError(followed, book.id);
  return { after: followed.book, lost: followed.lost };
}

function owedByEarlier(book: Book, epoch: number): Broken {
  const tail = book.tails?.[String(epoch)];
  if (!owesNumbers(tail)) throw new AppError('BOOK_NOT_HELD', book.owner);
  const lost = { epoch, device: tail.device, from: tail.next, to: tail.end - 1, date: tail.endDate };
  const unexplained = [...(book.unexplained ?? [])];
  for (let n = lost.from; n <= lost.to; n += 1) unexplained.push(n);
  const tails = { ...book.tails, [String(epoch)]: { ...tail, lost: true, endHash: '' } };
  return { after: { ...book, tails, unexplained }, lost: [lost] };
}
