import { refuseClosing } from '@shared/domain/book-series';
import { refuseDate, refuseMark, withoutNumber } from '@shared/domain/number-marks';
import { newBook, parseBookId } from '@shared/domain/numbering';
import { AppError } from '@shared/result/result';
import type { Book, NumberEntry } from '@shared/schema/books';
import type { Json } from '@shared/schema/values';
import type { Change, Operation } from '@shared/sync/operation';
import { sameJson } from '@shared/sync/patch';
import type { Author } from './author';
import { bookChange, neighboursOf, type Rows, type Settled } from './settled';

/** A book begins empty and free. One that is there already stays as it is: two machines may open the same year. */
export function settleNewBooks(operation: Operation, rows: Rows): Settled {
  const changes = operation.changes.filter(({ id, patch }) => {
    const parts = parseBookId(id);
    if (parts === null) throw new AppError('INVALID_INPUT', 'book');
    const { title: _title, types: _types, symbol: _symbol, ...rest } = patch;
    const fresh = newBook(parts.unit, parts.kind, parts.year, parts.series);
    if (!sameJson(rest, fresh)) throw new AppError('INVALID_INPUT', 'book');
    return rows('books', id) === null;
  });
  return { changes, decided: new Set(), lost: [] };
}

/** Marks on numbers and books: only in an open book, and the list of unexplained numbers follows from them. */
export function settleMark(operation: Operation, author: Author, rows: Rows): Settled {
  const changes: Change[] = [];
  const decided = new Set<string>();
  for (const change of operation.changes) {
    if (change.coll === 'books') {
      if (operation.command !== 'book.edit' && operation.command !== 'book.close') continue;
      const book = rows('books', change.id) as Book;
      if (operation.command === 'book.close') refuseClosing(book, author.device);
      else if (book.closed !== undefined) throw new AppError('BOOK_CLOSED', book.id);
    }
    if (change.coll === 'numbers') {
      const book = markedBook(operation, change, rows);
      if (operation.command !== 'book.void') {
        decided.add(book.id);
        const unexplained = withoutNumber(book, (rows('numbers', change.id) as NumberEntry).n);
        changes.push(bookChange(book.id, true, book, { ...book, unexplained }));
      }
    }
    changes.push(change);
  }
  return { changes, decided, lost: [] };
}

function markedBook(operation: Operation, change: Change, rows: Rows): Book {
  if (operation.changes.filter(({ coll }) => coll === 'numbers').length !== 1)
    throw new AppError('INVALID_INPUT', 'numbers');
  const entry = rows('numbers', change.id) as NumberEntry;
  const book = rows('books', entry.book) as Book | null;
  if (book === null) throw new AppError('NOT_FOUND', 'book');
  refuseMark(book, entry, operation.command === 'book.void' ? ['issued'] : ['lost-device']);
  const { status, reason, date, paper } = change.patch;
  const right =
    operation.command === 'book.complete'
      ? status === 'paper' && paper !== undefined && typeof date === 'string'
      : status === (operation.command === 'book.void' ? 'void' : undefined) && isFilled(reason);
  if (!right) throw new AppError('INVALID_INPUT', 'mark');
  const document = operation.changes.find(({ coll }) => coll === 'outgoing');
  if (document !== undefined && (document.id !== entry.document || document.patch['state'] !== 'cancelled'))
    throw new AppError('INVALID_INPUT', 'document');
  if (operation.command === 'book.complete' && typeof date === 'string')
    refuseDate(book, entry, date, neighboursOf(entry, rows));
  return book;
}

const isFilled = (value: Json | undefined) => typeof value === 'string' && value.trim() !== '';
