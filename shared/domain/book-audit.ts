import type { Book, NumberEntry } from '../schema/books';
import { awaitedNumbers } from './handover';
import { entryHash, type Sha256 } from './numbering';

export type BookFault = {
  readonly n: number;
  readonly fault: 'gap' | 'double' | 'date' | 'chain' | 'document-twice' | 'epoch' | 'head';
};

/**
 * What the audits look for in one book (invariants N1 to N5 and N7): gaps that nothing explains, doubles, days going
 * back, a broken chain, a document with two numbers, a number outside its owner's time, and a head that does not follow
 * the last entry. Numbers that an earlier owner has yet to send are no gap.
 */
export async function auditBook(
  book: Book,
  entries: readonly NumberEntry[],
  sha256: Sha256,
): Promise<readonly BookFault[]> {
  const sorted = [...entries].sort((a, b) => a.n - b.n);
  const faults: BookFault[] = [...orderFaults(book, sorted)];
  const documents = new Set<string>();
  for (const [index, entry] of sorted.entries()) {
    const { n } = entry;
    if (await chainBroken(book, entry, sorted[index - 1], sha256)) faults.push({ n, fault: 'chain' });
    if (entry.status !== 'void') {
      if (documents.has(entry.document)) faults.push({ n, fault: 'document-twice' });
      documents.add(entry.document);
    }
    if (outsideEpoch(book, entry)) faults.push({ n, fault: 'epoch' });
  }
  return [...faults, ...headFaults(book, sorted)];
}

function orderFaults(book: Book, sorted: readonly NumberEntry[]): readonly BookFault[] {
  const faults: BookFault[] = [];
  const awaited = new Set(awaitedNumbers(book));
  let expected = 1;
  let lastDate = '';
  for (const { n, date, status } of sorted) {
    if (n < expected) faults.push({ n, fault: 'double' });
    for (; expected < n; expected += 1)
      if (!awaited.has(expected)) faults.push({ n: expected, fault: 'gap' });
    expected = Math.max(expected, n + 1);
    if (status === 'lost-device') continue;
    if (date < lastDate) faults.push({ n, fault: 'date' });
    lastDate = date;
  }
  for (; expected < book.next; expected += 1)
    if (!awaited.has(expected)) faults.push({ n: expected, fault: 'gap' });
  return faults;
}

/** A placeholder and a number written from paper are links of no chain: after them it begins anew at the handover. */
async function chainBroken(
  book: Book,
  entry: NumberEntry,
  before: NumberEntry | undefined,
  sha256: Sha256,
): Promise<boolean> {
  if (entry.hash === '') return entry.status !== 'lost-device' && entry.status !== 'paper';
  if (entry.hash !== (await entryHash(entry, sha256))) return true;
  const given = book.handovers?.[String(entry.epoch - 1)];
  if (given?.next === entry.n) return entry.prev !== given.headHash;
  if (before?.n === entry.n - 1) return before.hash !== '' && entry.prev !== before.hash;
  return before === undefined && entry.n === 1 && entry.prev !== '';
}

function outsideEpoch(book: Book, { n, epoch }: NumberEntry): boolean {
  const begun = book.handovers?.[String(epoch - 1)]?.next ?? 1;
  const ended = book.handovers?.[String(epoch)]?.next ?? book.next;
  return n < begun || n >= ended || epoch > book.epoch;
}

function headFaults(book: Book, sorted: readonly NumberEntry[]): readonly BookFault[] {
  const last = sorted.at(-1);
  if (last !== undefined && last.n >= book.next) return [{ n: last.n, fault: 'head' }];
  const given = book.handovers?.[String(book.epoch - 1)];
  const begun = given !== undefined && given.next === book.next;
  const hash = begun ? given.headHash : (last?.hash ?? '');
  const complete = (last?.n ?? 0) + 1 === book.next;
  return (begun || complete) && book.headHash !== hash ? [{ n: book.next, fault: 'head' }] : [];
}
