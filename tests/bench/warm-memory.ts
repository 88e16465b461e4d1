import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import path from 'node:path';

const block = new Uint8Array(1024 * 1024).fill(1);

/**
 * Writes and drops a file, so that what is measured next finds memory that was in use a moment ago. A virtual machine gives
 * memory that lies free back to its host, and to touch 100 MB of it again costs more processor time than to sign them.
 * @param megabytes twice what will be written
 */
export function warmMemory(folder: string, megabytes: number): void {
  const file = path.join(folder, 'warm');
  const descriptor = openSync(file, 'w');
  for (let i = 0; i < megabytes; i++) writeSync(descriptor, block);
  closeSync(descriptor);
  rmSync(file);
}
