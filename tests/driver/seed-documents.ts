import type { Transaction } from '@electric-sql/pglite';
import type { Province } from './province';
import { inStorage } from './server-storage';

const perStatement = 10_000;

/** Puts so many incoming documents of a unit straight into the storage of a stopped server; see {@link putSeeded}. */
export async function seedDocuments(province: Province, unit: string, count: number): Promise<void> {
  await inStorage(province, (tx) => putSeeded(tx, unit, count));
}

/**
 * Incoming documents of a unit, each with its place in the feed, as if they had come over the years. One of twenty is
 * still open. None names a file.
 */
export async function putSeeded(tx: Transaction, unit: string, count: number): Promise<void> {
  const bucket = `unit:${unit}`;
  for (let from = 1; from <= count; from += perStatement) {
    const through = Math.min(count, from + perStatement - 1);
    await tx.query(documents, [unit, from, through]);
    await tx.query(places, [bucket, from, through]);
    await tx.query(headToEnd, [bucket]);
  }
}

/** Writes a trích yếu, or what is none, into one of these documents; its place in the feed stays. */
export async function setSubjectOfSeeded(
  tx: Transaction,
  num: number,
  subject: string | number,
): Promise<void> {
  await tx.query(setSubject, [`seeded-${num}`, JSON.stringify(subject)]);
}

/** Takes one of these documents and all after it away, and tells every machine in the feed that they are gone. */
export async function removeSeeded(tx: Transaction, unit: string, from: number): Promise<void> {
  const bucket = `unit:${unit}`;
  await tx.query(removal, [from]);
  await tx.query(goneFrom, [bucket, from]);
  await tx.query(headToEnd, [bucket]);
}

/** Copies of a document of the sample, a day apart, each with a number and a subject of its own. */
const documents = `
  insert into entity (coll, id, unit, rev, data, stamps, buckets, last_op)
  select 'incoming', 'seeded-' || i, $1::text, 1,
    sample.data || jsonb_build_object(
      'id', 'seeded-' || i,
      'newestFirst', sample.newest + i::bigint * 60000,
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

const headToEnd =
  'update bucket set head = (select max(seq) from feed where bucket = $1::text) where bucket = $1::text';

const setSubject = `update entity set data = jsonb_set(data, '{subject}', $2::jsonb)
  where coll = 'incoming' and id = $1::text`;

const seededNumber = `coll = 'incoming' and id like 'seeded-%' and split_part(id, '-', 2)::integer`;

const removal = `delete from entity where ${seededNumber} >= $1::integer`;

const goneFrom = `
  update feed set gone = true, seq = bucket.head + split_part(id, '-', 2)::integer
  from bucket where bucket.bucket = $1::text and feed.bucket = $1::text and ${seededNumber} >= $2::integer`;
