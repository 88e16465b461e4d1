import type { Session } from '../../storage/port';

/** The operations of a device run from 1 to the last one that is counted, without a gap. */
export async function operationFaults(session: Session): Promise<readonly string[]> {
  const rows = await session.query<{ id: string }>(
    `select d.id from device d left join op o on o.device = d.id
     group by d.id, d.last_n having count(o.n) <> d.last_n or coalesce(max(o.n), 0) <> d.last_n`,
  );
  return rows.map((row) => `device ${row.id}: operations are not 1 to last_n`);
}
