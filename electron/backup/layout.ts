import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '@shared/result/result';
import { z } from 'zod';
import { isMissing } from '../vault/file-errors';
import { deriveKey } from '../vault/key-wrap';
import { openSealed, sealBytes } from '../vault/sealed-bytes';

/*
 * A backup is one folder per device, `CongVan-<device>`:
 *   backup.json       in the clear: whose it is, and the master key under the recovery key
 *   blobs/ab/cd/<sha> files of the vault as they lie there (encrypted), each once for all sets
 *   sets/<moment>/    one backup: keys/ and journal/ as they lay in the profile (sealed), and `manifest` (sealed)
 * A set has its name only when it is whole: it is written as `sets/.part` and renamed.
 */

export const headSchema = z.object({
  format: z.literal(1),
  device: z.string(),
  deviceName: z.string(),
  unitName: z.string(),
  kit: z.string(),
  wrapped: z.string(),
});
export type BackupHead = z.infer<typeof headSchema>;

const entrySchema = z.object({
  path: z.string(),
  size: z.number(),
  /** SHA-256 of the bytes as they lie on the disk. */
  digest: z.string(),
});
export type Entry = z.infer<typeof entrySchema>;

export const manifestSchema = z.object({
  format: z.literal(1),
  createdAt: z.string(),
  device: z.string(),
  /** Files of the profile by their path in it. */
  files: z.array(entrySchema),
  /** Files of the vault; `path` is the SHA-256 of the content. */
  blobs: z.array(entrySchema),
  operations: z.number(),
});
export type Manifest = z.infer<typeof manifestSchema>;

export const unfinished = '.part';
const headName = 'backup.json';
const manifestName = 'manifest';
const purpose = 'backup manifest 1';
const setPattern = /^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d$/;

export const headPath = (root: string): string => path.join(root, headName);
export const setsFolder = (root: string): string => path.join(root, 'sets');
export const manifestPath = (set: string): string => path.join(set, manifestName);
export const blobPath = (root: string, sha256: string): string =>
  path.join(root, 'blobs', sha256.slice(0, 2), sha256.slice(2, 4), sha256);

/** Folder of a device inside the folder that a person chose. */
export const rootFor = (folder: string, device: string): string => path.join(folder, `CongVan-${device}`);

/** Name of a set by its moment in Vietnamese time: sets sort by age. */
export const setName = (iso: string): string => iso.slice(0, 19).replaceAll(':', '-');

/** The whole sets of a backup, newest first; none where there is no such folder. */
export async function listSets(root: string): Promise<readonly string[]> {
  try {
    const names = (await readdir(setsFolder(root))).filter((name) => setPattern.test(name));
    return names.sort().reverse();
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

/** BACKUP_NOT_FOUND where this is no folder of a backup. */
export async function readHead(root: string): Promise<BackupHead> {
  try {
    return headSchema.parse(JSON.parse(await readFile(headPath(root), 'utf8')));
  } catch {
    throw new AppError('BACKUP_NOT_FOUND');
  }
}

export function sealManifest(masterKey: Uint8Array, manifest: Manifest): Buffer {
  return sealBytes(deriveKey(masterKey, purpose), Buffer.from(JSON.stringify(manifest), 'utf8'), purpose);
}

/** BACKUP_DAMAGED when the manifest is not there, was changed, or is of another master key. */
export async function readManifest(root: string, set: string, masterKey: Uint8Array): Promise<Manifest> {
  const sealed = await readFile(manifestPath(path.join(setsFolder(root), set))).catch((error: unknown) => {
    if (isMissing(error)) throw new AppError('BACKUP_DAMAGED', 'manifest');
    throw error;
  });
  const bytes = openSealed(deriveKey(masterKey, purpose), sealed, purpose);
  if (bytes === null) throw new AppError('BACKUP_DAMAGED', 'manifest');
  return manifestSchema.parse(JSON.parse(bytes.toString('utf8')));
}
