import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { AppError } from '@shared/result/result';
import { schemaVersion } from '@shared/schema/rows';
import type { ContentStore } from '../../files/content-store';
import { migrate, migrations } from '../../storage/migrate';
import type { Database, Session } from '../../storage/port';
import { actForRestore, actForServer } from '../../storage/scope';
import { type BackupFolder, contentFile, readContents, tableFile } from './backup-folder';
import type { Manifest } from './manifest';
import { readPart } from './parts';
import { backedUpTables, type Table, writeLines } from './tables';
import { verifyBackup } from './verify-backup';
import { linesOf } from './zipped-lines';

/** Where a backup is put back: nothing may be there yet. `uploads` is on the same disk as the store. */
export type RestoreTarget = {
  readonly database: Database;
  readonly store: ContentStore;
  readonly uploads: string;
};

/**
 * Puts a backup into an empty database and store, and begins a new epoch in the same transaction, so that devices send
 * again what it does not hold. Every byte is verified before anything is written: HASH_MISMATCH names the first fault.
 * WRONG_STATE when the database is not empty; UPDATE_REQUIRED for a backup of a newer program. Cut off in between, it
 * can be run again.
 */
export async function restoreBackup(
  target: RestoreTarget,
  folder: BackupFolder,
  name: string,
  epoch: string,
): Promise<Manifest> {
  const { manifest, faults } = await verifyBackup(folder, name);
  if (faults[0] !== undefined) throw new AppError('HASH_MISMATCH', faults[0]);
  await prepareTables(target.database, manifest);
  await restoreContents(target, folder, manifest);
  await target.database.transaction('read-write', async (session) => {
    await actForRestore(session);
    await restoreTables(session, folder, manifest);
    await forgetAbsent(session, manifest.absent);
    await session.query('update server set epoch = $1', [epoch]);
  });
  return manifest;
}

/** Makes the tables as they were when the rows were written; the next start brings them to the present. */
async function prepareTables(database: Database, { migration, schema }: Manifest): Promise<void> {
  if (migration > migrations.length || schema > schemaVersion) {
    throw new AppError('UPDATE_REQUIRED', 'the backup is of a newer program');
  }
  const scripts = migrations.slice(0, migration);
  const passing = { id: 'restore', epoch: 'restore', tokenSecret: '' };
  await migrate(database, () => passing, scripts).catch((error: unknown) => {
    const isNewer = error instanceof AppError && error.code === 'UPDATE_REQUIRED';
    throw isNewer ? new AppError('WRONG_STATE', 'the database is not a new one') : error;
  });
  await refuseUsed(database);
}

/** Only the name that a first start gives a server may be there; the backup brings its own. */
async function refuseUsed(database: Database): Promise<void> {
  await database.transaction('snapshot', async (session) => {
    await actForServer(session);
    for (const { name } of await backedUpTables(session)) {
      if (name === 'server') continue;
      const [row] = await session.query(`select 1 from "${name}" limit 1`);
      if (row !== undefined) throw new AppError('WRONG_STATE', 'the database is not empty');
    }
  });
}

async function restoreContents(
  { store, uploads }: RestoreTarget,
  folder: BackupFolder,
  manifest: Manifest,
): Promise<void> {
  await mkdir(uploads, { recursive: true });
  for (const file of await readContents(folder, manifest)) {
    if ((await store.sizeOf(file.sha256)) === file.size) continue;
    const incoming = path.join(uploads, `restore-${file.sha256}`);
    await pipeline(readPart(contentFile(folder, file.sha256), file, folder.key), createWriteStream(incoming));
    await store.adopt(incoming, file.sha256);
  }
}

async function restoreTables(session: Session, folder: BackupFolder, manifest: Manifest): Promise<void> {
  const tables = await backedUpTables(session);
  if (tables.length !== manifest.tables.length)
    throw new AppError('INTERNAL', 'other tables than in the backup');
  await session.query('delete from server');
  for (const table of tables) await restoreTable(session, folder, manifest, table);
}

async function restoreTable(
  session: Session,
  folder: BackupFolder,
  manifest: Manifest,
  table: Table,
): Promise<void> {
  const part = manifest.tables.find(({ name }) => name === table.name);
  if (part === undefined) throw new AppError('INTERNAL', table.name);
  const file = path.join(folder.path, manifest.name, tableFile(table.name));
  const rows = await writeLines(session, table, linesOf(readPart(file, part, folder.key)));
  if (rows !== part.rows) throw new AppError('HASH_MISMATCH', `table ${table.name}: ${rows} rows`);
}

/** What the backup has no bytes of is asked for again: nobody has sent it yet, as far as this server knows. */
async function forgetAbsent(session: Session, absent: readonly string[]): Promise<void> {
  await session.query('delete from file_upload where sha = any($1::text[])', [absent]);
  await session.query('delete from file where sha = any($1::text[])', [absent]);
}
