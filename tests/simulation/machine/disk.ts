import type { CollectionName } from '@shared/schema/rows';
import { standingOf } from '@shared/sync/client/answered-marks';
import type { AnyRow } from '@shared/sync/client/local-row';
import type { OutboxEntry } from '@shared/sync/client/outbox-entry';
import type { Position } from '@shared/sync/client/position';
import type { Operation } from '@shared/sync/operation';

/** What a workstation keeps: values in it are never changed in place, so that a copy is a copy of the maps. */
export type Disk = {
  readonly rows: Map<CollectionName, Map<string, AnyRow>>;
  readonly outbox: Map<string, OutboxEntry>;
  readonly state: Map<string, unknown>;
  /** The lines of the journal by the number of their operation. */
  readonly journal: Map<number, Operation>;
};

export function emptyDisk(): Disk {
  return { rows: new Map(), outbox: new Map(), state: new Map(), journal: new Map() };
}

export function copyDisk(disk: Disk): Disk {
  return {
    rows: new Map([...disk.rows].map(([coll, rows]) => [coll, new Map(rows)])),
    outbox: new Map(disk.outbox),
    state: new Map(disk.state),
    journal: new Map(disk.journal),
  };
}

/** Every entry of the outbox as it stands, in order of number: most answers are kept as a mark beside it. */
export function outboxOf({ outbox, state }: Pick<Disk, 'outbox' | 'state'>): readonly OutboxEntry[] {
  const { answered = [] } = (state.get('position') ?? {}) as Partial<Position>;
  return [...outbox.values()].map((entry) => standingOf(entry, answered)).sort((a, b) => a.n - b.n);
}

/** The rows of one collection; the map is there from the first time it is asked for. */
export function rowsOf(disk: Disk, coll: CollectionName): Map<string, AnyRow> {
  const known = disk.rows.get(coll);
  if (known !== undefined) return known;
  const fresh = new Map<string, AnyRow>();
  disk.rows.set(coll, fresh);
  return fresh;
}
