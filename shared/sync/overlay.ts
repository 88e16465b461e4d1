import type { Change, Operation } from './operation';

/** Key of a row across all collections. */
export function rowKey(coll: string, id: string): string {
  return `${coll}/${id}`;
}

/**
 * The operations that pulled rows may not contain yet, by the rows they change. They are applied over every pulled row,
 * so that a pull never hides work that is still on its way.
 */
export class Overlay {
  private readonly byRow = new Map<string, { readonly n: number; readonly change: Change }[]>();
  /** The rows of each operation, so that one of ten thousand is found without looking at the others. */
  private readonly rowsOf = new Map<number, ReadonlySet<string>>();

  /** Adds an operation; one with the same number is replaced. */
  add(operation: Operation): void {
    this.remove(operation.n);
    const keys = new Set<string>();
    for (const change of operation.changes) {
      const key = rowKey(change.coll, change.id);
      keys.add(key);
      const list = this.byRow.get(key) ?? [];
      list.push({ n: operation.n, change });
      list.sort((a, b) => a.n - b.n);
      this.byRow.set(key, list);
    }
    this.rowsOf.set(operation.n, keys);
  }

  /** Forgets one operation (it was refused). */
  remove(n: number): void {
    for (const key of this.rowsOf.get(n) ?? []) {
      const left = (this.byRow.get(key) ?? []).filter((entry) => entry.n !== n);
      if (left.length === 0) this.byRow.delete(key);
      else this.byRow.set(key, left);
    }
    this.rowsOf.delete(n);
  }

  /** Forgets every operation up to `n` (pulled rows contain them). */
  confirmThrough(n: number): void {
    for (const known of this.rowsOf.keys()) if (known <= n) this.remove(known);
  }

  clear(): void {
    this.byRow.clear();
    this.rowsOf.clear();
  }

  /** What operations with a number above `through` do to a row, oldest first. */
  changes(coll: string, id: string, through: number): readonly Change[] {
    const list = this.byRow.get(rowKey(coll, id));
    if (list === undefined) return [];
    return list.filter(({ n }) => n > through).map(({ change }) => change);
  }

  /** Every row that an operation changes. */
  rows(): readonly Pick<Change, 'coll' | 'id'>[] {
    return [...this.byRow.values()].flatMap((list) => list.slice(0, 1).map(({ change }) => change));
  }
}
