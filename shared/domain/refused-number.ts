import { type ErrorCode, errorCodes } from '../result/codes';
import type { Change, Operation } from '../sync/operation';

// A number that was given stands on paper, whatever the server thinks of the document that it was given to (Điều 15.1):
// when the document is refused, the number stays in its book, cancelled, and the reason says why.

/** Begins the reason of such a number; a code of the refusal follows. */
const mark = 'document-refused:';
/** Who has cancelled it. */
const server = 'server';

/** Refusals that speak of the document, or of the person, and not of the place of the number in its book. */
const ofTheDocument: ReadonlySet<string> = new Set<ErrorCode>([
  'WRONG_STATE',
  'NOT_ALLOWED',
  'FORBIDDEN',
  'NOT_FOUND',
  'NUMBER_TAKEN',
]);

/** Whether an operation that was refused for this reason has given a number that its book has to keep. */
export function leavesNumber({ changes }: Pick<Operation, 'changes'>, refusal: ErrorCode): boolean {
  return ofTheDocument.has(refusal) && changes.some(({ coll, create }) => coll === 'numbers' && create);
}

/** Why the document of a cancelled number was refused; null where a person has cancelled it and written the reason. */
export function refusalIn(reason: string): ErrorCode | null {
  if (!reason.startsWith(mark)) return null;
  const code = reason.slice(mark.length);
  return errorCodes.find((known) => known === code) ?? 'SERVER_REFUSED';
}

/** What the book keeps of an operation whose document was refused: its head and the number, cancelled by the server. */
export function keptOf(changes: readonly Change[], refusal: ErrorCode, at: string): Change[] {
  const cancelled = { status: 'void', reason: `${mark}${refusal}`, settled: { by: server, at } };
  return changes
    .filter(({ coll }) => coll === 'books' || coll === 'numbers')
    .map((change) =>
      change.coll === 'numbers' ? { ...change, patch: { ...change.patch, ...cancelled } } : change,
    );
}
