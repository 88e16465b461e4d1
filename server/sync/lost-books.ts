import { newBook, parseBookId } from '@shared/domain/numbering';
import type { Operation } from '@shared/sync/operation';
import type { Rows } from './settled';

/**
 * The book as it stood before an operation that numbers in it; one that this server has lost with a restore is begun anew
 * when the operation brings the proofs from its first day.
 */
export function withLostBooks(operation: Operation, rows: Rows): Rows {
  return (coll, id) => {
    const row = rows(coll, id);
    if (row !== null || coll !== 'books') return row;
    const change = operation.changes.find((known) => known.coll === 'books' && known.id === id);
    const first = (change?.patch['handovers'] as Readonly<Record<string, unknown>> | undefined)?.['0'];
    const parts = first === undefined || change?.create === true ? null : parseBookId(id);
    return parts === null ? null : newBook(parts.unit, parts.kind, parts.year, parts.series);
  };
}
