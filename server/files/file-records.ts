import { readableFiles } from '../rows/file-refs';
import type { Database } from '../storage/port';
import { actForServer } from '../storage/scope';
import type { Author } from '../sync/apply-operation';

/** Notes that a verified file is in the store and which device brought it. */
export async function recordUpload(
  database: Database,
  file: { readonly sha256: string; readonly size: number },
  author: Author,
  now: number,
): Promise<void> {
  await database.transaction('read-write', async (session) => {
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

/** Which of these files a unit may read. */
export function filesReadableBy(
  database: Database,
  files: readonly string[],
  unit: string,
): Promise<ReadonlySet<string>> {
  return database.transaction('snapshot', async (session) => {
    await actForServer(session);
    return readableFiles(session, files, unit);
  });
}
