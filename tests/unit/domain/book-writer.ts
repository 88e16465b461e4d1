import { type Followed, followHandovers, handoverOf, handoverText } from '@shared/domain/handover';
import { acceptEntry } from '@shared/domain/late-entry';
import { nextEntry } from '@shared/domain/numbering';
import type { Book, Handover, NumberEntry } from '@shared/schema/books';
import { sha256 } from './sample-rows';

/** A book as one device holds it, and the entries it has written. */
export type Held = { readonly book: Book; readonly entries: readonly NumberEntry[] };

/** Writes one number after another, as the owner does. */
export async function write(
  held: Held,
  documents: readonly string[],
  date = '2026-03-02',
  device = held.book.owner,
): Promise<Held> {
  let { book, entries } = held;
  for (const document of documents) {
    const request = { document, date, by: 'p1', at: `${date}T08:00:00+07:00` };
    const { entry, head } = await nextEntry(book, request, device, sha256);
    book = { ...book, ...head };
    entries = [...entries, entry];
  }
  return { book, entries };
}

/** A "signature" that only the named device could have made, as far as these tests go. */
export const proofOf = (text: string, device: string) => sha256(`${device}|${text}`);

/** The owner's handover to another device, signed. */
export async function give(book: Book, to: string): Promise<Handover> {
  const unsigned = handoverOf(book, to, '2026-03-02T09:00:00+07:00');
  return { ...unsigned, proof: await proofOf(handoverText(unsigned), book.owner) };
}

/** The book after handovers; throws where they do not follow it. */
export function follow(book: Book, ...handovers: readonly Handover[]): Followed {
  const given = Object.fromEntries(handovers.map((handover) => [String(handover.epoch), handover]));
  const followed = followHandovers(book, given);
  if (typeof followed === 'string') throw new Error(followed);
  return followed;
}

/** A server's copy of a book that takes entries as they arrive; gives null for one that it takes, else the fault. */
export class Ledger {
  book: Book;
  readonly numbers = new Map<number, NumberEntry>();

  constructor(book: Book) {
    this.book = book;
  }

  async take(entry: NumberEntry, device: string): Promise<string | null> {
    const accepted = await acceptEntry(this.book, entry, device, this.numbers.get(entry.n) ?? null, sha256);
    if (typeof accepted === 'string') return accepted;
    this.book = { ...this.book, ...accepted.patch };
    this.numbers.set(entry.n, entry);
    return null;
  }

  /** Follows handovers and writes the placeholders that they ask for. */
  follow(...handovers: readonly Handover[]): void {
    const { book, lost } = follow(this.book, ...handovers);
    this.book = book;
    for (const { epoch, from, to, date } of lost)
      for (let n = from; n <= to; n += 1) this.numbers.set(n, placeholder(book, n, epoch, date));
  }

  get entries(): readonly NumberEntry[] {
    return [...this.numbers.values()];
  }
}

function placeholder(book: Book, n: number, epoch: number, date: string): NumberEntry {
  return {
    id: `${book.id}:${String(n).padStart(6, '0')}`,
    unit: book.unit,
    book: book.id,
    n,
    date,
    document: `lost:${n}`,
    by: '',
    at: '',
    epoch,
    prev: '',
    hash: '',
    status: 'lost-device',
    reason: '',
  };
}
