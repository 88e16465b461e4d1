import { readdir, readFile, rm, stat } from 'node:fs/promises';
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

/** Removes every unfinished upload that was announced under this SHA-256. */
export async function removeUnfinishedOf(uploads: string, sha256: string): Promise<void> {
  for (const name of await readdir(uploads)) {
    if (!name.endsWith('.json')) continue;
    const note = path.join(uploads, name);
    if (!(await readIfThere(note)).includes(sha256)) continue;
    await rm(note.slice(0, -'.json'.length), { force: true });
    await rm(note, { force: true });
  }
}

async function readIfThere(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
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
