import type { FileRecords, FileVoucher } from '../sync/port';
import type { Session } from './port';

/** Which rows name which files, in the tables `file_ref`, `file`, `file_upload` and `file_removal`. */
export function sqlFileRecords(session: Session): FileRecords {
  return {
    vouchersOf: (files, buckets) =>
      session.query<FileVoucher>(
        'select distinct sha, origin from file_ref where sha = any($1::text[]) and bucket = any($2::text[])',
        [files, buckets],
      ),
    replaceFileRefs: async (refs) => {
      const rows = refs.map(({ row: { coll, id } }) => ({ coll, id }));
      await session.query(
        `delete from file_ref f using json_to_recordset($1::json) as r(coll text, id text)
         where f.coll = r.coll and f.id = r.id`,
        [JSON.stringify(rows)],
      );
      const places = refs.flatMap(({ row: { coll, id, buckets }, vouchers }) =>
        vouchers.flatMap((voucher) => buckets.map((bucket) => ({ ...voucher, bucket, coll, id }))),
      );
      await session.query(
        `insert into file_ref (sha, bucket, coll, id, origin) select r.sha, r.bucket, r.coll, r.id, r.origin
         from json_to_recordset($1::json) as r(sha text, bucket text, coll text, id text, origin text)
         on conflict do nothing`,
        [JSON.stringify(places)],
      );
    },
    dropUnnamedFiles: async (files) => {
      if (files.length === 0) return;
      const unnamed = await session.query<{ sha: string }>(
        `select w.sha from unnest($1::text[]) as w(sha)
         where not exists (select from file_ref r where r.sha = w.sha)`,
        [files],
      );
      const shas = unnamed.map((row) => row.sha);
      await session.query('delete from file_upload where sha = any($1::text[])', [shas]);
      await session.query('delete from file where sha = any($1::text[])', [shas]);
      await session.query('insert into file_removal (sha) select unnest($1::text[]) on conflict do nothing', [
        shas,
      ]);
    },
  };
}
