import { readdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '@shared/result/result';
import { dayInHanoi } from '@shared/text/time';
import { beginRestoring, databaseFolder, exists, freeName } from '../journal/rescue';
import { makeFolder, syncFolder } from '../vault/durable';
import { isMissing } from '../vault/file-errors';
import { type BackupHead, listSets, readHead, readManifest } from './layout';
import type { BackupProgress } from './make-backup';
import { type Half, joinHalves } from './recovery-halves';
import { unwrapMasterKey } from './recovery-kit';
import { restoreBlob, restoreJournal, restoreKeys } from './restore-set';

export type FoundBackup = {
  readonly root: string;
  readonly head: BackupHead;
  readonly sets: readonly string[];
};

const stagingName = 'restoring';
const readyName = 'ready';
const restoredParts = ['keys', 'vault', 'journal'] as const;

/** Looks for a backup in a chosen folder, or one level below it. BACKUP_NOT_FOUND. */
export async function findBackup(folder: string): Promise<FoundBackup> {
  const below = await readdir(folder).catch((error: unknown) => {
    if (isMissing(error)) throw new AppError('BACKUP_FOLDER_MISSING');
    throw error;
  });
  const inside = below.filter((name) => name.startsWith('CongVan-')).map((name) => path.join(folder, name));
  for (const root of [folder, ...inside]) {
    const sets = await listSets(root);
    if (sets.length > 0) return { root, head: await readHead(root), sets };
  }
  throw new AppError('BACKUP_NOT_FOUND');
}

/**
 * Makes a whole profile of one set beside the present one; the next start puts it in place. `writeKey` keeps the
 * master key in the folder it gets. Damage of the vault or of the journal costs what it hits: files can be fetched again,
 * and the rescue says which lines it could not read. Errors: KIT_MISMATCH, BACKUP_DAMAGED (keys, manifest), DISK_FULL,
 * CANCELLED; then nothing is changed.
 */
export async function stageRestore(
  profile: string,
  { root, head }: FoundBackup,
  set: string,
  halves: readonly [Half, Half],
  writeKey: (dir: string, masterKey: Uint8Array) => Promise<void>,
  progress: BackupProgress,
  signal: AbortSignal,
): Promise<void> {
  const masterKey = unwrapMasterKey(joinHalves(...halves), head.wrapped);
  const manifest = await readManifest(root, set, masterKey);
  const target = path.join(profile, stagingName);
  await rm(target, { recursive: true, force: true });
  for (const name of restoredParts) await makeFolder(path.join(target, name));
  try {
    const input = { root, set, manifest, target };
    await restoreKeys(input, signal);
    await restoreJournal(input, signal);
    for (const [index, blob] of manifest.blobs.entries()) {
      await restoreBlob(input, blob, signal);
      progress(index + 1, manifest.blobs.length);
    }
    await writeKey(path.join(target, 'keys'), masterKey);
    await writeFile(path.join(target, readyName), '');
    await syncFolder(target);
  } catch (error) {
    await rm(target, { recursive: true, force: true });
    throw error;
  }
}

/**
 * Puts a restored profile in place of the present one, which is kept in a folder of its own. Call before anything of the
 * profile is open; a cut at any moment is made good at the next start. What was restored is then shown and completed by
 * the rescue mode.
 */
export async function settleRestore(profile: string, nowMs: number): Promise<void> {
  const staging = path.join(profile, stagingName);
  if (!(await exists(path.join(staging, readyName)))) return;
  await beginRestoring(profile, 'new-machine');
  const aside = path.join(profile, await freeName(profile, `trước khôi phục-${dayInHanoi(nowMs)}`));
  await makeFolder(aside);
  for (const name of [...restoredParts, databaseFolder]) {
    const restored = await exists(path.join(staging, name));
    // Moved in before a cut: what stands in the profile is the restored part already.
    if (!restored && name !== databaseFolder) continue;
    if (await exists(path.join(profile, name)))
      await rename(path.join(profile, name), path.join(aside, name));
    if (restored) await rename(path.join(staging, name), path.join(profile, name));
  }
  await syncFolder(profile);
  await rm(staging, { recursive: true, force: true });
}
