import { AppError } from '@shared/result/result';
import type { Database, Session } from '../storage/port';
import { actForServer } from '../storage/scope';
import { sqlTransaction } from '../storage/sql-transaction';
import type { Author } from '../sync/author';
import { readableBuckets } from '../sync/readable';
import type { ContentStore } from './content-store';
import { removeUnfinishedOf } from './unfinished-uploads';

/**
 * Notes that a verified file is in the store and which device brought it. FILE_NOT_FOUND when the same content was
 * removed from the store in this very moment: it is to be sent again.
 */
export async function recordUpload(
  database: Database,
  store: ContentStore,
  file: { readonly sha256: string; readonly size: number },
  author: Author,
  now: number,
): Promise<void> {
  await database.transaction('read-write', async (session) => {
    await holdContent(session, file.sha256);
    if ((await store.sizeOf(file.sha256)) === null) throw new AppError('FILE_NOT_FOUND');
    await session.query(
      'insert into file (sha, size, stored_at) values ($1, $2, $3) on conflict do nothing',
      [file.sha256, file.size, new Date(now).toISOString()],
    );
    await session.query(
      'insert into file_upload (sha, device, unit) values ($1, $2, $3) on conflict do nothing',
      [file.sha256, author.device, author.unit],
    );
  });
}

/** Which of these files a unit may read: it has uploaded them, or a row it may see names them and their origin has. */
export function filesReadableBy(
  database: Database,
  files: readonly string[],
  unit: string,
): Promise<ReadonlySet<string>> {
  return database.transaction('snapshot', async (session) => {
    await actForServer(session);
    const rows = await session.query<{ sha: string }>(
      `select f.sha from file f where f.sha = any($1::text[]) and (
         exists (select from file_upload u where u.sha = f.sha and u.unit = $2)
         or exists (
           select from file_ref r join file_upload u on u.sha = r.sha and u.unit = r.origin
           where r.sha = f.sha and r.bucket = any($3::text[])
         )
       )`,
      [files, unit, await readableBuckets(sqlTransaction(session), unit)],
    );
    return new Set(rows.map((row) => row.sha));
  });
}

/**
 * Removes the content that was noted for removal, with uploads of it that were never finished. Repeated at the next
 * start for whatever a crash has left.
 */
export async function removeForgottenFiles(
  database: Database,
  store: ContentStore,
  uploads: string,
): Promise<void> {
  const noted = await database.transaction('snapshot', (session) =>
    session.query<{ sha: string }>('select sha from file_removal order by sha'),
  );
  for (const { sha } of noted) {
    await removeUnfinishedOf(uploads, sha);
    await database.transaction('read-write', async (session) => {
      await holdContent(session, sha);
      // Sent again since, by somebody whose rows name it: then it stays.
      const [again] = await session.query('select from file where sha = $1', [sha]);
      if (again === undefined) await store.remove(sha);
      await session.query('delete from file_removal where sha = $1', [sha]);
    });
  }
}

/** One at a time for the same content, so that bytes are never removed under a record that is being written. */
async function holdContent(session: Session, sha: string): Promise<void> {
  await session.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`file:${sha}`]);
}
