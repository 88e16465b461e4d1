import { mkdir, readdir, rename, rm, stat, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isSha256 } from '@shared/files/kinds';
import { makeFolder, syncFolder } from './durable';
import { isMissing } from './file-errors';

/**
 * The names on disk: `blobs/ab/cd/<sha256>` for content, `tmp/` for what is not finished, `partial/<sha256>` for what goes
 * on after a stop.
 */
export type ContentFolder = {
  pathOf(sha256: string): string;
  temporaryPath(name: string): string;
  partialPath(sha256: string): string;
  /** Moves a finished, flushed file to its place, durably; replaces what is there. */
  place(temporary: string, sha256: string): Promise<void>;
  remove(sha256: string): Promise<void>;
  list(): AsyncGenerator<string>;
};

const keepPartialMs = 30 * 24 * 3_600_000;

/** Opens (or makes) the folders and removes what a crash left unfinished. */
export async function openContentFolder(dir: string): Promise<ContentFolder> {
  const blobs = join(dir, 'blobs');
  const temporaries = join(dir, 'tmp');
  const partials = join(dir, 'partial');
  await rm(temporaries, { recursive: true, force: true });
  await makeFolder(blobs);
  await mkdir(temporaries, { recursive: true });
  await mkdir(partials, { recursive: true });
  await removeOldPartials(partials);
  const pathOf = (sha256: string) => join(blobs, sha256.slice(0, 2), sha256.slice(2, 4), sha256);

  return {
    pathOf,
    temporaryPath: (name) => join(temporaries, name),
    partialPath: (sha256) => join(partials, sha256),
    async place(temporary, sha256) {
      const target = pathOf(sha256);
      await makeFolder(dirname(target));
      await rename(temporary, target);
      await syncFolder(dirname(target));
    },
    async remove(sha256) {
      try {
        await unlink(pathOf(sha256));
      } catch (error) {
        if (isMissing(error)) return;
        throw error;
      }
      await syncFolder(dirname(pathOf(sha256)));
    },
    async *list() {
      for (const first of await readdir(blobs)) {
        for (const second of await readdir(join(blobs, first))) {
          for (const name of await readdir(join(blobs, first, second))) if (isSha256(name)) yield name;
        }
      }
    },
  };
}

/** Parts of files that nobody has gone on with for a month: they are not wanted any more. */
async function removeOldPartials(partials: string): Promise<void> {
  for (const name of await readdir(partials)) {
    const { mtimeMs } = await stat(join(partials, name));
    if (mtimeMs < Date.now() - keepPartialMs) await rm(join(partials, name), { force: true });
  }
}

/** Whether a vault folder holds any content: then its key must not be replaced by a new one. */
export async function hasContent(dir: string): Promise<boolean> {
  try {
    return (await readdir(join(dir, 'blobs'))).length > 0;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}
