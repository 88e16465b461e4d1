import { collectionNames } from '@shared/schema/rows';
import type { AnyRow } from '@shared/sync/client/local-row';
import { sameJson } from '@shared/sync/patch';
import type { Database } from '../../../server/storage/port';
import { actForServer } from '../../../server/storage/scope';
import { outboxOf } from '../../simulation/machine/disk';
import type { Machine } from './machine';

type ServerRow = {
  readonly coll: string;
  readonly id: string;
  readonly rev: number;
  readonly data: Readonly<Record<string, unknown>>;
};

/**
 * What the devices of a unit may see, said once more from section 5 and 9 of the protocol: it asks the rows and the grants
 * themselves, neither the buckets written beside a row nor the feed.
 */
const visible = `
  with readable as (
    select $1::text as unit union select readable from unit_grant where unit = $1
  )
  select e.coll, e.id, e.rev, e.data from entity e
  where e.coll = 'units'
     or e.data ->> 'unit' in (select unit from readable)
     or (e.coll = 'meetings' and e.data ->> 'state' <> 'preparing' and exists (
          select from jsonb_array_elements(e.data -> 'participants') as p
          where p ->> 'unit' in (select unit from readable)))`;

function ask<Row>(database: Database, sql: string, ...values: readonly string[]): Promise<readonly Row[]> {
  return database.transaction('snapshot', async (session) => {
    await actForServer(session);
    return session.query<Row>(sql, values);
  });
}

/** How the rows of a machine differ from those that the database holds for its unit; empty where they are equal. */
export async function rowDifferences(database: Database, machine: Machine): Promise<readonly string[]> {
  const wanted = await ask<ServerRow>(database, visible, machine.unit);
  const own = new Map<string, AnyRow>();
  for (const coll of collectionNames)
    for (const [id, row] of machine.rows(coll)) own.set(`${coll}/${id}`, row);
  const differences = wanted.flatMap(({ coll, id, rev, data }) => {
    const key = `${coll}/${id}`;
    const row = own.get(key);
    own.delete(key);
    if (row === undefined) return [`${key} is missing`];
    if (row.rev !== rev) return [`${key} at revision ${row.rev} instead of ${rev}`];
    const fields = [...new Set([...Object.keys(data), ...Object.keys(row)])].filter(
      (field) =>
        field !== 'rev' && field !== 'origin' && !sameJson(row[field] as never, data[field] as never),
    );
    return fields.map((field) => `${key} differs in ${field}: ${JSON.stringify([row[field], data[field]])}`);
  });
  return [...differences, ...[...own.keys()].map((key) => `${key} may not be seen or is not there`)];
}

/**
 * Acknowledged work that is not on the server exactly once with the answer that its machine shows, and work that waits;
 * empty where nothing was lost.
 */
export async function lostWork(database: Database, machine: Machine): Promise<readonly string[]> {
  const stored = await ask<{ op: string; status: string }>(
    database,
    `select op, result ->> 'status' as status from op where device = $1`,
    machine.device,
  );
  const statuses = new Map(stored.map(({ op, status }) => [op, status]));
  const standing = new Map(outboxOf(machine.disk).map((entry) => [entry.id, entry.status]));
  return machine.acknowledged.flatMap((op) => {
    const shown = standing.get(op);
    const held = statuses.get(op);
    if (held === undefined) return [`${op} is not on the server (${shown} here)`];
    const right = held === 'rejected' ? shown === 'rejected' : shown === 'done';
    return right ? [] : [`${op} is ${held} on the server and ${shown} here`];
  });
}
