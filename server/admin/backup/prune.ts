import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { type BackupFolder, backupNames, contentFile, readContents, readManifest } from './backup-folder';

/**
 * Removes the oldest backups but `keep`, then the files that no remaining backup holds, and what a backup that was cut
 * off has left. Gives the names of the removed backups. HASH_MISMATCH, with no file removed, when a remaining backup
 * cannot say what it holds.
 */
export async function pruneBackups(folder: BackupFolder, keep: number): Promise<readonly string[]> {
  const names = await backupNames(folder);
  const old = names.slice(0, Math.max(0, names.length - keep));
  for (const name of old) await rm(path.join(folder.path, name), { recursive: true, force: true });
  for (const name of await readdir(folder.path)) {
    if (name.startsWith('.partial-'))
      await rm(path.join(folder.path, name), { recursive: true, force: true });
  }
  await removeUnheld(folder);
  return old;
}

async function removeUnheld(folder: BackupFolder): Promise<void> {
  const held = new Set<string>();
  for (const name of await backupNames(folder)) {
    const files = await readContents(folder, await readManifest(folder, name));
    for (const { sha256 } of files) held.add(contentFile(folder, sha256));
  }
  const root = path.join(folder.path, 'content');
  for (const entry of await readdir(root, { recursive: true, withFileTypes: true })) {
    const file = path.join(entry.parentPath, entry.name);
    if (entry.isFile() && !held.has(file)) await rm(file, { force: true });
  }
}
