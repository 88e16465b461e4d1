import { bookId, newBook } from '@shared/domain/numbering';
import type { Book } from '@shared/schema/books';
import type { LeaseRequest, LeaseResponse } from '@shared/sync/protocol';
import { RowWriter, serverAuthor } from '../rows/row-writer';
import { type Author, activeDevice } from './author';
import type { SyncDatabase } from './port';

/**
 * Gives a free book to the asking device, or takes it back from its owner. A lease never ends by time; each new owner
 * gets the next epoch. What may not be done is answered with `granted: false` and the book as it is.
 */
export async function changeLease(
  database: SyncDatabase,
  author: Author,
  request: LeaseRequest,
  onCommit: (buckets: readonly string[]) => void,
): Promise<LeaseResponse> {
  const id = bookId(author.unit, request.kind, request.year, request.series);
  const { response, buckets } = await database.transaction('read-write', async (tx) => {
    activeDevice(await tx.lockDevice(author.device), author);
    await tx.actForServer();
    // One waits for the other here even while the book does not exist yet and has no row to lock.
    await tx.holdName(`lease:${id}`);
    const writer = new RowWriter(tx, serverAuthor);
    await writer.lock([{ coll: 'books', id }]);
    const found = writer.get('books', id)?.data as Book | undefined;
    const change = leaseChange(found, author, request);
    if (change !== null) await writer.putAsServer('books', id, change, author.unit);
    return { response: answer(writer, id, author, request), buckets: await writer.publish() };
  });
  if (buckets.length > 0) onCommit(buckets);
  return response;
}

/** What has to be written for the request, or null when it is refused or nothing changes. */
export function leaseChange(
  book: Book | undefined,
  author: Author,
  request: LeaseRequest,
): Partial<Book> | null {
  if (request.action === 'acquire') {
    if (book === undefined) {
      const fresh = newBook(author.unit, request.kind, request.year, request.series);
      return { ...fresh, owner: author.device, epoch: 1 };
    }
    return book.owner === '' ? { owner: author.device, epoch: book.epoch + 1 } : null;
  }
  const mayRelease =
    book?.owner === author.device && book.next === request.next && book.headHash === request.headHash;
  return mayRelease ? { owner: '' } : null;
}

function answer(writer: RowWriter, id: string, author: Author, request: LeaseRequest): LeaseResponse {
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
