import type { NumberEntry } from '@shared/schema/books';
import type { ServerState } from '../server/state';
import type { Acknowledged } from '../world';
import { booksWithRefusedNumbers } from './refused-numbers';

/** N1 and N6 at the desks: of all numbers that anybody was ever shown, none stands on two documents. */
export function shownNumberProblems(
  acknowledged: readonly Acknowledged[],
  state: ServerState,
): readonly string[] {
  const broken = booksWithRefusedNumbers(state);
  const documents = new Map<string, string>();
  const problems: string[] = [];
  for (const { device, operation } of acknowledged) {
    for (const { coll, create, patch } of operation.changes) {
      const entry = patch as unknown as NumberEntry;
      if (coll !== 'numbers' || !create || broken.has(entry.book)) continue;
      const number = `${entry.book} ${entry.n}`;
      const known = documents.get(number);
      if (known !== undefined && known !== entry.document)
        problems.push(`N1: ${device} gave number ${number} to ${entry.document}, which ${known} has`);
      documents.set(number, entry.document);
    }
  }
  return problems;
}
