import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { AppError } from '@shared/result/result';
import { parseJson } from '@shared/text/parse-json';
import { beginEncryption, encryptionSchema, hiddenName, openEncryption, sealBytes } from './encryption';
import { type ContentFile, type Manifest, manifestSchema, partSchema } from './manifest';
import { flushToDisk, type Part, readPart, writePart } from './parts';
import { linesOf, zippedLines } from './zipped-lines';

/**
 * A folder of backups. Each backup is a folder of its own with its manifest and the rows of the database; the files of
 * all of them lie together under `content`, by what is in them, each once.
 *
 * ```
 * encryption.json             only where a passphrase was given
 * backup-20260302T011500Z/    manifest, manifest.sum, contents.gz, table-<name>.gz
 * content/ab/<name>           name: the SHA-256, or where encrypted what only the key can make of it
 * ```
 */
export type BackupFolder = { readonly path: string; readonly key: Buffer | null };

const contentFolder = 'content';
const encryptionFile = 'encryption.json';
const backupName = /^backup-[0-9A-Za-z-]+$/;

/** Opens a folder to write into; it is made where it does not exist. INVALID_INPUT as {@link openForReading}. */
export async function openForWriting(folder: string, passphrase: string): Promise<BackupFolder> {
  const isNew = ((await readdirIfThere(folder)) ?? []).length === 0;
  await mkdir(path.join(folder, contentFolder), { recursive: true, mode: 0o700 });
  if (!isNew || passphrase === '') return openForReading(folder, passphrase);
  const { encryption, key } = await beginEncryption(passphrase);
  await writeFile(path.join(folder, encryptionFile), `${JSON.stringify(encryption, null, 2)}\n`, {
    flush: true,
  });
  await flushToDisk(folder);
  return { path: folder, key };
}

/**
 * Opens a folder that has backups. `passphrase` is '' for one that is not encrypted; INVALID_INPUT when it is missing,
 * wrong, or given for a folder that is not encrypted. NOT_FOUND when there is no such folder.
 */
export async function openForReading(folder: string, passphrase: string): Promise<BackupFolder> {
  const stored = await readIfThere(path.join(folder, encryptionFile));
  if (stored === null) {
    if ((await readdirIfThere(folder)) === null) throw new AppError('NOT_FOUND', 'folder of backups');
    if (passphrase !== '') throw new AppError('INVALID_INPUT', 'these backups are not encrypted');
    return { path: folder, key: null };
  }
  if (passphrase === '') throw new AppError('INVALID_INPUT', 'these backups need --passphrase-file');
  const encryption = encryptionSchema.safeParse(parseJson(stored));
  if (!encryption.success) throw new AppError('HASH_MISMATCH', encryptionFile);
  return { path: folder, key: await openEncryption(encryption.data, passphrase) };
}

/** The finished backups of a folder, oldest first. */
export async function backupNames({ path: folder }: BackupFolder): Promise<readonly string[]> {
  return ((await readdirIfThere(folder)) ?? []).filter((name) => backupName.test(name)).sort();
}

/** The backup of this name, or the newest for ''. NOT_FOUND when there is none. */
export async function findBackup(folder: BackupFolder, name: string): Promise<string> {
  const names = await backupNames(folder);
  const found = name === '' ? names.at(-1) : names.find((known) => known === name);
  if (found === undefined) throw new AppError('NOT_FOUND', name === '' ? 'no backup' : `backup ${name}`);
  return found;
}

export function tableFile(table: string): string {
  return `table-${table}.gz`;
}

/** Where the bytes of a file of the content store lie. */
export function contentFile({ path: folder, key }: BackupFolder, sha256: string): string {
  const name = key === null ? sha256 : hiddenName(key, sha256);
  return path.join(folder, contentFolder, name.slice(0, 2), name);
}

const manifestFile = 'manifest';
const manifestSum = 'manifest.sum';

/** Writes the manifest into a backup that is being made: its last file but the sum over it. */
export async function writeManifest(
  directory: string,
  manifest: Manifest,
  key: Buffer | null,
): Promise<void> {
  const bytes = Readable.from([Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`, 'utf8')]);
  const part = await writePart(path.join(directory, manifestFile), bytes, key);
  await writeFile(path.join(directory, manifestSum), `${JSON.stringify(part)}\n`, { flush: true });
  await flushToDisk(directory);
}

/** The manifest of a backup. HASH_MISMATCH when it is not as it was written; UPDATE_REQUIRED for a newer format. */
export async function readManifest(folder: BackupFolder, name: string): Promise<Manifest> {
  const directory = path.join(folder.path, name);
  const sum = partSchema.safeParse(parseJson((await readIfThere(path.join(directory, manifestSum))) ?? ''));
  if (!sum.success) throw new AppError('HASH_MISMATCH', `${name}/${manifestSum}`);
  const written = parseJson(await text(readPart(path.join(directory, manifestFile), sum.data, folder.key)));
  const manifest = manifestSchema.safeParse(written);
  if (!manifest.success) throw new AppError('UPDATE_REQUIRED', `${name} has another format`);
  return manifest.data;
}

const contentsFile = 'contents.gz';

export async function writeContents(
  directory: string,
  files: readonly ContentFile[],
  key: Buffer | null,
): Promise<Part> {
  const lines = files.map(({ sha256, size }) => `${sha256} ${size}\n`);
  return writePart(path.join(directory, contentsFile), zippedLines(lines), key);
}

/** The files of the content store that a backup holds. */
export async function readContents(
  folder: BackupFolder,
  manifest: Manifest,
): Promise<readonly ContentFile[]> {
  const file = path.join(folder.path, manifest.name, contentsFile);
  const files: ContentFile[] = [];
  for await (const line of linesOf(readPart(file, manifest.contents, folder.key))) {
    const [sha256 = '', size = ''] = line.split(' ');
    files.push({ sha256, size: Number(size) });
  }
  return files;
}

/** Whether a folder already has a file of the content store, as far as its size on disk tells. */
export async function hasContent(folder: BackupFolder, file: ContentFile): Promise<boolean> {
  const found = await stat(contentFile(folder, file.sha256)).catch(nullIfMissing);
  return found?.size === file.size + (folder.key === null ? 0 : sealBytes);
}

const readIfThere = (file: string) => readFile(file, 'utf8').catch(nullIfMissing);
const readdirIfThere = (folder: string) => readdir(folder).catch(nullIfMissing);

function nullIfMissing(error: unknown): null {
  if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
  throw error;
}
