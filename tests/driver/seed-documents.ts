import path from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import type { Province } from './province';

const perStatement = 10_000;

/**
 * Puts so many incoming documents of a unit straight into the storage of a stopped server, each with its place in the
 * feed, as if they had come over the years. One of twenty is still open. None names a file.
 */
export async function seedDocuments(province: Province, unit: string, count: number): Promise<void> {
  if (province.running) throw new Error('the server must be stopped');
  const db = await PGlite.create(path.join(province.folder, 'server', 'database'));
  try {
    for (let from = 1; from <= count; from += perStatement)
      await db.transaction(async (tx) => {
        await tx.query(documents, [unit, from, Math.min(count, from + perStatement - 1)]);
        await tx.query(places, [`unit:${unit}`, from, Math.min(count, from + perStatement - 1)]);
        await tx.query(
          'update bucket set head = (select max(seq) from feed where bucket = $1) where bucket = $1',
          [`unit:${unit}`],
        );
      });
  } finally {
    await db.close();
  }
}

/** Copies of a document of the sample, a day apart, each with a number and a subject of its own. */
const documents = `
  insert into entity (coll, id, unit, rev, data, stamps, buckets, last_op)
  select 'incoming', 'seeded-' || i, $1::text, 1,
    sample.data || jsonb_build_object(
      'id', 'seeded-' || i,
      'newestFirst', sample.newest + i * 60000,
      'state', case when i % 20 = 0 then 'registered' else 'done' end,
      'bookId', '', 'arrivalNumber', 0, 'dueDate', '',
      'subject', 'Văn bản lưu số ' || i || ' về chăm lo đời sống đoàn viên, người lao động',
      'duplicateKey', 'seeded-' || i,
      'exchangeFrom', '', 'exchangeOutgoing', '',
      'files', '[]'::jsonb, 'signatures', '{}'::jsonb),
    '{}', array['unit:' || $1::text], 'seed'
  from generate_series($2::integer, $3::integer) as i,
    (select data, (data ->> 'newestFirst')::bigint as newest from entity
     where coll = 'incoming' and unit = $1::text and id not like 'seeded-%' order by id limit 1) as sample`;

const places = `
  insert into feed (bucket, seq, coll, id, rev, gone)
  select $1::text, bucket.head + i - $2::integer + 1, 'incoming', 'seeded-' || i, 1, false
  from generate_series($2::integer, $3::integer) as i, bucket where bucket.bucket = $1::text`;
