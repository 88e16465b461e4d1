import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';

/** Files by content under `DIR/ab/cd/<sha256>`. The bytes are exactly those that came. */
export type ContentStore = {
  /** Where a file lies or would lie. `sha` must have been checked. */
  readonly pathOf: (sha: string) => string;
  /** Size in bytes, or null when the store does not have it. */
  readonly sizeOf: (sha: string) => Promise<number | null>;
  /** Takes a whole, verified file in by renaming it; it is on disk when this returns. */
  readonly adopt: (source: string, sha: string) => Promise<void>;
  /** Removes content for good; what is not there is removed already. */
  readonly remove: (sha: string) => Promise<void>;
};

export function openContentStore(directory: string): ContentStore {
  const pathOf = (sha: string) => path.join(directory, sha.slice(0, 2), sha.slice(2, 4), sha);
  return {
    pathOf,
    sizeOf: async (sha) => {
      try {
        return (await stat(pathOf(sha))).size;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
        throw error;
      }
    },
    adopt: async (source, sha) => {
      const target = pathOf(sha);
      await mkdir(path.dirname(target), { recursive: true });
      await syncToDisk(source);
      await rename(source, target);
      await syncToDisk(path.dirname(target));
      await rm(source, { force: true });
    },
    remove: async (sha) => {
      await rm(pathOf(sha), { force: true });
    },
  };
}

async function syncToDisk(file: string): Promise<void> {
  const handle = await open(file, 'r');
  try {
    await handle.sync();
  } catch (error) {
    // Windows cannot flush a folder; the rename itself is journalled there.
    if (process.platform !== 'win32') throw error;
  } finally {
    await handle.close();
  }
}

/** SHA-256 of a file in lower-case hex, and its size in bytes. */
export async function hashFile(file: string): Promise<{ readonly sha256: string; readonly size: number }> {
  const hash = createHash('sha256');
  let size = 0;
  await pipeline(createReadStream(file), async (chunks: AsyncIterable<Buffer>) => {
    for await (const chunk of chunks) {
      hash.update(chunk);
      size += chunk.length;
    }
  });
  return { sha256: hash.digest('hex'), size };
}
