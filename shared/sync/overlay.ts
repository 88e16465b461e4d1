import type { Change, Operation } from './operation';
import { applyPatch } from './patch';

/** Key of a row across all collections. */
export function rowKey(coll: string, id: string): string {
  return `${coll}/${id}`;
}

/**
 * The operations that pulled rows do not contain yet, by the rows they change. They are applied over every pulled row,
 * so that a pull never hides work that is still on its way.
 */
export class Overlay {
  private readonly byRow = new Map<string, { readonly n: number; readonly change: Change }[]>();

  add(operation: Operation): void {
    for (const change of operation.changes) {
      const key = rowKey(change.coll, change.id);
      const list = this.byRow.get(key) ?? [];
      list.push({ n: operation.n, change });
      list.sort((a, b) => a.n - b.n);
      this.byRow.set(key, list);
    }
  }

  /** Forgets one operation (it was rejected). */
  remove(n: number): void {
    this.forgetWhere((entry) => entry.n === n);
  }

  /** Forgets every operation up to `n` (pulled rows contain them). */
  confirmThrough(n: number): void {
    this.forgetWhere((entry) => entry.n <= n);
  }

  clear(): void {
    this.byRow.clear();
  }

  /** The row with all its unconfirmed changes applied, oldest first; `row` null where the server has none. */
  over(
    coll: string,
    id: string,
    row: Readonly<Record<string, unknown>> | null,
  ): Record<string, unknown> | null {
    let result: Record<string, unknown> | null = row === null ? null : { ...row };
    for (const { change } of this.byRow.get(rowKey(coll, id)) ?? []) {
      if (result === null && !change.create) continue;
      result = applyPatch(result ?? { rev: 0 }, change.patch);
    }
    return result;
  }

  private forgetWhere(matches: (entry: { readonly n: number }) => boolean): void {
    for (const [key, list] of this.byRow) {
      const left = list.filter((entry) => !matches(entry));
      if (left.length === 0) this.byRow.delete(key);
      else this.byRow.set(key, left);
    }
  }
}
