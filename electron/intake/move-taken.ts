import { lstat, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { numberedName, takenFolderName } from '@shared/files/folder-names';
import { makeFolder, syncFolder } from '../vault/durable';
import { isMissing } from '../vault/file-errors';
import { type FileVersion, isSameVersion, versionOf } from './take-file';

/**
 * Moves a taken file into the subfolder for taken files, under its own name or the next free one. Gives false
 * and leaves the file where it was when it is no longer the version that was taken.
 */
export async function moveTaken(dir: string, name: string, taken: FileVersion): Promise<boolean> {
  const source = join(dir, name);
  if (!isSameVersion(await versionOf(source), taken)) return false;
  const folder = join(dir, takenFolderName);
  await makeFolder(folder);
  const target = await freePath(folder, name);
  await rename(source, target);
  // Somebody may have written between the look and the move: then it goes back, to be taken as it is now.
  const same = isSameVersion(await versionOf(target), taken);
  if (!same) await rename(target, await freePath(dir, name));
  await syncFolder(folder);
  await syncFolder(dir);
  return same;
}

/** Gives a path that nothing has yet: a rename would silently replace what is there. */
async function freePath(folder: string, name: string): Promise<string> {
  for (let n = 1; ; n++) {
    const path = join(folder, numberedName(name, n));
    const taken = await lstat(path).then(
      () => true,
      (error: unknown) => {
        if (isMissing(error)) return false;
        throw error;
      },
    );
    if (!taken) return path;
  }
}
