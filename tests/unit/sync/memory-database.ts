import { sha256 } from '@shared/node/sha256';
import { type Journal, noJournal } from '@shared/sync/client/journal';
import type { LocalDatabase, RowFault } from '@shared/sync/client/local-database';
import type { AnyRow } from '@shared/sync/client/local-row';
import { LocalStore } from '@shared/sync/client/local-store';
import type { OutboxEntry } from '@shared/sync/client/outbox-entry';
import type { Operation } from '@shared/sync/operation';
import { Serial } from '@shared/sync/serial';

/** What survives a stop of the program. Everything that is read or written is a copy. */
export type Disk = {
  readonly rows: Map<string, Map<string, AnyRow>>;
  readonly outbox: Map<string, OutboxEntry>;
  readonly state: Map<string, unknown>;
  readonly journal: Map<number, Operation>;
  /** Every durable step since the beginning, in order. */
  readonly steps: string[];
  /** Called before each durable step with its name; what it throws makes the step fail and leaves nothing of it. */
  beforeStep: (step: string) => void;
};

export function newDisk(): Disk {
  return {
    rows: new Map(),
    outbox: new Map(),
    state: new Map(),
    journal: new Map(),
    steps: [],
    beforeStep: () => undefined,
  };
}

/** A copy of a disk as it is now: a backup of the profile. */
export function copyOf(disk: Disk): Disk {
  const { rows, outbox, state, journal } = structuredClone({
    rows: disk.rows,
    outbox: disk.outbox,
    state: disk.state,
    journal: disk.journal,
  });
  return { ...newDisk(), rows, outbox, state, journal };
}

/** The client core's database in memory; `faults` are ids of rows that it does not take. */
export function memoryDatabase(disk: Disk, generation = '1', faults: readonly string[] = []): LocalDatabase {
  const tableOf = (coll: string): Map<string, AnyRow> => {
    const table = disk.rows.get(coll) ?? new Map<string, AnyRow>();
    disk.rows.set(coll, table);
    return table;
  };
  const step = (name: string): void => {
    disk.beforeStep(name);
    disk.steps.push(name);
  };
  const entries = (matches: (entry: OutboxEntry) => boolean, limit: number): readonly OutboxEntry[] =>
    [...disk.outbox.values()]
      .filter(matches)
      .sort((a, b) => a.n - b.n)
      .slice(0, limit)
      .map((entry) => structuredClone(entry));
  return {
    generation,
    rows: {
      read: async (coll, ids) =>
        new Map(
          ids.flatMap((id) => {
            const row = tableOf(coll).get(id);
            return row === undefined ? [] : [[id, structuredClone(row)] as const];
          }),
        ),
      page: async (coll, after, limit) =>
        [...tableOf(coll).values()]
          .filter(({ id }) => id > after)
          .sort((a, b) => (a.id < b.id ? -1 : 1))
          .slice(0, limit)
          .map((row) => structuredClone(row)),
      update: async (coll, ids, next) => {
        const found: RowFault[] = [];
        const after = new Map<string, AnyRow | null>();
        for (const id of ids) {
          const stored = structuredClone(tableOf(coll).get(id) ?? null);
          const row = next(id, stored);
          if (row === stored) continue;
          if (row !== null && faults.includes(id)) found.push({ id, problem: 'DataError' });
          else after.set(id, structuredClone(row));
        }
        if (after.size > 0) step(`rows ${coll} ${[...after.keys()].join(',')}`);
        for (const [id, row] of after) {
          if (row === null) tableOf(coll).delete(id);
          else tableOf(coll).set(id, row);
        }
        return found;
      },
    },
    outbox: {
      read: async (ids) =>
        new Map(
          ids.flatMap((id) => {
            const entry = disk.outbox.get(id);
            return entry === undefined ? [] : [[id, structuredClone(entry)] as const];
          }),
        ),
      after: async (n, limit) => entries((entry) => entry.n > n, limit),
      inStatus: async (status, n, limit) => entries((entry) => entry.status === status && entry.n > n, limit),
      write: async (put, remove = []) => {
        step(
          `outbox ${[...put.map(({ id, status }) => `${id} ${status}`), ...remove.map((id) => `-${id}`)].join(', ')}`,
        );
        for (const id of remove) disk.outbox.delete(id);
        for (const entry of put) disk.outbox.set(entry.id, structuredClone(entry));
      },
    },
    state: {
      get: async (id) => structuredClone(disk.state.get(id)),
      under: async (prefix) =>
        new Map([...disk.state].filter(([id]) => id.startsWith(prefix)).sort(([a], [b]) => (a < b ? -1 : 1))),
      set: async (id, value) => {
        step(`state ${id}`);
        disk.state.set(id, structuredClone(value));
      },
      remove: async (ids) => {
        step(`state -${ids.join(',')}`);
        for (const id of ids) disk.state.delete(id);
      },
    },
  };
}

/** The journal of the main process, in memory. */
export function memoryJournal(disk: Disk): Journal {
  const step = (name: string): void => {
    disk.beforeStep(name);
    disk.steps.push(name);
  };
  return {
    ...noJournal,
    append: async (operation) => {
      step(`journal ${operation.op}`);
      disk.journal.set(operation.n, structuredClone(operation));
    },
    read: async (n, limit) =>
      [...disk.journal.values()]
        .filter((operation) => operation.n > n)
        .sort((a, b) => a.n - b.n)
        .slice(0, limit)
        .map((operation) => structuredClone(operation)),
    replaceFrom: async (n, operations) => {
      step(`journal from ${n}`);
      for (const known of disk.journal.keys()) if (known >= n) disk.journal.delete(known);
      for (const operation of operations) disk.journal.set(operation.n, structuredClone(operation));
    },
    prune: async (n) => {
      step(`journal prune ${n}`);
      for (const known of disk.journal.keys()) if (known <= n) disk.journal.delete(known);
    },
  };
}

/** One window of a device on its disk. Windows that are open together share the lock. */
export function openStore(
  disk: Disk,
  options: { readonly generation?: string; readonly faults?: readonly string[]; readonly lock?: Serial } = {},
): Promise<LocalStore> {
  return LocalStore.open({
    database: memoryDatabase(disk, options.generation, options.faults),
    journal: memoryJournal(disk),
    lock: options.lock ?? new Serial(),
    sha256,
  });
}

/** What the screens show, by collection and id. */
export function shownOn(disk: Disk): Record<string, unknown> {
  const shown: Record<string, unknown> = {};
  for (const [coll, rows] of disk.rows)
    for (const { id, rev: _rev, origin: _origin, ...data } of rows.values())
      shown[`${coll}/${id}`] = { id, ...data };
  return shown;
}
