import { createHash, type Hash, randomBytes } from 'node:crypto';
import { type FileHandle, open, rm } from 'node:fs/promises';
import { readFully, writeFully } from './durable';
import type { EncryptedTarget } from './encrypted-file';
import { isMissing, toFileError } from './file-errors';
import {
  chunkOffset,
  decryptChunk,
  defaultChunkSize,
  deriveFileKey,
  encodeDraft,
  encodeHeader,
  encryptChunk,
  headerLength,
  parseDraft,
  saltLength,
  tagLength,
} from './file-format';

export type EncryptedSink = {
  /** Plain bytes that are in so far. */
  readonly size: () => number;
  /** Takes plain bytes; the caller may reuse the buffer afterwards. */
  write(bytes: Uint8Array): Promise<void>;
  /** Writes the header, flushes to the disk and closes. Gives digest and size of the plain bytes. */
  finish(): Promise<{ readonly sha256: string; readonly size: number }>;
  /** Closes; whole chunks stay, for {@link resumeEncryptedFile}. */
  suspend(): Promise<void>;
  /** Closes and removes the unfinished file. */
  abort(): Promise<void>;
};

/** An unfinished file as it stands: where the next chunk goes, and the digest of what is in. */
type Draft = {
  readonly path: string;
  readonly handle: FileHandle;
  readonly fileKey: Buffer;
  readonly salt: Buffer;
  readonly wrappedKey: Buffer;
  readonly chunkSize: number;
  readonly hash: Hash;
  readonly chunks: number;
};

/**
 * Begins a new encrypted file at `target.path`, which must not exist. Nothing can be read from it before
 * `finish`. Throws DISK_FULL and IO; after any failure call `abort`.
 */
export async function createEncryptedFile(
  target: EncryptedTarget,
  chunkSize = defaultChunkSize,
): Promise<EncryptedSink> {
  const { path } = target;
  const handle = await open(path, 'wx', 0o600).catch(rethrow);
  const salt = randomBytes(saltLength);
  const wrappedKey = Buffer.from(target.wrappedKey);
  try {
    await writeFully(handle, [encodeDraft({ chunkSize, salt, wrappedKey })], 0);
  } catch (error) {
    await handle.close();
    await rm(path, { force: true });
    throw toFileError(error);
  }
  const fileKey = deriveFileKey(target.dataKey, salt);
  return sinkOver({
    path,
    handle,
    fileKey,
    salt,
    wrappedKey,
    chunkSize,
    hash: createHash('sha256'),
    chunks: 0,
  });
}

/**
 * Takes up what {@link createEncryptedFile} began and `suspend` or a crash left: every whole chunk is read and checked again, what follows the last
 * good one is cut off. Null when there is nothing to take up.
 */
export async function resumeEncryptedFile(
  path: string,
  keyOf: (wrappedKey: Uint8Array) => Uint8Array,
): Promise<EncryptedSink | null> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(path, 'r+');
    const header = parseDraft(await readFully(handle, 0, Buffer.alloc(headerLength)));
    if (header === null) {
      await handle.close();
      return null;
    }
    const fileKey = deriveFileKey(keyOf(header.wrappedKey), header.salt);
    const hash = createHash('sha256');
    const chunks = await readWholeChunks(
      handle,
      fileKey,
      header.chunkSize,
      (plain) => void hash.update(plain),
    );
    await handle.truncate(chunkOffset(chunks, header.chunkSize));
    return sinkOver({ path, handle, fileKey, ...header, hash, chunks });
  } catch (error) {
    await handle?.close();
    if (isMissing(error)) return null;
    throw toFileError(error);
  }
}

/** Gives how many chunks from the first one on are whole and as they were written. */
async function readWholeChunks(
  handle: FileHandle,
  fileKey: Buffer,
  chunkSize: number,
  take: (plain: Buffer) => void,
): Promise<number> {
  const stored = Buffer.allocUnsafe(chunkSize + tagLength);
  for (let index = 0; ; index++) {
    const read = await readFully(handle, chunkOffset(index, chunkSize), stored);
    if (read.length < stored.length) return index;
    try {
      take(decryptChunk(fileKey, index, read));
    } catch (error) {
      // Torn by a power cut: from here on it is fetched again.
      if (toFileError(error).code === 'FILE_DAMAGED_ON_DISK') return index;
      throw error;
    }
  }
}

function sinkOver(draft: Draft): EncryptedSink {
  const { path, handle, fileKey, salt, wrappedKey, chunkSize, hash } = draft;
  const buffer = Buffer.allocUnsafe(chunkSize);
  let filled = 0;
  let index = draft.chunks;
  let size = draft.chunks * chunkSize;
  let writing: Promise<void> = Promise.resolve();

  // One chunk is on its way to the disk while the next is hashed and encrypted.
  async function flush(plain: Uint8Array): Promise<void> {
    const stored = encryptChunk(fileKey, index, plain);
    await writing;
    writing = writeFully(handle, stored, chunkOffset(index, chunkSize));
    // The failure surfaces at the next `await writing`; until then it must not count as unhandled.
    writing.catch(() => undefined);
    index += 1;
  }

  async function write(bytes: Uint8Array): Promise<void> {
    hash.update(bytes);
    size += bytes.length;
    let at = 0;
    while (at < bytes.length) {
      if (filled === 0 && bytes.length - at >= chunkSize) {
        await flush(bytes.subarray(at, at + chunkSize));
        at += chunkSize;
        continue;
      }
      const take = Math.min(chunkSize - filled, bytes.length - at);
      buffer.set(bytes.subarray(at, at + take), filled);
      filled += take;
      at += take;
      if (filled === chunkSize) {
        await flush(buffer);
        filled = 0;
      }
    }
  }

  async function finish() {
    if (filled > 0) await flush(buffer.subarray(0, filled));
    await writing;
    const sha256 = hash.digest();
    await writeFully(handle, [encodeHeader({ chunkSize, size, sha256, salt, wrappedKey }, fileKey)], 0);
    await handle.sync();
    await handle.close();
    return { sha256: sha256.toString('hex'), size };
  }

  // What a write that failed leaves behind is found and cut off when the file is taken up again, or removed.
  async function close(): Promise<void> {
    await writing.catch(() => undefined);
    await handle.close();
  }

  return {
    size: () => size,
    write: (bytes) => write(bytes).catch(rethrow),
    finish: () => finish().catch(rethrow),
    suspend: close,
    async abort() {
      await close();
      await rm(path, { force: true });
    },
  };
}

function rethrow(error: unknown): never {
  throw toFileError(error);
}
