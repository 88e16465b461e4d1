import type { CollectionName, RowOf } from '@shared/schema/rows';
import type { RowKey, Rows, RowWrite, StoredRow, VisibleRow } from '../sync/port';
import type { Session } from './port';
import type { Scope } from './scope';

const wanted = 'json_to_recordset($1::json) as k(coll text, id text)';

function keysJson(keys: readonly RowKey[]): string {
  return JSON.stringify(keys.map(({ coll, id }) => ({ coll, id })));
}

/** Rows in the table `entity`. */
export function sqlRows(session: Session, scope: Scope): Rows {
  return {
    lockRows: (keys) =>
      session.query<StoredRow>(
        `select e.coll, e.id, e.unit, e.rev, e.data, e.stamps, e.buckets from entity e
         where (e.coll, e.id) in (select k.coll, k.id from ${wanted})
           and ($2 = '*' or (e.unit = $2 and e.buckets && $3::text[]))
         order by e.coll, e.id for update`,
        [keysJson(keys), scope.unit, scope.buckets],
      ),
    readRow: (coll, id) => readRow(session, scope, coll, id),
    readVisibleRows: (keys, buckets) =>
      session.query<VisibleRow>(
        `select e.coll, e.id, e.rev, e.data from entity e
         where (e.coll, e.id) in (select k.coll, k.id from ${wanted}) and e.buckets && $2::text[]`,
        [keysJson(keys), buckets],
      ),
    storeRows: (writes) => storeRows(session, writes),
    conflictsAbout: async (unit, { coll, id }) => {
      const rows = await session.query<{ id: string }>(
        `select id from entity where coll = 'conflicts' and unit = $1 and data ->> 'coll' = $2
         and data ->> 'entity' = $3 order by id`,
        [unit, coll, id],
      );
      return rows.map((row) => row.id);
    },
  };
}

async function readRow<C extends CollectionName>(
  session: Session,
  scope: Scope,
  coll: C,
  id: string,
): Promise<RowOf<C> | null> {
  const rows = await session.query<{ data: RowOf<C> }>(
    `select data from entity where coll = $1 and id = $2 and ($3 = '*' or buckets && $4::text[])`,
    [coll, id, scope.unit, scope.buckets],
  );
  return rows[0]?.data ?? null;
}

const stored = `json_to_recordset($1::json)
  as r(coll text, id text, unit text, rev integer, data jsonb, stamps jsonb, buckets text[], op text)`;

/** A new row that appeared meanwhile is a unique violation. */
async function storeRows(session: Session, writes: readonly RowWrite[]): Promise<void> {
  const json = (isNew: boolean) =>
    JSON.stringify(writes.filter((write) => write.isNew === isNew).map(({ row, op }) => ({ ...row, op })));
  if (writes.some((write) => write.isNew)) {
    await session.query(
      `insert into entity (coll, id, unit, rev, data, stamps, buckets, last_op)
       select r.coll, r.id, r.unit, r.rev, r.data, r.stamps, r.buckets, r.op from ${stored}`,
      [json(true)],
    );
  }
  if (writes.some((write) => !write.isNew)) {
    await session.query(
      `update entity e set unit = r.unit, rev = r.rev, data = r.data, stamps = r.stamps, buckets = r.buckets,
         last_op = r.op
       from ${stored} where e.coll = r.coll and e.id = r.id`,
      [json(false)],
    );
  }
}
