import type { Stored } from '@shared/domain/plan';
import type { ErrorCode } from '@shared/result/codes';
import type { Person } from '@shared/schema/people';
import type { SignatureLevel } from '@shared/schema/signature-state';
import type { FileRef } from '@shared/schema/values';
import { actionsFor } from '../../outgoing/actions';

/** A document that waits for a signature: of the person who is signed in, or of the organisation by its clerk. */
export type BatchRow = { readonly document: Stored<'outgoing'>; readonly act: 'sign' | 'seal' };

/** How a row came out; nothing is said of rows that were not begun. */
export type RowResult =
  | { readonly status: 'running' }
  | { readonly status: 'done'; readonly level: SignatureLevel; readonly timestampProblem: ErrorCode | '' }
  | { readonly status: 'failed'; readonly error: unknown };

/** One PIN opens one key for at most so many files. */
export const largestBatch = 100;

/** Neither act depends on the register book. */
const noBook = { held: false, free: false } as const;

/** The documents that this person may sign now, of `only` where that is given; the oldest first. */
export function waitingRows(
  documents: readonly Stored<'outgoing'>[],
  person: Person | null,
  only: readonly string[],
): readonly BatchRow[] {
  return documents
    .filter(({ id }) => only.length === 0 || only.includes(id))
    .flatMap((document): BatchRow[] => {
      const actions = actionsFor(document, person, noBook);
      if (actions.includes('sign')) return [{ document, act: 'sign' }];
      return actions.includes('seal') ? [{ document, act: 'seal' }] : [];
    })
    .sort((a, b) => b.document.newestFirst - a.document.newestFirst);
}

/** The files that a row signs: the document, and for the organisation every annex that is a PDF. */
export function filesToSign({ document, act }: BatchRow): readonly FileRef[] {
  const body = document.body === null ? [] : [document.body];
  return act === 'sign' ? body : [...body, ...document.annexes.filter(({ kind }) => kind === 'pdf')];
}

/**
 * Splits rows into what one PIN each is asked for: first the person's own, then the organisation's; never more files
 * than one PIN opens.
 */
export function batchesOf(rows: readonly BatchRow[]): readonly (readonly BatchRow[])[] {
  return (['sign', 'seal'] as const).flatMap((act) => split(rows.filter((row) => row.act === act)));
}

function split(rows: readonly BatchRow[]): readonly (readonly BatchRow[])[] {
  const batches: BatchRow[][] = [];
  let room = 0;
  for (const row of rows) {
    const size = filesToSign(row).length;
    if (size > room) {
      batches.push([]);
      room = largestBatch;
    }
    batches.at(-1)?.push(row);
    room -= size;
  }
  return batches;
}
