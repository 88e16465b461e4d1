import type { CollectionName, RowOf } from '@shared/schema/rows';
import type { FieldStamps } from '@shared/sync/merge';
import type { WireRow } from '@shared/sync/protocol';
import type { Session } from '../storage/port';

/** A replicated row as the server keeps it. */
export type EntityRow = {
  readonly coll: CollectionName;
  readonly id: string;
  readonly unit: string;
  readonly rev: number;
  readonly data: Readonly<Record<string, unknown>>;
  readonly stamps: FieldStamps;
  readonly buckets: readonly string[];
};

export type RowKey = { readonly coll: CollectionName; readonly id: string };

export function keyText(key: RowKey): string {
  return `${key.coll}/${key.id}`;
}

const columns = 'e.coll, e.id, e.unit, e.rev, e.data, e.stamps, e.buckets';

function keysJson(keys: readonly RowKey[]): string {
  return JSON.stringify(keys.map(({ coll, id }) => ({ coll, id })));
}

const wanted = 'json_to_recordset($1::json) as k(coll text, id text)';

/** Locks the rows that exist, in the order of collection and id, so that two transactions never wait for each other. */
export function lockEntities(session: Session, keys: readonly RowKey[]): Promise<readonly EntityRow[]> {
  return session.query<EntityRow>(
    `select ${columns} from entity e where (e.coll, e.id) in (select k.coll, k.id from ${wanted})
     order by e.coll, e.id for update`,
    [keysJson(keys)],
  );
}

/** One row of a unit, or null. */
export async function readEntity<C extends CollectionName>(
  session: Session,
  coll: C,
  id: string,
): Promise<RowOf<C> | null> {
  const rows = await session.query<{ data: RowOf<C> }>(
    'select data from entity where coll = $1 and id = $2',
    [coll, id],
  );
  return rows[0]?.data ?? null;
}

/** The named rows as a reader of these buckets sees them; what it may not see looks as if it did not exist. */
export async function readWireRows(
  session: Session,
  keys: readonly RowKey[],
  buckets: readonly string[],
): Promise<readonly WireRow[]> {
  const found = await session.query<{ coll: CollectionName; id: string; rev: number; data: WireRow['data'] }>(
    `select e.coll, e.id, e.rev, e.data from entity e
     where (e.coll, e.id) in (select k.coll, k.id from ${wanted}) and e.buckets && $2::text[]`,
    [keysJson(keys), buckets],
  );
  const byKey = new Map(found.map((row) => [keyText(row), row]));
  return [...new Map(keys.map((key) => [keyText(key), key])).values()].map((key) => {
    const row = byKey.get(keyText(key));
    return row === undefined
      ? { coll: key.coll, id: key.id, rev: 0, gone: true, data: null }
      : { ...row, gone: false };
  });
}

/** Writes a row that was locked or found missing before. A row that appeared meanwhile is a unique violation. */
export async function storeEntity(
  session: Session,
  row: EntityRow,
  isNew: boolean,
  op: string,
): Promise<void> {
  const values = [
    row.coll,
    row.id,
    row.unit,
    row.rev,
    JSON.stringify(row.data),
    JSON.stringify(row.stamps),
    row.buckets,
    op,
  ] as const;
  await session.query(
    isNew
      ? `insert into entity (coll, id, unit, rev, data, stamps, buckets, last_op)
         values ($1, $2, $3, $4, $5::jsonb, $6::jsonb, $7::text[], $8)`
      : `update entity set unit = $3, rev = $4, data = $5::jsonb, stamps = $6::jsonb, buckets = $7::text[],
         last_op = $8 where coll = $1 and id = $2`,
    values,
  );
}
