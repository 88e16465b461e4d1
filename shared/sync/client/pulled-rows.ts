import { type CollectionName, collectionNames, rowSchemas } from '../../schema/rows';
import type { Overlay } from '../overlay';
import type { WireRow } from '../protocol';
import { composeRow, departed, received, type ServerVersion, type Source, sameVersion } from './compose-row';
import type { LocalDatabase } from './local-database';
import type { AnyRow } from './local-row';
import type { Quarantine } from './quarantine';
import { everyRow } from './scan';

/** Which version of which row. */
export type RowState = Pick<WireRow, 'coll' | 'id' | 'rev'>;

const leaveAtOnce = 500;

/** Puts rows of the server into the local tables, with the own unconfirmed work over them. */
export class PulledRows {
  private readonly database: LocalDatabase;
  private readonly overlay: Overlay;
  private readonly quarantine: Quarantine;

  constructor(database: LocalDatabase, overlay: Overlay, quarantine: Quarantine) {
    this.database = database;
    this.overlay = overlay;
    this.quarantine = quarantine;
  }

  /**
   * Stores live rows, one step a collection. A row that does not have the agreed shape, or that the database does not take,
   * is set aside with its problem; one that was set aside and fits now is released.
   */
  async store(rows: readonly WireRow[], source: Source): Promise<void> {
    const aside = new Set((await this.quarantine.all()).map(({ coll, id }) => `${coll}/${id}`));
    const released: WireRow[] = [];
    for (const [coll, ofColl] of byCollection(rows)) {
      const fitting = new Map<string, WireRow>();
      for (const row of ofColl) {
        const parsed = rowSchemas[coll].safeParse(row.data);
        if (parsed.success) fitting.set(row.id, { ...row, data: parsed.data });
        else await this.setAside(row, parsed.error.issues[0]?.path.join('.') ?? '', source);
      }
      for (const row of await this.put(coll, fitting, source)) {
        if (aside.has(`${coll}/${row.id}`)) released.push(row);
      }
    }
    if (released.length > 0) await this.quarantine.release(released);
  }

  /** Tries once more what was set aside: the program may have been updated, or the disk mended. */
  async retryAside(sourceOf: (bucket: string, pass: number, through: number) => Source): Promise<void> {
    for (const { row, origin } of await this.quarantine.all()) {
      if (!rowSchemas[row.coll].safeParse(row.data).success) continue;
      for (const [bucket, pass] of Object.entries(origin.buckets))
        await this.store([row], sourceOf(bucket, pass, origin.through));
    }
  }

  /** Takes rows out of a bucket: they go, unless another bucket holds them or own waiting work makes them. */
  async leave(rows: readonly Pick<WireRow, 'coll' | 'id'>[], bucket: string, through: number): Promise<void> {
    for (const [coll, ofColl] of byCollection(rows)) {
      for (let at = 0; at < ofColl.length; at += leaveAtOnce) {
        const ids = ofColl.slice(at, at + leaveAtOnce).map(({ id }) => id);
        await this.database.rows.update(coll, ids, (id, stored) =>
          stored === null ? null : this.composed(coll, id, departed(stored, bucket, through)),
        );
      }
    }
    const gone = new Set(rows.map(({ coll, id }) => `${coll}/${id}`));
    const aside = (await this.quarantine.all()).filter(({ coll, id }) => gone.has(`${coll}/${id}`));
    await this.quarantine.leave(aside, bucket);
  }

  /** How many of these rows would be gone from this device if they left the bucket. */
  async onlyIn(bucket: string, rows: readonly Pick<WireRow, 'coll' | 'id'>[]): Promise<number> {
    let count = 0;
    for (const [coll, ofColl] of byCollection(rows)) {
      const stored = await this.database.rows.read(
        coll,
        ofColl.map(({ id }) => id),
      );
      for (const row of stored.values()) if (isOnlyIn(row, bucket)) count += 1;
    }
    return count;
  }

  /** Everything that this device has from a bucket, as far as `wanted`. */
  async membersOf(
    bucket: string,
    wanted: (row: AnyRow) => boolean = () => true,
  ): Promise<readonly RowState[]> {
    const members: RowState[] = [];
    for (const coll of collectionNames) {
      for await (const row of everyRow(this.database.rows, coll)) {
        const { id, rev, origin } = row;
        if (origin?.buckets[bucket] !== undefined && wanted(row)) members.push({ coll, id, rev });
      }
    }
    return members;
  }

  composed(coll: CollectionName, id: string, server: ServerVersion): AnyRow | null {
    return composeRow(coll, id, server, this.overlay.changes(coll, id, server.through));
  }

  /** Gives the rows that were stored. */
  private async put(
    coll: CollectionName,
    rows: ReadonlyMap<string, WireRow>,
    source: Source,
  ): Promise<readonly WireRow[]> {
    if (rows.size === 0) return [];
    const faults = await this.database.rows.update(coll, [...rows.keys()], (id, stored) => {
      const wire = rows.get(id);
      if (wire === undefined) return stored;
      const next = this.composed(coll, id, received(stored, wire, source));
      return next !== null && sameVersion(stored, next) ? stored : next;
    });
    const bad = new Map(faults.map(({ id, problem }) => [id, problem]));
    for (const row of rows.values()) {
      const problem = bad.get(row.id);
      if (problem !== undefined) await this.setAside(row, problem, source);
    }
    return [...rows.values()].filter(({ id }) => !bad.has(id));
  }

  private setAside(row: WireRow, problem: string, { bucket, pass, through }: Source): Promise<void> {
    return this.quarantine.put(row, problem, bucket, pass, through);
  }
}

export function isOnlyIn({ origin }: AnyRow, bucket: string): boolean {
  const buckets = Object.keys(origin?.buckets ?? {});
  return buckets.length === 1 && buckets[0] === bucket;
}

function byCollection<T extends Pick<WireRow, 'coll'>>(
  rows: readonly T[],
): ReadonlyMap<CollectionName, readonly T[]> {
  const groups = new Map<CollectionName, T[]>();
  for (const row of rows) {
    const group = groups.get(row.coll);
    if (group === undefined) groups.set(row.coll, [row]);
    else group.push(row);
  }
  return groups;
}
