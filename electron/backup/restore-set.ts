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

/** Puts back everything but the vault, each file compared with its digest. BACKUP_DAMAGED (detail: what). */
export async function restoreProfile(
  { root, set, manifest, target }: RestoreInput,
  signal: AbortSignal,
): Promise<void> {
  for (const entry of manifest.files) {
    if (!allowedPath.test(entry.path)) throw new AppError('BACKUP_DAMAGED', 'path');
    const source = path.join(setsFolder(root), set, entry.path);
    await copyAs(entry, source, path.join(target, entry.path), signal);
  }
  const { operations } = (await LineIndex.of(path.join(target, 'journal'))).summary();
  if (operations !== manifest.operations) throw new AppError('BACKUP_DAMAGED', 'journal');
}

/** Puts one file of the vault back, compared with its digest. BACKUP_DAMAGED (detail: its SHA-256). */
export function restoreBlob(
  { root, target }: RestoreInput,
  entry: Entry,
  signal: AbortSignal,
): Promise<void> {
  return copyAs(entry, blobPath(root, entry.path), restoredBlob(target, entry.path), signal);
}

async function copyAs(entry: Entry, source: string, target: string, signal: AbortSignal): Promise<void> {
  try {
    const { digest } = await copyFile(source, target, signal);
    if (digest === entry.digest) return;
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
  throw new AppError('BACKUP_DAMAGED', entry.path);
}
