import { AppError } from '../result/result';
import { type Handover, handoverSchema } from '../schema/books';

/**
 * Slips (phiếu) are short texts that one machine of an office gives another over a cable, a USB stick or a shared folder:
 * lines of parts that a person can read; only bars, percent signs and spaces are escaped.
 */
const handoverMark = 'CVSO';

/** The newest handovers that a slip carries: a machine that is further behind has to synchronise first. */
const linesOfSlip = 8;

/** One line of a slip. */
export function slipLine(parts: readonly (string | number)[]): string {
  return parts.map((part) => String(part).replace(/[|%\s]/gu, encodeURIComponent)).join('|');
}

/** The parts of a line; BOOK_TOKEN_INVALID for one that was not written by {@link slipLine}. */
export function slipParts(line: string): readonly string[] {
  try {
    return line.trim().split('|').map(decodeURIComponent);
  } catch {
    throw new AppError('BOOK_TOKEN_INVALID', 'escape');
  }
}

/** Phiếu bàn giao: the chain of a book, newest last. */
export function handoverSlip(handovers: Readonly<Record<string, Handover>>): string {
  return Object.values(handovers)
    .sort((a, b) => a.epoch - b.epoch)
    .slice(-linesOfSlip)
    .map(({ book, epoch, from, to, next, lastDate, headHash, kind, at, people = [], proof }) =>
      slipLine([
        handoverMark,
        book,
        epoch,
        from,
        to,
        next,
        lastDate,
        headHash,
        kind,
        at,
        people.join(' '),
        proof,
      ]),
    )
    .join('\n');
}

/** Reads a phiếu bàn giao. BOOK_TOKEN_INVALID for anything else, or for handovers of more than one book. */
export function readHandoverSlip(text: string): Readonly<Record<string, Handover>> {
  const lines = text.split(/\s*\n\s*/).filter((line) => line.trim() !== '');
  const handovers = lines.map((line) => {
    const [mark, book, epoch, from, to, next, lastDate, headHash, kind, at, people, proof, ...more] =
      slipParts(line);
    const parsed = handoverSchema.safeParse({
      book,
      epoch: Number(epoch),
      from,
      to,
      next: Number(next),
      lastDate,
      headHash,
      kind,
      at,
      ...(people === undefined || people === '' ? {} : { people: people.split(' ') }),
      proof,
    });
    if (mark !== handoverMark || more.length > 0 || !parsed.success)
      throw new AppError('BOOK_TOKEN_INVALID', 'line');
    return parsed.data;
  });
  const books = new Set(handovers.map(({ book }) => book));
  if (books.size !== 1) throw new AppError('BOOK_TOKEN_INVALID', 'book');
  return Object.fromEntries(handovers.map((handover) => [String(handover.epoch), handover]));
}

/** The handover that a chain ends with. */
export function lastHandover(handovers: Readonly<Record<string, Handover>>): Handover {
  const last = Object.values(handovers).sort((a, b) => b.epoch - a.epoch)[0];
  if (last === undefined) throw new AppError('BOOK_TOKEN_INVALID', 'empty');
  return last;
}
