import { rm } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '@shared/result/result';
import { LineIndex } from '../journal/line-index';
import { isMissing } from '../vault/file-errors';
import { copyFile } from './copy-file';
import { blobPath, type Entry, type Manifest, setsFolder } from './layout';

export type RestoreInput = {
  readonly root: string;
  readonly set: string;
  readonly manifest: Manifest;
  /** Takes `keys`, `journal` and `vault`; must not hold any of them. */
  readonly target: string;
};

/** Only what a backup is known to hold is put back, whatever a manifest says. */
const allowedPath = /^(?:keys|journal)\/[A-Za-z0-9][A-Za-z0-9.-]*$/;

/** Path of a file of the vault inside a restored profile. */
export const restoredBlob = (target: string, sha256: string): string =>
  blobPath(path.join(target, 'vault'), sha256);

/** Puts the keys back, each file compared with its digest. BACKUP_DAMAGED (detail: which). */
export async function restoreKeys(input: RestoreInput, signal: AbortSignal): Promise<void> {
  for (const entry of partOf(input.manifest, 'keys/')) {
    if (!(await restoreFile(input, entry, signal))) throw new AppError('BACKUP_DAMAGED', entry.path);
  }
}

/**
 * Puts the journal back. Gives whether it is whole: a damaged segment is put back as it is, because each of its lines
 * stands for itself.
 */
export async function restoreJournal(input: RestoreInput, signal: AbortSignal): Promise<boolean> {
  let whole = true;
  for (const entry of partOf(input.manifest, 'journal/'))
    whole = (await restoreFile(input, entry, signal)) && whole;
  const { operations } = (await LineIndex.of(path.join(input.target, 'journal'))).summary();
  return whole && operations === input.manifest.operations;
}

/** Puts one file of the vault back. Gives whether it is sound; one that is not is left out. */
export async function restoreBlob(input: RestoreInput, entry: Entry, signal: AbortSignal): Promise<boolean> {
  const target = restoredBlob(input.target, entry.path);
  if (await copyAs(entry, blobPath(input.root, entry.path), target, signal)) return true;
  await rm(target, { force: true });
  return false;
}

function partOf({ files }: Manifest, folder: string): readonly Entry[] {
  for (const file of files) if (!allowedPath.test(file.path)) throw new AppError('BACKUP_DAMAGED', 'path');
  return files.filter((file) => file.path.startsWith(folder));
}

function restoreFile(
  { root, set, target }: RestoreInput,
  entry: Entry,
  signal: AbortSignal,
): Promise<boolean> {
  return copyAs(entry, path.join(setsFolder(root), set, entry.path), path.join(target, entry.path), signal);
}

/** Copies a file; gives whether it was there with the digest that it had. */
async function copyAs(entry: Entry, source: string, target: string, signal: AbortSignal): Promise<boolean> {
  try {
    return (await copyFile(source, target, signal)).digest === entry.digest;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}
