import { readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';

/** How long an upload that nobody continues is kept. */
export const keepUnfinishedMs = 7 * 24 * 3_600_000;

/** Removes what was not written to since `before` (milliseconds); each upload is a data file and a note `<id>.json`. */
export async function removeUnfinished(uploads: string, before: number): Promise<void> {
  for (const name of await readdir(uploads)) {
    const file = path.join(uploads, name);
    const data = name.endsWith('.json') ? file.slice(0, -'.json'.length) : file;
    const written = (await modified(data)) ?? (await modified(file));
    if (written !== null && written < before) await rm(file, { force: true });
  }
}

async function modified(file: string): Promise<number | null> {
  try {
    return (await stat(file)).mtimeMs;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
