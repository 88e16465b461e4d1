import type { Session } from '../../storage/port';

/** Every row stands in the feed of each of its buckets at its revision, in no other, and no feed goes beyond its head. */
export async function feedFaults(session: Session): Promise<readonly string[]> {
  const missing = await session.query<{ coll: string; id: string; bucket: string }>(
    `select e.coll, e.id, b.bucket from entity e cross join lateral unnest(e.buckets) as b(bucket)
     left join feed f on f.coll = e.coll and f.id = e.id and f.bucket = b.bucket and not f.gone and f.rev = e.rev
     where f.seq is null order by 1, 2`,
  );
  const stale = await session.query<{ coll: string; id: string; bucket: string }>(
    `select f.coll, f.id, f.bucket from feed f
     join entity e on e.coll = f.coll and e.id = f.id
     where not f.gone and not f.bucket = any(e.buckets) order by 1, 2`,
  );
  const heads = await session.query<{ bucket: string }>(
    `select b.bucket from bucket b
     where b.head <> coalesce((select max(f.seq) from feed f where f.bucket = b.bucket), 0)`,
  );
  return [
    ...missing.map((row) => `feed ${row.bucket}: ${row.coll}/${row.id} is missing`),
    ...stale.map((row) => `feed ${row.bucket}: ${row.coll}/${row.id} should be gone`),
    ...heads.map((row) => `feed ${row.bucket}: head`),
  ];
}
