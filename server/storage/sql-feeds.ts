import type { FeedRow, Feeds, RowState } from '../sync/port';
import type { Session } from './port';

/** Feeds in the tables `bucket` and `feed`, and who may read them in `unit_grant`. */
export function sqlFeeds(session: Session): Feeds {
  return {
    advanceHead: async (bucket, by) => {
      const heads = await session.query<{ head: number }>(
        `insert into bucket as b (bucket, head) values ($1, $2)
         on conflict (bucket) do update set head = b.head + excluded.head returning head`,
        [bucket, by],
      );
      return heads[0]?.head ?? 0;
    },
    storePlaces: async (bucket, places) => {
      await session.query(
        `insert into feed (bucket, seq, coll, id, rev, gone)
         select $1, r.seq, r.coll, r.id, r.rev, r.gone
         from json_to_recordset($2::json) as r(seq bigint, coll text, id text, rev integer, gone boolean)
         on conflict (bucket, coll, id) do update
         set seq = excluded.seq, rev = excluded.rev, gone = excluded.gone`,
        [bucket, JSON.stringify(places)],
      );
    },
    headsOf: async (buckets) => {
      const rows = await session.query<{ bucket: string; head: number }>(
        'select bucket, head from bucket where bucket = any($1::text[])',
        [buckets],
      );
      return new Map(rows.map(({ bucket, head }) => [bucket, head]));
    },
    // The row goes out as the text that it is: to parse it here would only mean to write it again.
    feedAfter: (bucket, cursor, limit, chars) =>
      session.query<FeedRow>(
        `with page as materialized (
           select f.seq, f.coll, f.id, f.rev, f.gone, case when f.gone then null else e.data::text end as json
           from feed f left join entity e on e.coll = f.coll and e.id = f.id
           where f.bucket = $1 and f.seq > $2 order by f.seq limit $3
         ), measured as (
           select *, coalesce(sum(length(json)) over (
             order by seq rows between unbounded preceding and 1 preceding
           ), 0) as before
           from page
         )
         select seq, coll, id, rev, gone, json from measured
         where before = 0 or before < $4 order by seq`,
        [bucket, cursor, limit, chars],
      ),
    liveRevisions: (bucket) =>
      session.query<RowState>('select coll, id, rev from feed where bucket = $1 and not gone', [bucket]),
    grantsOf: async (unit) => {
      const rows = await session.query<{ readable: string }>(
        'select readable from unit_grant where unit = $1 order by readable',
        [unit],
      );
      return rows.map(({ readable }) => readable);
    },
  };
}
