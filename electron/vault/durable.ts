import { type FileHandle, mkdir, open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Writes the parts one after another from a place on, however many calls the system needs. */
export async function writeFully(
  handle: FileHandle,
  parts: readonly Uint8Array[],
  position: number,
): Promise<void> {
  let { bytesWritten: done } = await handle.writev(parts, position);
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  if (done === length) return;
  const bytes = Buffer.concat(parts);
  while (done < length) {
    done += (await handle.write(bytes, done, length - done, position + done)).bytesWritten;
  }
}

/** Fills `into` from a place on; gives the filled part, shorter only at the end of the file. */
export async function readFully(handle: FileHandle, position: number, into: Buffer): Promise<Buffer> {
  let done = 0;
  while (done < into.length) {
    const { bytesRead } = await handle.read(into, done, into.length - done, position + done);
    if (bytesRead === 0) break;
    done += bytesRead;
  }
  return into.subarray(0, done);
}

/** Makes a change of names in a folder survive a power cut. Windows has no such call and needs none on NTFS. */
export async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Makes a folder with its parents, durably. */
export async function makeFolder(path: string): Promise<void> {
  const first = await mkdir(path, { recursive: true });
  if (first === undefined) return;
  for (let made = path; made.length >= first.length; made = dirname(made)) await syncFolder(dirname(made));
}

/** Puts a small file in place at once and durably: whoever reads sees the old content or the new, never half. */
export async function replaceFile(path: string, content: string | Uint8Array, mode = 0o600): Promise<void> {
  const temporary = `${path}.new`;
  const handle = await open(temporary, 'w', mode);
  try {
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await putInPlace(temporary, path);
}

/** Gives a complete, synced file its name in the same folder, so that the name too survives a power cut. */
export async function putInPlace(file: string, name: string): Promise<void> {
  await rename(file, name);
  await syncFolder(dirname(name));
}
