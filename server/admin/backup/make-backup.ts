import { mkdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '@shared/result/result';
import type { ContentStore } from '../../files/content-store';
import type { Database, Session } from '../../storage/port';
import { actForServer } from '../../storage/scope';
import {
  type BackupFolder,
  backupNames,
  contentFile,
  hasContent,
  tableFile,
  writeContents,
  writeManifest,
} from './backup-folder';
import type { ContentFile, Manifest } from './manifest';
import { flushToDisk, readPart, writePart } from './parts';
import { backedUpTables, readLines } from './tables';
import { zippedLines } from './zipped-lines';

/** A finished backup; `newFiles` were not in the folder before. */
export type MadeBackup = { readonly manifest: Manifest; readonly newFiles: number };

/** Names what is not finished yet; nobody takes it for a backup. */
const partial = '.partial-';

/** Folders that this process is writing to. */
const busy = new Set<string>();

/**
 * Copies database and content store into a folder of backups while the server runs. The database is one snapshot; the
 * files that it names never change, so they are copied after it. The backup gets its name when it is whole and on disk.
 * SERVER_BUSY while another one is made in the same folder; `now` in milliseconds.
 */
export async function makeBackup(
  database: Database,
  store: ContentStore,
  folder: BackupFolder,
  now: number,
): Promise<MadeBackup> {
  const name = `backup-${new Date(now).toISOString().replace(/[-:]|\.\d+/g, '')}`;
  if (busy.has(folder.path) || (await backupNames(folder)).includes(name)) {
    throw new AppError('SERVER_BUSY', 'another backup is being made');
  }
  busy.add(folder.path);
  const directory = path.join(folder.path, `${partial}${name}`);
  try {
    await mkdir(directory, { mode: 0o700 });
    const snapshot = await database.transaction('snapshot', (session) =>
      copyDatabase(session, directory, folder.key),
    );
    const copied = await copyContents(store, folder, snapshot.files);
    const { files, ...facts } = snapshot;
    const held = files.filter(({ sha256 }) => !copied.absent.includes(sha256));
    const list = await writeContents(directory, held, folder.key);
    const bytes = held.reduce((sum, { size }) => sum + size, 0);
    const manifest: Manifest = {
      format: 1,
      name,
      madeAt: new Date(now).toISOString(),
      ...facts,
      contents: { files: held.length, bytes, ...list },
      absent: [...copied.absent],
    };
    await writeManifest(directory, manifest, folder.key);
    await rename(directory, path.join(folder.path, name));
    await flushToDisk(folder.path);
    return { manifest, newFiles: copied.newFiles };
  } finally {
    await rm(directory, { recursive: true, force: true });
    busy.delete(folder.path);
  }
}

type Snapshot = Pick<Manifest, 'serverId' | 'epoch' | 'schema' | 'migration' | 'lastWork' | 'tables'> & {
  readonly files: readonly ContentFile[];
};

async function copyDatabase(session: Session, directory: string, key: Buffer | null): Promise<Snapshot> {
  await actForServer(session);
  const tables: Manifest['tables'] = [];
  for (const table of await backedUpTables(session)) {
    let rows = 0;
    const counted = async function* () {
      for await (const line of readLines(session, table)) {
        rows++;
        yield line;
      }
    };
    const part = await writePart(path.join(directory, tableFile(table.name)), zippedLines(counted()), key);
    tables.push({ name: table.name, rows, ...part });
  }
  const files = await session.query<ContentFile>('select sha as sha256, size from file order by sha');
  return { ...(await readFacts(session)), tables, files };
}

type Facts = Pick<Manifest, 'serverId' | 'epoch' | 'schema' | 'migration' | 'lastWork'>;

async function readFacts(session: Session): Promise<Facts> {
  const rows = await session.query<Omit<Facts, 'lastWork'> & { last_work: string | null }>(
    `select id as "serverId", epoch, schema, (select max(version) from migration) as migration,
       (select to_char(max(at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') from op) as last_work
     from server`,
  );
  const facts = rows[0];
  if (facts === undefined) throw new AppError('INTERNAL', 'server row');
  const { last_work: lastWork, ...rest } = facts;
  return { ...rest, lastWork: lastWork ?? '' };
}

/** Copies what is new, and names what the store does not have as it should. */
async function copyContents(
  store: ContentStore,
  folder: BackupFolder,
  files: readonly ContentFile[],
): Promise<{ readonly newFiles: number; readonly absent: readonly string[] }> {
  const absent: string[] = [];
  let newFiles = 0;
  for (const file of files) {
    if (await hasContent(folder, file)) continue;
    const target = contentFile(folder, file.sha256);
    await mkdir(path.dirname(target), { recursive: true, mode: 0o700 });
    try {
      await writePart(target, readPart(store.pathOf(file.sha256), file, null), folder.key);
      newFiles++;
    } catch (error) {
      const isGone = error instanceof AppError && ['FILE_NOT_FOUND', 'HASH_MISMATCH'].includes(error.code);
      if (!isGone) throw error;
      await rm(`${target}.new`, { force: true });
      absent.push(file.sha256);
    }
  }
  return { newFiles, absent };
}
