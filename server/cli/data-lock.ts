import { open, readFile, rm, stat } from 'node:fs/promises';
import { uptime } from 'node:os';
import path from 'node:path';

/** Says that a data folder belongs to a running server; the embedded database may be opened only once. */
export class DataInUse extends Error {
  readonly pid: number;

  constructor(pid: number) {
    super(`the data folder is in use by process ${pid}`);
    this.name = 'DataInUse';
    this.pid = pid;
  }
}

/** Takes a data folder for this process; gives the function that frees it. Throws {@link DataInUse}. */
export async function lockData(data: string): Promise<() => Promise<void>> {
  const file = path.join(data, 'server.pid');
  for (;;) {
    try {
      const handle = await open(file, 'wx', 0o600);
      await handle.writeFile(String(process.pid));
      await handle.close();
      return () => rm(file, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const owner = await ownerOf(file);
    if (owner !== null && owner !== process.pid && isRunning(owner)) throw new DataInUse(owner);
    // Left behind by a process that was killed.
    await rm(file, { force: true });
  }
}

/** The process that holds the folder, or null where the note is gone, empty or from before this machine was started. */
async function ownerOf(file: string): Promise<number | null> {
  try {
    const { mtimeMs } = await stat(file);
    const owner = Number(await readFile(file, 'utf8'));
    return owner > 0 && mtimeMs > Date.now() - uptime() * 1_000 ? owner : null;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
