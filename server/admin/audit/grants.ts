import type { Session } from '../../storage/port';

/**
 * Grants name units that exist, the successor of a merged unit may read what was its, and a file is opened only in
 * buckets of a row that names it.
 */
export async function grantFaults(session: Session): Promise<readonly string[]> {
  const unknown = await session.query<{ unit: string; readable: string }>(
    `select g.unit, g.readable from unit_grant g
     where (select count(*) from entity e where e.coll = 'units' and e.id in (g.unit, g.readable)) < 2
     order by 1, 2`,
  );
  const cutOff = await session.query<{ id: string; successor: string }>(
    `select e.id, e.data ->> 'successor' as successor from entity e
     where e.coll = 'units' and coalesce(e.data ->> 'successor', '') <> '' and not exists (
       select from unit_grant g where g.unit = e.data ->> 'successor' and g.readable = e.id
     ) order by 1`,
  );
  const open = await session.query<{ sha: string; bucket: string }>(
    `select distinct r.sha, r.bucket from file_ref r
     left join entity e on e.coll = r.coll and e.id = r.id and r.bucket = any(e.buckets)
     where e.id is null order by 1, 2`,
  );
  return [
    ...unknown.map(({ unit, readable }) => `grant of ${readable} to ${unit}: no such unit`),
    ...cutOff.map(({ id, successor }) => `unit ${id}: its successor ${successor} may not read it`),
    ...open.map(({ sha, bucket }) => `file ${sha}: open in ${bucket} without a row there`),
  ];
}
