import type { Book, Handover, Tail } from '../schema/books';

/** A handover that nobody has signed yet. */
export type UnsignedHandover = Omit<Handover, 'proof'>;

/** The text that the giver signs. None of its parts can contain a bar. */
export function handoverText(handover: UnsignedHandover): string {
  const { book, epoch, from, to, next, lastDate, headHash, kind, at, people = [] } = handover;
  return ['cong-van-so-1', book, epoch, from, to, next, lastDate, headHash, kind, at, ...people].join('|');
}

/** The end of the present owner's time: `to` numbers on from here under the next epoch; '' gives the book back. */
export function handoverOf(book: Book, to: string, at: string): UnsignedHandover {
  const { id, epoch, owner, next, lastDate, headHash } = book;
  return { book: id, epoch, from: owner, to, next, lastDate, headHash, kind: 'device', at };
}

/** The chain of a book with one more link. */
export function withHandover(
  book: Pick<Book, 'handovers'>,
  handover: Handover,
): Readonly<Record<string, Handover>> {
  return { ...book.handovers, [String(handover.epoch)]: handover };
}

export type HandoverFault = 'BOOK_NOT_HELD' | 'BOOK_TOKEN_INVALID' | 'BOOK_CLOSED';

/** Numbers for which placeholders have to be written, `from` to `to`, both inclusive. */
export type LostNumbers = {
  readonly epoch: number;
  readonly device: string;
  readonly from: number;
  readonly to: number;
  readonly date: string;
};

export type Followed = {
  readonly book: Book;
  readonly lost: readonly LostNumbers[];
};

/**
 * The book after every given handover that follows its present epoch, in any order in which the news arrives: what the
 * owners before have given and not sent yet becomes a tail. Proofs must have been checked. Gives a fault when the chain
 * does not continue this book, or contradicts a handover that is known already: the one known first stands.
 */
export function followHandovers(
  book: Book,
  given: Readonly<Record<string, Handover>>,
): Followed | HandoverFault {
  for (const handover of Object.values(given)) {
    const known = book.handovers?.[String(handover.epoch)];
    if (known !== undefined && handoverText(known) !== handoverText(handover)) return 'BOOK_NOT_HELD';
  }
  let current = book;
  const lost: LostNumbers[] = [];
  for (;;) {
    const handover = given[String(current.epoch)];
    if (handover === undefined) return { book: current, lost };
    if (book.closed !== undefined) return 'BOOK_CLOSED';
    if (!continues(current, handover)) return 'BOOK_TOKEN_INVALID';
    if (handover.kind === 'lost' && handover.next > current.next) lost.push(lostNumbers(current, handover));
    current = afterHandover(current, handover);
  }
}

function continues(book: Book, handover: Handover): boolean {
  if (handover.book !== book.id || handover.epoch !== book.epoch || handover.next < book.next) return false;
  if (handover.lastDate < book.lastDate) return false;
  if (handover.kind === 'device' && (handover.from === '' || handover.from !== book.owner)) return false;
  if (handover.next > book.next) return book.owner !== '';
  return handover.kind === 'lost' || handover.headHash === book.headHash;
}

function lostNumbers(book: Book, handover: Handover): LostNumbers {
  return {
    epoch: book.epoch,
    device: book.owner,
    from: book.next,
    to: handover.next - 1,
    date: handover.lastDate,
  };
}

function afterHandover(book: Book, handover: Handover): Book {
  const { next, lastDate, headHash, epoch, to } = handover;
  const missing = handover.next > book.next ? tailOf(book, handover) : null;
  const unexplained =
    missing?.lost === true
      ? [...(book.unexplained ?? []), ...numbersBetween(missing.next, missing.end)]
      : book.unexplained;
  return {
    ...book,
    owner: to,
    epoch: epoch + 1,
    next,
    lastDate,
    headHash,
    handovers: withHandover(book, handover),
    ...(missing === null ? {} : { tails: { ...book.tails, [String(epoch)]: missing } }),
    ...(unexplained === undefined ? {} : { unexplained }),
  };
}

function tailOf(book: Book, handover: Handover): Tail {
  const lost = handover.kind === 'lost';
  return {
    device: book.owner,
    next: book.next,
    lastDate: book.lastDate,
    headHash: book.headHash,
    end: handover.next,
    endDate: handover.lastDate,
    endHash: lost ? '' : handover.headHash,
    lost,
  };
}

/** `from`, … up to but without `end`. */
export function numbersBetween(from: number, end: number): number[] {
  return Array.from({ length: Math.max(0, end - from) }, (_, index) => from + index);
}

/** Whether the owner of an earlier epoch still owes entries that may come in. */
export function owesNumbers(tail: Tail | undefined): tail is Tail {
  return tail !== undefined && !tail.lost && tail.next < tail.end;
}

/** Numbers that an earlier owner has given under a proof and whose entries have not arrived. */
export function awaitedNumbers(book: Pick<Book, 'tails'>): readonly number[] {
  return Object.values(book.tails ?? {})
    .filter(({ lost }) => !lost)
    .flatMap(({ next, end }) => numbersBetween(next, end));
}
