import { type CollectionName, rowSchemas } from '../../schema/rows';
import type { Change, Operation } from '../operation';
import { sameJson } from '../patch';
import type { OpResult, WireRow } from '../protocol';
import { changeRow, type ServerVersion, serverVersionOf } from './compose-row';
import type { Ledger } from './ledger';
import type { AnyRow } from './local-row';
import type { OutboxEntry } from './outbox-entry';
import { startOver } from './position';

type Target = Pick<Change, 'coll' | 'id'>;

/** Shows a newly acknowledged operation on the rows. Nothing of it is under way any more when it ends, also when it fails. */
export async function showOperation({ database }: Ledger, operation: Operation): Promise<void> {
  // The rows of one operation are different rows, so no collection waits for another.
  const ends = await Promise.allSettled(
    [...idsByCollection(operation.changes)].map(([coll, ids]) => {
      const ofColl = operation.changes.filter((change) => change.coll === coll);
      return database.rows.update(coll, ids, (id, stored) =>
        ofColl
          .filter((change) => change.id === id)
          .reduce<AnyRow | null>((row, change) => changeRow(row, change), stored),
      );
    }),
  );
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
}

/** Makes rows again from what the server has and the unconfirmed operations: after a stop, however it came. */
export async function showAgain({ database, rows }: Ledger, targets: readonly Target[]): Promise<void> {
  for (const [coll, ids] of idsByCollection(targets)) {
    await database.rows.update(coll, ids, (id, stored) => {
      const row = rows.composed(coll, id, serverVersionOf(stored));
      return sameJson(row, stored) ? stored : row;
    });
  }
}

/**
 * Takes refused work off the rows, but for a number that the server keeps: the overlay knows of the refusal already. Rows
 * that came with the refusal are the server's newest, and count where a bucket of ours holds the row; the operations they
 * belong to are contained in them.
 */
export async function takeOff(
  { database, rows }: Ledger,
  refused: readonly OutboxEntry[],
  results: readonly OpResult[],
): Promise<void> {
  const told = new Map<string, ServerVersion>();
  for (const { op, rows: answered } of results) {
    const n = refused.find(({ id }) => id === op)?.n ?? 0;
    for (const row of answered.filter(isUsable)) {
      told.set(`${row.coll}/${row.id}`, { data: row.data, rev: row.rev, through: n, buckets: {} });
    }
  }
  for (const [coll, ids] of idsByCollection(refused.flatMap(({ operation }) => operation.changes))) {
    await database.rows.update(coll, ids, (id, stored) => {
      const known = serverVersionOf(stored);
      return rows.composed(coll, id, newerOf(known, told.get(`${coll}/${id}`)));
    });
  }
}

/** Does what {@link takeOff} could not end, because of a stop or a full disk. */
export async function finishTakingOff(ledger: Ledger): Promise<void> {
  const ids = await ledger.refusals.open();
  if (ids.length === 0) return;
  await ledger.unconfirmed.refresh((await ledger.position()).confirmed);
  const entries = [...(await ledger.database.outbox.read(ids)).values()];
  await readRemovedAgain(ledger, entries);
  await showAgain(
    ledger,
    entries.flatMap(({ operation }) => operation.changes),
  );
  await ledger.refusals.settle();
}

/**
 * Under an item that was to be removed as secret nothing of the server's version is kept. Where the removal was refused, and
 * the answer that brought that version is lost with a stop, its row goes and is read again.
 */
async function readRemovedAgain(ledger: Ledger, refused: readonly OutboxEntry[]): Promise<void> {
  const ids = refused
    .filter(({ operation }) => operation.command === 'intake.purge')
    .flatMap(({ operation }) => operation.changes.map(({ id }) => id));
  if (ids.length === 0) return;
  const { database, rows } = ledger;
  const stored = await database.rows.read('intake', ids);
  const position = await ledger.position();
  const buckets = new Set([...stored.values()].flatMap(({ origin }) => Object.keys(origin?.buckets ?? {})));
  const known = [...buckets].filter((bucket) => position.buckets[bucket] !== undefined);
  await ledger.moveTo(known.reduce(startOver, position));
  await database.rows.update('intake', ids, (id, row) => {
    const { through } = serverVersionOf(row);
    return rows.composed('intake', id, { data: null, rev: 0, through, buckets: {} });
  });
}

/**
 * What the confirmed operations have made and no bucket has brought is not this device's to show: the server has put it
 * where this device may not read.
 */
export async function removeStrays(
  { database, rows, quarantine }: Ledger,
  operations: readonly Operation[],
  through: number,
): Promise<void> {
  const aside = new Set((await quarantine.all()).map(({ coll, id }) => `${coll}/${id}`));
  for (const [coll, ids] of idsByCollection(operations.flatMap(({ changes }) => changes))) {
    await database.rows.update(coll, ids, (id, stored) => {
      if (stored === null || aside.has(`${coll}/${id}`)) return stored;
      if (Object.keys(stored.origin?.buckets ?? {}).length > 0) return stored;
      return rows.composed(coll, id, { data: null, rev: 0, through, buckets: {} });
    });
  }
}

/** A row that can be stored as it is; a removed item waits for the pull, which removes everything about it. */
function isUsable(row: WireRow): boolean {
  if (row.gone || row.data === null || row.data['state'] === 'purged') return false;
  return rowSchemas[row.coll].safeParse(row.data).success;
}

function newerOf(known: ServerVersion, told: ServerVersion | undefined): ServerVersion {
  if (told === undefined || told.rev < known.rev || Object.keys(known.buckets).length === 0) return known;
  return { ...told, through: Math.max(known.through, told.through), buckets: known.buckets };
}

function idsByCollection(targets: readonly Target[]): ReadonlyMap<CollectionName, readonly string[]> {
  const groups = new Map<CollectionName, Set<string>>();
  for (const { coll, id } of targets) groups.set(coll, (groups.get(coll) ?? new Set()).add(id));
  return new Map([...groups].map(([coll, ids]) => [coll, [...ids]]));
}
