import type { CollectionName } from '@shared/schema/rows';
import type { LocalDatabase, OutboxTable, RowTables, StateTable } from '@shared/sync/client/local-database';
import type { AnyRow } from '@shared/sync/client/local-row';
import type { OutboxEntry } from '@shared/sync/client/outbox-entry';
import type { Life } from '../pauses';
import { type Disk, rowsOf } from './disk';
import type { DurableSteps } from './durable-steps';

/** What every write of a workstation is shown to: the checks of a run. */
export type DiskWatch = {
  /** A row before it is written. */
  readonly row: (coll: CollectionName, stored: AnyRow | null, next: AnyRow | null) => void;
  /** A small value after it was written. */
  readonly value: (id: string, value: unknown) => void;
};

/** The database of one running program over a disk in memory. */
export function memoryLocalDatabase(
  disk: Disk,
  steps: DurableSteps,
  life: Life,
  watch: DiskWatch,
): LocalDatabase {
  return {
    generation: '1',
    rows: rowTables(disk, steps, life, watch),
    outbox: outboxTable(disk, steps, life),
    state: stateTable(disk, steps, life, watch),
  };
}

function rowTables(disk: Disk, steps: DurableSteps, life: Life, watch: DiskWatch): RowTables {
  return {
    read: (coll, ids) =>
      steps.read(life, () => {
        const rows = rowsOf(disk, coll);
        return new Map(ids.flatMap((id) => pair(id, rows.get(id))));
      }),
    page: (coll, after, limit) =>
      steps.read(life, () =>
        [...rowsOf(disk, coll).values()]
          .filter(({ id }) => id > after)
          .sort((a, b) => (a.id < b.id ? -1 : 1))
          .slice(0, limit),
      ),
    update: async (coll, ids, next) => {
      for (const id of ids) {
        const rows = rowsOf(disk, coll);
        const stored = await steps.read(life, () => rows.get(id) ?? null);
        const wanted = next(id, stored);
        if (wanted === stored) continue;
        await steps.write(life, `a row of ${coll}`, () => {
          const present = rows.get(id) ?? null;
          const value = present === stored ? wanted : next(id, present);
          watch.row(coll, present, value);
          if (value === null) rows.delete(id);
          else rows.set(id, value);
        });
      }
      return [];
    },
  };
}

function outboxTable(disk: Disk, steps: DurableSteps, life: Life): OutboxTable {
  const sorted = (fits: (entry: OutboxEntry) => boolean, limit: number) =>
    steps.read(life, () => {
      const found: OutboxEntry[] = [];
      for (const entry of disk.outbox.values()) if (fits(entry)) found.push(entry);
      return found.sort((a, b) => a.n - b.n).slice(0, limit);
    });
  return {
    read: (ids) => steps.read(life, () => new Map(ids.flatMap((id) => pair(id, disk.outbox.get(id))))),
    after: (n, limit) => sorted((entry) => entry.n > n, limit),
    inStatus: (status, n, limit) => sorted((entry) => entry.status === status && entry.n > n, limit),
    write: (put, remove = []) =>
      steps.write(life, 'the outbox', () => {
        for (const entry of put) disk.outbox.set(entry.id, entry);
        for (const id of remove) disk.outbox.delete(id);
      }),
  };
}

function stateTable(disk: Disk, steps: DurableSteps, life: Life, watch: DiskWatch): StateTable {
  return {
    get: (id) => steps.read(life, () => disk.state.get(id)),
    under: (prefix) =>
      steps.read(
        life,
        () =>
          new Map(
            [...disk.state].filter(([id]) => id.startsWith(prefix)).sort(([a], [b]) => (a < b ? -1 : 1)),
          ),
      ),
    set: (id, value) =>
      steps.write(life, `the value ${id}`, () => {
        disk.state.set(id, value);
        watch.value(id, value);
      }),
    remove: (ids) =>
      steps.write(life, 'values', () => {
        for (const id of ids) disk.state.delete(id);
      }),
  };
}

function pair<T>(id: string, value: T | undefined): readonly (readonly [string, T])[] {
  return value === undefined ? [] : [[id, value]];
}
