import { open, readFile, rm } from 'node:fs/promises';
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
    const owner = Number(await readFile(file, 'utf8').catch(() => ''));
    if (owner > 0 && owner !== process.pid && isRunning(owner)) throw new DataInUse(owner);
    // Left behind by a process that was killed.
    await rm(file, { force: true });
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
