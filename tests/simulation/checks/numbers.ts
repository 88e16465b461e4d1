import { entryHash, type Sha256 } from '@shared/domain/numbering';
import type { Book, NumberEntry } from '@shared/schema/books';
import type { ServerState } from '../server/state';

/**
 * N1 to N5 and N7 on the books of the server, each number looked at by itself. `silent` are devices that will never bring what
 * they owe: they are shut out, or their disk is gone.
 */
export async function numberProblems(
  state: ServerState,
  silent: ReadonlySet<string>,
  sha256: Sha256,
): Promise<readonly string[]> {
  const rows = [...state.rows.values()];
  const entries = rows.filter(({ coll }) => coll === 'numbers').map(({ data }) => data as NumberEntry);
  const problems: string[] = [];
  for (const { coll, data } of rows) {
    if (coll !== 'books') continue;
    const book = data as Book;
    if (owesForEver(book, silent)) continue;
    const own = entries.filter((entry) => entry.book === book.id).sort((a, b) => a.n - b.n);
    for (const problem of await bookProblems(book, own, sha256)) problems.push(`${problem} in ${book.id}`);
  }
  return problems;
}

/** What a silent device still owes never comes: its book waits for two people who declare the numbers lost. */
function owesForEver({ tails = {} }: Book, silent: ReadonlySet<string>): boolean {
  return Object.values(tails).some(
    ({ device, lost, next, end }) => !lost && next < end && silent.has(device),
  );
}

async function bookProblems(
  book: Book,
  entries: readonly NumberEntry[],
  sha256: Sha256,
): Promise<readonly string[]> {
  const problems: string[] = [];
  const documents = new Set<string>();
  let previous: NumberEntry | undefined;
  for (const entry of entries) {
    if (entry.n === previous?.n) problems.push(`N1: number ${entry.n} twice`);
    else if (entry.n !== (previous?.n ?? 0) + 1) problems.push(`N2: a gap before number ${entry.n}`);
    if (previous !== undefined && entry.date < previous.date)
      problems.push(`N3: number ${entry.n} is dated ${entry.date}, the one before ${previous.date}`);
    if (entry.epoch > book.epoch || entry.epoch < (previous?.epoch ?? 0))
      problems.push(`N4: number ${entry.n} is of epoch ${entry.epoch}`);
    if (!(await isLinked(book, previous, entry, sha256)))
      problems.push(`N5: number ${entry.n} does not continue the chain`);
    if (entry.status !== 'void') {
      if (documents.has(entry.document)) problems.push(`N7: ${entry.document} has two numbers`);
      documents.add(entry.document);
    }
    previous = entry;
  }
  const ends = previous?.epoch === book.epoch ? previous.hash : linkAfter(book, book.epoch - 1, previous);
  if (book.next !== (previous?.n ?? 0) + 1 || book.headHash !== ends)
    problems.push(`N2: the head says ${book.next} after number ${previous?.n ?? 0}`);
  return problems;
}

/** Nothing is known of a number that a lost machine has given, so nothing can be bound to it either. */
const isPlaceholder = ({ status }: NumberEntry) => status === 'lost-device' || status === 'paper';

async function isLinked(
  book: Book,
  previous: NumberEntry | undefined,
  entry: NumberEntry,
  sha256: Sha256,
): Promise<boolean> {
  if (isPlaceholder(entry)) return true;
  if (entry.hash !== (await entryHash(entry, sha256))) return false;
  if (previous !== undefined && previous.epoch === entry.epoch)
    return isPlaceholder(previous) || entry.prev === previous.hash;
  return entry.prev === linkAfter(book, entry.epoch - 1, previous);
}

/**
 * What the first number after an epoch is bound to: the last one before it, or the link that two people have begun since
 * when they took the book from a lost machine.
 */
function linkAfter(book: Book, epoch: number, previous: NumberEntry | undefined): string {
  for (let ended = epoch; ended >= (previous?.epoch ?? 0); ended -= 1) {
    const handover = book.handovers?.[String(ended)];
    if (handover?.kind === 'lost') return handover.headHash;
  }
  return previous?.hash ?? '';
}
