import { fileRefSchema } from '@shared/schema/values';
import type { Session } from '../storage/port';
import { readableBuckets } from '../storage/scope';
import type { EntityRow } from './entity';

/** The SHA-256 of every file that a row names, at any depth, sorted. */
export function filesIn(data: unknown): readonly string[] {
  const found = new Set<string>();
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    const file = fileRefSchema.safeParse(value);
    if (file.success) found.add(file.data.sha256);
    else for (const part of Object.values(value)) visit(part);
  };
  visit(data);
  return [...found].sort();
}

/**
 * Notes which files a row names, for each bucket it is in. `vouchedBy` is the unit whose work brought the row about;
 * units that vouch for the same file where that unit can read it are taken over, so that a document may be passed on.
 */
export async function writeFileRefs(
  session: Session,
  row: EntityRow,
  previous: EntityRow | null,
  vouchedBy: string,
): Promise<void> {
  const files = filesIn(row.data);
  const same =
    previous !== null &&
    files.join() === filesIn(previous.data).join() &&
    row.buckets.join() === previous.buckets.join();
  if (same || (previous === null && files.length === 0)) return;
  const known = await session.query<{ sha: string; origin: string }>(
    'select distinct sha, origin from file_ref where sha = any($1::text[]) and bucket = any($2::text[])',
    [files, readableBuckets(vouchedBy)],
  );
  await session.query('delete from file_ref where coll = $1 and id = $2', [row.coll, row.id]);
  const origins = [...files.map((sha) => ({ sha, origin: vouchedBy })), ...known];
  const refs = origins.flatMap((ref) => row.buckets.map((bucket) => ({ ...ref, bucket })));
  await session.query(
    `insert into file_ref (sha, bucket, coll, id, origin)
     select r.sha, r.bucket, $2, $3, r.origin
     from json_to_recordset($1::json) as r(sha text, bucket text, origin text) on conflict do nothing`,
    [JSON.stringify(refs), row.coll, row.id],
  );
}

/** Which of these files a unit may read: it has uploaded them, or a row it may see names them and their origin has. */
export async function readableFiles(
  session: Session,
  files: readonly string[],
  unit: string,
): Promise<ReadonlySet<string>> {
  const rows = await session.query<{ sha: string }>(
    `select f.sha from file f where f.sha = any($1::text[]) and (
       exists (select from file_upload u where u.sha = f.sha and u.unit = $2)
       or exists (
         select from file_ref r join file_upload u on u.sha = r.sha and u.unit = r.origin
         where r.sha = f.sha and r.bucket = any($3::text[])
       )
     )`,
    [files, unit, readableBuckets(unit)],
  );
  return new Set(rows.map((row) => row.sha));
}
