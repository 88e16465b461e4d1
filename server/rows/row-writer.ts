import { bucketsOf } from '@shared/domain/exchange';
import { AppError } from '@shared/result/result';
import { type CollectionName, type RowOf, rowSchemas } from '@shared/schema/rows';
import type { Json } from '@shared/schema/values';
import type { FieldStamps } from '@shared/sync/merge';
import { applyPatch } from '@shared/sync/patch';
import type { RowKey, StoredRow, SyncTransaction } from '../sync/port';
import { appendToFeed } from './feed';
import { writeFileRefs } from './file-refs';

/** The name under which the server's own writes appear in stamps and results. */
export const serverAuthor = 'server';

/** One text for a row's collection and id. */
export function keyText(key: RowKey): string {
  return `${key.coll}/${key.id}`;
}

type Written = {
  readonly previous: StoredRow | null;
  readonly row: StoredRow;
  readonly vouchedBy: string;
};

/** The rows of one transaction: locks, reads and writes them, and in the end puts them into the feed. */
export class RowWriter {
  readonly #tx: SyncTransaction;
  readonly #op: string;
  readonly #rows = new Map<string, StoredRow>();
  readonly #written = new Map<string, Written>();

  constructor(tx: SyncTransaction, op: string) {
    this.#tx = tx;
    this.#op = op;
  }

  /** Locks rows for the rest of the transaction; {@link get} then knows them. */
  async lock(keys: readonly RowKey[]): Promise<void> {
    const unknown = keys.filter((key) => !this.#rows.has(keyText(key)));
    if (unknown.length === 0) return;
    for (const row of await this.#tx.lockRows(unknown)) this.#rows.set(keyText(row), row);
  }

  /** A row that was locked or written before, or null. */
  get(coll: CollectionName, id: string): StoredRow | null {
    return this.#rows.get(keyText({ coll, id })) ?? null;
  }

  /** Stores the next state of a row. INVALID_INPUT when it does not fit its schema. */
  async put<C extends CollectionName>(
    coll: C,
    next: {
      readonly data: Readonly<Record<string, unknown>>;
      readonly stamps: FieldStamps;
      readonly rev: number;
    },
    vouchedBy: string,
  ): Promise<void> {
    const parsed = rowSchemas[coll].safeParse(next.data);
    if (!parsed.success) throw new AppError('INVALID_INPUT', coll);
    const data = parsed.data as RowOf<C>;
    const key = keyText({ coll, id: data.id });
    const current = this.#rows.get(key) ?? null;
    const row: StoredRow = {
      coll,
      id: data.id,
      unit: data.unit,
      rev: next.rev,
      data,
      stamps: next.stamps,
      buckets: bucketsOf(coll, data),
    };
    await this.#tx.storeRows([{ row, isNew: current === null, op: this.#op }]);
    const earlier = this.#written.get(key);
    this.#rows.set(key, row);
    this.#written.set(key, { previous: earlier === undefined ? current : earlier.previous, row, vouchedBy });
  }

  /** A write of the server itself: makes the row or sets paths of it. `vouchedBy` is the unit its files come from. */
  async putAsServer<C extends CollectionName>(
    coll: C,
    id: string,
    patch: Partial<RowOf<C>> | Readonly<Record<string, Json>>,
    vouchedBy: string,
  ): Promise<void> {
    await this.lock([{ coll, id }]);
    const current = this.get(coll, id);
    const rev = (current?.rev ?? 0) + 1;
    const stamp = { rev, device: serverAuthor, actor: serverAuthor };
    const stamps = Object.fromEntries(Object.keys(patch).map((path) => [path, stamp]));
    await this.put(
      coll,
      {
        data: applyPatch(current?.data ?? {}, patch as Record<string, Json>),
        stamps: { ...current?.stamps, ...stamps },
        rev,
      },
      vouchedBy,
    );
  }

  /**
   * Notes the files and gives every written row its place in the feed. The last thing to do in a transaction, under
   * the server's own scope. Gives the buckets that changed.
   */
  async publish(): Promise<readonly string[]> {
    const written = [...this.#written.values()];
    for (const { row, previous, vouchedBy } of written) {
      await writeFileRefs(this.#tx, row, previous, vouchedBy);
    }
    return appendToFeed(
      this.#tx,
      written.map(({ row, previous }) => ({ ...row, before: previous?.buckets ?? [], after: row.buckets })),
    );
  }
}
