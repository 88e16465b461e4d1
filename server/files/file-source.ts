import { type FileHandle, open } from 'node:fs/promises';
import type { ByteSource } from '@shared/signing/index';

/** Opens a stored file for one use as random access to its bytes. Errors of the file system are those of Node. */
export async function withFileSource<T>(file: string, use: (source: ByteSource) => Promise<T>): Promise<T> {
  const handle = await open(file, 'r');
  try {
    const { size } = await handle.stat();
    return await use({
      size,
      read: (offset, length) => readAt(handle, offset, Math.min(length, size - offset)),
    });
  } finally {
    await handle.close();
  }
}

async function readAt(handle: FileHandle, offset: number, length: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(Math.max(0, length));
  for (let done = 0; done < bytes.length; ) {
    const { bytesRead } = await handle.read(bytes, done, bytes.length - done, offset + done);
    if (bytesRead === 0) throw new Error('file became shorter');
    done += bytesRead;
  }
  return bytes;
}
