import { emptiedOf, namesItem } from '@shared/domain/removal';
import type { Operation } from '@shared/sync/operation';
import type { OpResult } from '@shared/sync/protocol';
import { filesIn } from '../rows/file-refs';
import type { RowWriter } from '../rows/row-writer';
import type { Session } from '../storage/port';
import type { Author } from './author';

type StoredOperation = { readonly op: string; readonly body: Operation; readonly result: OpResult };

/** The files of the rows that a removal is about, as they are before it. Nothing for any other operation. */
export function filesToForget(operation: Operation, writer: RowWriter): readonly string[] {
  if (operation.command !== 'intake.purge') return [];
  return operation.changes.flatMap(({ coll, id }) => filesIn(writer.get(coll, id)?.data));
}

/**
 * Takes what was removed out of everything this server keeps besides the rows: the bodies and answers of operations
 * that named the item, and the two values of conflicts about it. Runs under the server's own scope.
 */
export async function forgetRecords(
  session: Session,
  writer: RowWriter,
  operation: Operation,
  { unit }: Author,
): Promise<void> {
  if (operation.command !== 'intake.purge') return;
  for (const { id } of operation.changes) {
    await forgetOperations(session, id, unit);
    const conflicts = await session.query<{ id: string }>(
      `select id from entity where coll = 'conflicts' and unit = $1 and data ->> 'coll' = 'intake'
       and data ->> 'entity' = $2 order by id`,
      [unit, id],
    );
    for (const conflict of conflicts) {
      const settled = { kept: null, lost: null, decision: 'kept', decidedBy: operation.actor } as const;
      await writer.putAsServer('conflicts', conflict.id, settled, unit);
    }
  }
}

async function forgetOperations(session: Session, item: string, unit: string): Promise<void> {
  const found = await session.query<StoredOperation>(
    `select op, body, result from op
     where device in (select id from device where unit = $1) and body::text like '%' || $2 || '%'`,
    [unit, item],
  );
  for (const { op, body, result } of found.filter((stored) => namesItem(stored.body, item))) {
    // What was refused was never applied: it may name the file anywhere, and will not be needed again.
    const emptied = emptiedOf(body, item, result.status === 'rejected');
    const rows = result.rows.filter((row) => row.coll !== 'intake' || row.id !== item);
    await session.query('update op set body = $2::json, result = $3::json where op = $1', [
      op,
      JSON.stringify(emptied),
      JSON.stringify({ ...result, rows }),
    ]);
  }
}

/** Drops the records of files that no row names any more and notes their content for removal. After `publish`. */
export async function forgetFiles(session: Session, files: readonly string[]): Promise<void> {
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
}
