import { deliver, deliveryStatusOf } from '@shared/domain/exchange';
import { bookId, newBook, nextEntry, type Sha256 } from '@shared/domain/numbering';
import { newestFirst } from '@shared/domain/plan';
import type { Book, NumberEntry } from '@shared/schema/books';
import type { Incoming, Outgoing } from '@shared/schema/documents';
import type { RowWriter } from '../rows/row-writer';
import { serverAuthor } from '../rows/row-writer';
import type { PrintedText } from './files';
import { handling } from './handling';
import { samplePeople, sampleUnits } from './people';

const year = 2026;
const series = 'chung';

/** Books being filled: the head of each and the entries so far. */
class Books {
  readonly #books = new Map<string, Book>();
  readonly entries: NumberEntry[] = [];

  /** Takes the next number for a document and gives its entry. */
  async take(
    unit: string,
    kind: Book['kind'],
    request: { readonly document: string; readonly date: string; readonly by: string; readonly at: string },
    sha256: Sha256,
  ): Promise<NumberEntry> {
    const id = bookId(unit, kind, year, series);
    const book = this.#books.get(id) ?? { ...newBook(unit, kind, year, series), owner: serverAuthor };
    const { entry, head } = await nextEntry(book, request, serverAuthor, sha256);
    this.#books.set(id, { ...book, ...head });
    this.entries.push(entry);
    return entry;
  }

  /** All books of all units as they stand, free to be taken by a workstation. */
  free(): readonly Book[] {
    return sampleUnits.flatMap(({ id }) =>
      (['incoming', 'outgoing'] as const).map((kind) => ({
        ...(this.#books.get(bookId(id, kind, year, series)) ?? newBook(id, kind, year, series)),
        owner: '',
      })),
    );
  }
}

const clerks: Readonly<Record<string, string>> = {
  tinh: 'tinh-vt',
  huyen: 'huyen-vt',
  'coso-a': 'coso-a-tk',
  'coso-b': 'coso-b-tk',
};

/** Writes the documents of the sample, both sides of every exchange, and the books that numbered them. */
export async function writeDocuments(
  writer: RowWriter,
  printed: readonly PrintedText[],
  sha256: Sha256,
): Promise<void> {
  const books = new Books();
  const arrivals: Incoming[] = [];
  for (const one of printed) {
    const outgoing = await outgoingOf(one, books, sha256);
    const received = one.text.receivers.map((receiver) => arrivalOf(outgoing, receiver));
    arrivals.push(...received);
    const deliveries = Object.fromEntries(
      received.map((incoming) => {
        const { state, at } = handling(one.text.id, incoming.unit, outgoing.issuedAt);
        return [incoming.unit, { status: deliveryStatusOf({ state }), at, reason: '' }];
      }),
    );
    const row = { ...outgoing, deliveries: outgoing.state === 'issued' ? deliveries : {} };
    await writer.putAsServer('outgoing', row.id, row, row.unit);
  }
  for (const incoming of arrivals.filter((arrival) => arrival.date !== '')) {
    const row = await handled(incoming, books, sha256);
    await writer.putAsServer('incoming', row.id, row, row.exchangeFrom);
  }
  for (const entry of books.entries) await writer.putAsServer('numbers', entry.id, entry, entry.unit);
  for (const book of books.free()) await writer.putAsServer('books', book.id, book, book.unit);
}

async function outgoingOf(
  { text, file, places }: PrintedText,
  books: Books,
  sha256: Sha256,
): Promise<Outgoing> {
  const draft = text.number === 0;
  const at = draft ? `${year}-07-08T14:20:00.000+07:00` : `${text.date}T09:30:00.000+07:00`;
  const clerk = clerks[text.unit] ?? '';
  if (!draft) {
    const request = { document: text.id, date: text.date, by: clerk, at };
    const entry = await books.take(text.unit, 'outgoing', request, sha256);
    if (entry.n !== text.number)
      throw new Error(`${text.id}: number ${entry.n} is not the printed ${text.number}`);
  }
  return {
    id: text.id,
    unit: text.unit,
    newestFirst: newestFirst(at),
    state: draft ? 'draft' : 'issued',
    bookId: draft ? '' : bookId(text.unit, 'outgoing', year, series),
    number: text.number,
    symbol: text.symbol,
    date: text.date,
    type: text.type,
    subject: text.subject,
    urgency: text.urgency,
    drafter: text.drafter,
    signer: text.signer,
    capacity: text.signer === 'huyen-pct' ? 'KT.' : 'TM.',
    replyTo: '',
    receivers: [...text.receivers],
    otherReceivers: '',
    copies: 1,
    composition: null,
    body: file,
    annexes: [],
    places,
    returnReason: '',
    deliveries: {},
    issuedAt: draft ? '' : at,
    history: {
      h1: { by: text.drafter, at, what: 'outgoing.draft', detail: '' },
      ...(draft ? {} : { h2: { by: clerk, at, what: 'outgoing.issue', detail: '' } }),
    },
  };
}

function arrivalOf(outgoing: Outgoing, receiver: string): Incoming {
  const sender = sampleUnits.find((unit) => unit.id === outgoing.unit);
  const signer = samplePeople.find((person) => person.id === outgoing.signer);
  if (sender === undefined || signer === undefined) throw new Error(`${outgoing.id}: unknown unit or signer`);
  return deliver(outgoing, sender, signer, receiver, outgoing.issuedAt);
}

/** The received document as far as its unit has handled it. */
async function handled(incoming: Incoming, books: Books, sha256: Sha256): Promise<Incoming> {
  const { state, at, patch } = handling(incoming.exchangeOutgoing, incoming.unit, incoming.date);
  if (state === 'arrived') return incoming;
  const arrivalDate = at.slice(0, 10);
  const clerk = clerks[incoming.unit] ?? '';
  const entry = await books.take(
    incoming.unit,
    'incoming',
    { document: incoming.id, date: arrivalDate, by: clerk, at },
    sha256,
  );
  return {
    ...incoming,
    ...patch,
    state,
    bookId: entry.book,
    arrivalNumber: entry.n,
    arrivalDate,
    history: { h1: { by: clerk, at, what: 'incoming.register', detail: String(entry.n) }, ...patch.history },
  };
}
