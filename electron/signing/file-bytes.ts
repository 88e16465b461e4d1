import { type FileHandle, open, rm } from 'node:fs/promises';
import { AppError } from '@shared/result/result';
import type { ByteSink, ByteSource } from '@shared/signing/index';
import { putInPlace } from '../vault/durable';

const pageSize = 64 * 1024;
const cachedPages = 256;

/** A file that is read at any place; close it when done. */
export type FileSource = ByteSource & { readonly close: () => Promise<void> };

/** A new file that appears under its name only when it is complete. */
export type FileSink = ByteSink & {
  /** Flushes to disk and gives the file its name, which survives a power cut as well. */
  readonly commit: () => Promise<void>;
  /** Drops what was written. */
  readonly discard: () => Promise<void>;
};

function ioError(error: unknown): AppError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
  if (code === 'ENOENT') return new AppError('FILE_NOT_FOUND');
  return new AppError(code === 'ENOSPC' ? 'DISK_FULL' : 'IO', code);
}

async function attempt<T>(operation: () => Promise<T>): Promise<T> {
  try {
    return await operation();
  } catch (error) {
    throw ioError(error);
  }
}

/** Opens a file for random access; small reads go through a cache of 16 MB. Throws FILE_NOT_FOUND, FILE_EMPTY, IO. */
export async function openFileSource(path: string): Promise<FileSource> {
  const handle = await attempt(() => open(path, 'r'));
  const { size } = await attempt(() => handle.stat());
  if (size === 0) {
    await handle.close();
    throw new AppError('FILE_EMPTY');
  }
  const pages = new Map<number, Uint8Array>();
  const page = async (index: number): Promise<Uint8Array> => {
    const known = pages.get(index);
    if (known) return known;
    const bytes = await readAt(handle, index * pageSize, Math.min(pageSize, size - index * pageSize));
    if (pages.size >= cachedPages) pages.delete(pages.keys().next().value ?? index);
    pages.set(index, bytes);
    return bytes;
  };
  return {
    size,
    read: async (offset, length, room) => {
      const end = Math.min(size, offset + length);
      if (end <= offset) return new Uint8Array(0);
      const first = Math.floor(offset / pageSize);
      const within = offset - first * pageSize;
      if (end - offset > 4 * pageSize) return readAt(handle, offset, end - offset, room);
      if (within + (end - offset) <= pageSize)
        return (await page(first)).subarray(within, within + end - offset);
      const bytes = new Uint8Array(end - offset);
      for (let index = first; index * pageSize < end; index++) {
        const start = Math.max(offset, index * pageSize);
        const part = (await page(index)).subarray(start - index * pageSize, end - index * pageSize);
        bytes.set(part, start - offset);
      }
      return bytes;
    },
    close: () => handle.close(),
  };
}

async function readAt(
  handle: FileHandle,
  offset: number,
  length: number,
  room?: Uint8Array,
): Promise<Uint8Array> {
  const bytes = room?.subarray(0, length) ?? new Uint8Array(length);
  for (let done = 0; done < length; ) {
    const { bytesRead } = await attempt(() => handle.read(bytes, done, length - done, offset + done));
    if (bytesRead === 0) throw new AppError('IO', 'file became shorter');
    done += bytesRead;
  }
  return bytes;
}

/** Starts a new file beside its final name. Throws IO, DISK_FULL. */
export async function createFileSink(path: string): Promise<FileSink> {
  const partial = `${path}.part`;
  const handle = await attempt(() => open(partial, 'w'));
  return {
    write: async (bytes) => {
      for (let done = 0; done < bytes.length; ) {
        const { bytesWritten } = await attempt(() => handle.write(bytes, done));
        done += bytesWritten;
      }
    },
    commit: async () => {
      await attempt(() => handle.sync());
      await handle.close();
      await attempt(() => putInPlace(partial, path));
    },
    discard: async () => {
      await handle.close();
      await rm(partial, { force: true });
    },
  };
}

/** Bytes in memory as a source. */
export function memorySource(bytes: Uint8Array): ByteSource {
  return { size: bytes.length, read: async (offset, length) => bytes.subarray(offset, offset + length) };
}

/** Runs a step from one file to a new one; the new file exists afterwards only if the step succeeded. */
export async function transformFile<T>(
  input: string,
  output: string,
  step: (source: ByteSource, sink: ByteSink) => Promise<T>,
): Promise<T> {
  const source = await openFileSource(input);
  try {
    const sink = await createFileSink(output);
    try {
      const result = await step(source, sink);
      await sink.commit();
      return result;
    } catch (error) {
      await sink.discard();
      throw error;
    }
  } finally {
    await source.close();
  }
}
