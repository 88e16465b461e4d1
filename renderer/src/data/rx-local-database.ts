import { AppError } from '@shared/result/result';
import { viewGeneration } from '@shared/schema/local';
import type { CollectionName } from '@shared/schema/rows';
import type {
  LocalDatabase,
  OutboxTable,
  RowFault,
  RowTables,
  StateTable,
} from '@shared/sync/client/local-database';
import type { AnyRow } from '@shared/sync/client/local-row';
import type { OutboxEntry } from '@shared/sync/client/outbox-entry';
import type { BulkWriteRow, RxCollection } from 'rxdb';
import type { Database, StateEntry } from './database';
import { plain, RxTable, type StoredDocument } from './rx-tables';

/** The client core's database over RxDB: one durable step is one transaction of IndexedDB. */
export function rxLocalDatabase(database: Database): LocalDatabase {
  return {
    generation: viewGeneration,
    rows: rowTables(database),
    outbox: outboxTable(new RxTable(database.ledger.outbox as unknown as RxCollection)),
    state: stateTable(new RxTable(database.ledger.state as unknown as RxCollection)),
  };
}

function rowTables(database: Database): RowTables {
  const tables = new Map<CollectionName, RowTable>();
  const tableOf = (coll: CollectionName): RowTable => {
    const known =
      tables.get(coll) ?? new RowTable(new RxTable(database.rows(coll) as unknown as RxCollection));
    tables.set(coll, known);
    return known;
  };
  return {
    read: (coll, ids) => tableOf(coll).read(ids),
    page: (coll, after, limit) => tableOf(coll).page(after, limit),
    update: (coll, ids, next) => tableOf(coll).update(ids, next),
  };
}

type Next = (id: string, stored: AnyRow | null) => AnyRow | null;

class RowTable {
  private readonly table: RxTable;
  /** Whether the last rows were all new: then the next ones are written without looking first. */
  private allNew = false;

  constructor(table: RxTable) {
    this.table = table;
  }

  async read(ids: readonly string[]): Promise<ReadonlyMap<string, AnyRow>> {
    const found = await this.table.find(ids);
    return new Map([...found].map(([id, document]) => [id, plain(document) as AnyRow]));
  }

  async page(after: string, limit: number): Promise<readonly AnyRow[]> {
    const found = await this.table.query({ selector: { id: { $gt: after } }, sort: [{ id: 'asc' }], limit });
    return found.map((document) => plain(document) as AnyRow);
  }

  /** Rows that were something else than was thought are looked at again, until each is what `next` wants. */
  async update(ids: readonly string[], next: Next): Promise<readonly RowFault[]> {
    let left = ids;
    const faults: RowFault[] = [];
    let looking = !this.allNew;
    while (left.length > 0) {
      const stored = looking ? await this.table.find(left, true) : new Map();
      const writes: BulkWriteRow<{ readonly id: string }>[] = [];
      const unseen: string[] = [];
      let met = 0;
      for (const id of left) {
        const document = stored.get(id);
        const live = document === undefined || document._deleted ? null : (plain(document) as AnyRow);
        if (live !== null) met += 1;
        const row = next(id, live);
        if (row === null && live === null && !looking) unseen.push(id);
        else if (row === null) {
          if (live !== null) writes.push(this.table.removing(document));
        } else if (row !== live) writes.push(this.table.putting(row, document));
      }
      const outcome = await this.writeApart(writes);
      faults.push(...outcome.faults);
      this.allNew = looking ? met === 0 : outcome.conflicts.length === 0;
      left = [...outcome.conflicts, ...unseen];
      looking = true;
    }
    return faults;
  }

  /** Writes all together; where a value cannot be stored, by halves, so that only its own row is left out. */
  private async writeApart(
    writes: readonly BulkWriteRow<{ readonly id: string }>[],
  ): Promise<{ readonly conflicts: readonly string[]; readonly faults: readonly RowFault[] }> {
    try {
      const refused = await this.table.write(writes);
      return { conflicts: refused.map(({ documentId }) => documentId), faults: [] };
    } catch (error) {
      const only = writes[0];
      if (!(error instanceof AppError) || error.code !== 'INVALID_INPUT' || only === undefined) throw error;
      if (writes.length === 1)
        return { conflicts: [], faults: [{ id: only.document.id, problem: error.detail ?? '' }] };
      const half = Math.ceil(writes.length / 2);
      const first = await this.writeApart(writes.slice(0, half));
      const second = await this.writeApart(writes.slice(half));
      return {
        conflicts: [...first.conflicts, ...second.conflicts],
        faults: [...first.faults, ...second.faults],
      };
    }
  }
}

function outboxTable(table: RxTable): OutboxTable {
  /** What was read last: it is mostly what is written next, and a guess that another window has made wrong is noticed. */
  let guess: ReadonlyMap<string, StoredDocument> = new Map();
  const entries = async (selector: object, limit: number): Promise<readonly OutboxEntry[]> => {
    const found = await table.query({ selector: selector as never, sort: [{ n: 'asc' }], limit });
    guess = new Map(found.map((document) => [document.id, document]));
    return found.map((document) => plain(document) as unknown as OutboxEntry);
  };
  return {
    async read(ids) {
      const found = await table.find(ids);
      guess = found;
      return new Map([...found].map(([id, document]) => [id, plain(document) as unknown as OutboxEntry]));
    },
    after: (n, limit) => entries({ n: { $gt: n } }, limit),
    inStatus: (status, n, limit) => entries({ status, n: { $gt: n } }, limit),
    write: (put, remove = []) => writeAll(table, put, remove, guess),
  };
}

function stateTable(table: RxTable): StateTable {
  return {
    async get(id) {
      return (plainState((await table.find([id])).get(id)) ?? undefined)?.value;
    },
    async under(prefix) {
      const selector = { id: { $gte: prefix, $lt: `${prefix}\uffff` } };
      const found = await table.query({ selector, sort: [{ id: 'asc' }] });
      return new Map(found.map((document) => [document.id, plainState(document)?.value]));
    },
    set: (id, value) => writeAll(table, [{ id, value } as StateEntry]),
    remove: (ids) => writeAll(table, [], ids),
  };
}

function plainState(document: Parameters<typeof plain>[0] | undefined): StateEntry | null {
  return document === undefined ? null : (plain(document) as StateEntry);
}

/**
 * Puts and removes in ONE transaction; done again where something else is stored than was thought, as another window may have
 * changed one of them in between. What is not in `guess` is looked up first.
 */
async function writeAll(
  table: RxTable,
  put: readonly { readonly id: string }[],
  remove: readonly string[] = [],
  guess: ReadonlyMap<string, StoredDocument> = new Map(),
): Promise<void> {
  const ids = [...put.map(({ id }) => id), ...remove];
  let stored = guess;
  for (let looking = ids.some((id) => !guess.has(id)); ; looking = true) {
    if (looking) stored = await table.find(ids, true);
    const removed = remove.flatMap((id) => stored.get(id) ?? []).filter(({ _deleted }) => !_deleted);
    const refused = await table.write([
      ...put.map((row) => table.putting(row, stored.get(row.id))),
      ...removed.map((document) => table.removing(document)),
    ]);
    if (refused.length === 0) return;
  }
}
