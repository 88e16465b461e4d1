import type { CollectionName, RowOf } from '@shared/schema/rows';
import type { RowKey, Rows, RowWrite, StoredRow, VisibleRow } from '../sync/port';
import { jsonLines, textLines } from './json-lines';
import type { Session, SqlValue } from './port';
import type { Scope } from './scope';

/**
 * The keys in one order, each once. Every row is looked up by its key: `lateral` with a lock or `offset 0`, and no `unit = …` that
 * an index could serve, leave the planner no choice. It guesses badly behind row policies, and went through all rows of a unit
 * for every key.
 */
const wanted = `(select distinct k.coll, k.id from unnest($1::text[], $2::text[]) as k(coll, id) order by k.coll, k.id) k`;

function columnsOf(keys: readonly RowKey[]): [readonly string[], readonly string[]] {
  return [keys.map(({ coll }) => coll), keys.map(({ id }) => id)];
}

/** Rows in the table `entity`. */
export function sqlRows(session: Session, scope: Scope): Rows {
  return {
    lockRows: (keys) =>
      session.query<StoredRow>(
        `select found.* from ${wanted} cross join lateral (
           select e.coll, e.id, e.unit, e.rev, e.data, e.stamps, e.buckets from entity e
           where e.coll = k.coll and e.id = k.id
             and $3 = any (array['*', e.unit]) and ($3 = '*' or e.buckets && $4::text[])
           for update
         ) found`,
        [...columnsOf(keys), scope.unit, scope.buckets],
      ),
    readRow: (coll, id) => readRow(session, scope, coll, id),
    readVisibleRows: (keys, buckets) =>
      session.query<VisibleRow>(
        `select found.* from ${wanted} cross join lateral (
           select e.coll, e.id, e.rev, e.data from entity e
           where e.coll = k.coll and e.id = k.id and e.buckets && $3::text[] offset 0
         ) found`,
        [...columnsOf(keys), buckets],
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

const stored = `(
  select coll, id, unit, rev, data::jsonb, stamps::jsonb, string_to_array(buckets, ',') as buckets, op
  from unnest($1::text[], $2::text[], $3::text[], $4::integer[], ${textLines(5)}, ${textLines(6)}, $7::text[], $8::text[])
    as r(coll, id, unit, rev, data, stamps, buckets, op)
) r`;

function columnsOfWrites(writes: readonly RowWrite[]): SqlValue[] {
  const rows = writes.map(({ row }) => row);
  return [
    ...columnsOf(rows),
    rows.map(({ unit }) => unit),
    rows.map(({ rev }) => rev),
    jsonLines(rows.map(({ data }) => data)),
    jsonLines(rows.map(({ stamps }) => stamps)),
    rows.map(({ buckets }) => buckets.join()),
    writes.map(({ op }) => op),
  ];
}

/** A new row that appeared meanwhile is a unique violation. */
async function storeRows(session: Session, writes: readonly RowWrite[]): Promise<void> {
  const added = writes.filter(({ isNew }) => isNew);
  const changed = writes.filter(({ isNew }) => !isNew);
  if (added.length > 0) {
    await session.query(
      `insert into entity (coll, id, unit, rev, data, stamps, buckets, last_op)
       select r.coll, r.id, r.unit, r.rev, r.data, r.stamps, r.buckets, r.op from ${stored}`,
      columnsOfWrites(added),
    );
  }
  if (changed.length > 0) {
    await session.query(
      `update entity e set unit = r.unit, rev = r.rev, data = r.data, stamps = r.stamps, buckets = r.buckets,
         last_op = r.op
       from ${stored} where e.coll = r.coll and e.id = r.id`,
      columnsOfWrites(changed),
    );
  }
}
