import { followHandovers, handoverOf, handoverText } from '@shared/domain/handover';
import { bookId, newBook } from '@shared/domain/numbering';
import { AppError } from '@shared/result/result';
import type { Book, Handover } from '@shared/schema/books';
import type { Json } from '@shared/schema/values';
import type { LeaseRequest, LeaseResponse } from '@shared/sync/protocol';
import { RowWriter, serverAuthor } from '../rows/row-writer';
import { type Author, activeDevice } from './author';
import { refuseWhileAwaited } from './awaited-devices';
import { bookDifference } from './book-difference';
import { nameOfNewBook } from './new-books';
import type { SyncDatabase } from './port';

/** Writes what only this server can write about a text. */
type Prove = (text: string) => Promise<string>;

/**
 * Gives a free book to the asking device, or takes it back from its owner. A lease never ends by time; each new owner
 * gets the next epoch. What may not be done is answered with `granted: false` and the book as it is.
 * Errors: DEVICE_REVOKED; BOOK_AWAITS_MACHINES for a free book after a restore.
 */
export async function changeLease(
  database: SyncDatabase,
  author: Author,
  request: LeaseRequest,
  onCommit: (buckets: readonly string[]) => void,
): Promise<LeaseResponse> {
  const id = bookId(author.unit, request.kind, request.year, request.series);
  const { response, buckets } = await database.transaction('read-write', async (tx) => {
    const { epoch } = activeDevice(await tx.lockDevice(author.device), author);
    await tx.actForServer();
    // One waits for the other here even while the book does not exist yet and has no row to lock.
    await tx.holdName(nameOfNewBook(id));
    const writer = new RowWriter(tx, serverAuthor);
    await writer.lock([{ coll: 'books', id }]);
    const found = writer.get('books', id)?.data as Book | undefined;
    const change = await leaseChange(found, author, request, (text) => tx.proveAsServer(text));
    if (change !== null && request.action === 'acquire') await refuseWhileAwaited(tx, author.unit, '');
    if (change !== null) await writer.putAsServer('books', id, change, author.unit);
    return { response: { ...answer(writer, id, author, request), epoch }, buckets: await writer.publish() };
  });
  if (buckets.length > 0) onCommit(buckets);
  return response;
}

/** What has to be written for the request, or null when it is refused or nothing changes. */
export async function leaseChange(
  book: Book | undefined,
  author: Author,
  request: LeaseRequest,
  prove: Prove,
): Promise<Readonly<Record<string, Json>> | null> {
  if (request.action === 'acquire') {
    const free = book ?? newBook(author.unit, request.kind, request.year, request.series);
    if (free.owner !== '' || free.closed !== undefined) return null;
    return bookDifference(book ?? null, afterGiving(free, await givenByServer(free, author.device, prove)));
  }
  const mayRelease =
    book?.owner === author.device && book.next === request.next && book.headHash === request.headHash;
  return mayRelease ? { owner: '' } : null;
}

/** The proof that the server gave a free book away: its next owner shows it to a server that was restored since. */
async function givenByServer(book: Book, to: string, prove: Prove): Promise<Handover> {
  const unsigned = { ...handoverOf(book, to, ''), from: '', kind: 'server' } as const;
  return { ...unsigned, proof: await prove(handoverText(unsigned)) };
}

function afterGiving(book: Book, handover: Handover): Book {
  const followed = followHandovers(book, { [String(handover.epoch)]: handover });
  if (typeof followed === 'string') throw new AppError(followed, book.id);
  return followed.book;
}

function answer(
  writer: RowWriter,
  id: string,
  author: Author,
  request: LeaseRequest,
): Omit<LeaseResponse, 'epoch'> {
  const row = writer.get('books', id);
  if (row === null) {
    return { granted: false, owner: '', row: { coll: 'books', id, rev: 0, gone: true, data: null } };
  }
  const owner = (row.data as Book).owner;
  return {
    granted: request.action === 'acquire' ? owner === author.device : owner === '',
    owner,
    row: { coll: 'books', id, rev: row.rev, gone: false, data: { ...row.data } },
  };
}
