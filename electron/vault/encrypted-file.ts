import { createHash, randomBytes } from 'node:crypto';
import { type FileHandle, open, rm } from 'node:fs/promises';
import { readFully, writeFully } from './durable';
import { toFileError } from './file-errors';
import {
  checkSeal,
  chunkOffset,
  damaged,
  decryptChunk,
  defaultChunkSize,
  deriveFileKey,
  encodeHeader,
  encryptChunk,
  type FileHeader,
  headerLength,
  parseHeader,
  saltLength,
  storedLength,
  tagLength,
} from './file-format';

/** Names an encrypted file together with the key for just that file; safe to hand to a worker. */
export type EncryptedFileRef = { readonly path: string; readonly dataKey: Uint8Array };

/** A place for a new encrypted file. `wrappedKey` is the same key as only the vault can open it. */
export type EncryptedTarget = EncryptedFileRef & { readonly wrappedKey: Uint8Array };

/** A {@link ByteSource} over the plain bytes. */
export type EncryptedFile = {
  readonly size: number;
  /** SHA-256 of the plain bytes, in hexadecimal. */
  readonly sha256: string;
  /** Plain bytes per chunk: reads that do not cross a multiple of it cost least. */
  readonly chunkSize: number;
  read(offset: number, length: number): Promise<Buffer>;
  /** Streams `[start, end)` in pieces that never cross a chunk, reading ahead by one. */
  stream(start: number, end: number): AsyncGenerator<Buffer, void, undefined>;
  close(): Promise<void>;
};

export type EncryptedSink = {
  /** Takes plain bytes; the caller may reuse the buffer afterwards. */
  write(bytes: Uint8Array): Promise<void>;
  /** Writes the header, flushes to the disk and closes. Gives digest and size of the plain bytes. */
  finish(): Promise<{ readonly sha256: string; readonly size: number }>;
  /** Closes and removes the unfinished file. */
  abort(): Promise<void>;
};

/**
 * Opens an encrypted file for random access; only the chunks asked for are read and decrypted.
 * Throws FILE_NOT_FOUND, IO, and FILE_DAMAGED_ON_DISK (also from `read`) when any byte is not as it was written.
 */
export function openEncryptedFile(file: EncryptedFileRef): Promise<EncryptedFile> {
  return openWithKey(file.path, () => file.dataKey);
}

/** As {@link openEncryptedFile}, for who finds the data key in the header. */
export async function openWithKey(
  path: string,
  keyOf: (header: FileHeader) => Uint8Array,
): Promise<EncryptedFile> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(path, 'r');
    const bytes = await readFully(handle, 0, Buffer.alloc(headerLength));
    const header = parseHeader(bytes);
    const fileKey = deriveFileKey(keyOf(header), header.salt);
    checkSeal(bytes, fileKey);
    if ((await handle.stat()).size !== storedLength(header)) throw damaged('length');
    return readerOver(handle, header, fileKey);
  } catch (error) {
    await handle?.close();
    throw toFileError(error);
  }
}

function readerOver(handle: FileHandle, header: FileHeader, fileKey: Buffer): EncryptedFile {
  const { size, chunkSize } = header;
  // Parsers read a few bytes here and there: the last chunk is worth keeping.
  let kept: { index: number; plain: Buffer } | undefined;

  function readStored(index: number, into: Buffer): Promise<Buffer> {
    const length = Math.min(chunkSize, size - index * chunkSize) + tagLength;
    return readFully(handle, chunkOffset(index, chunkSize), into.subarray(0, length));
  }

  async function readChunk(index: number): Promise<Buffer> {
    if (kept?.index === index) return kept.plain;
    const stored = await readStored(index, Buffer.allocUnsafe(chunkSize + tagLength));
    const plain = decryptChunk(fileKey, index, stored);
    kept = { index, plain };
    return plain;
  }

  async function read(offset: number, length: number): Promise<Buffer> {
    const start = Math.max(0, offset);
    const end = Math.min(size, start + Math.max(0, length));
    const parts: Buffer[] = [];
    for (let at = start; at < end; ) {
      const index = Math.floor(at / chunkSize);
      const base = index * chunkSize;
      const stop = Math.min(end, base + chunkSize);
      parts.push((await readChunk(index)).subarray(at - base, stop - base));
      at = stop;
    }
    return parts.length === 1 && parts[0] !== undefined ? parts[0] : Buffer.concat(parts);
  }

  async function* stream(start: number, end: number): AsyncGenerator<Buffer, void, undefined> {
    const stop = Math.min(end, size);
    if (start >= stop) return;
    const spare = [
      Buffer.allocUnsafe(chunkSize + tagLength),
      Buffer.allocUnsafe(chunkSize + tagLength),
    ] as const;
    const first = Math.floor(start / chunkSize);
    const last = Math.floor((stop - 1) / chunkSize);
    const readAhead = (index: number) => {
      const reading = readStored(index, spare[(index - first) % 2 === 0 ? 0 : 1]);
      // It may fail while the reader is busy elsewhere; the failure is met at the next `await coming`.
      reading.catch(() => undefined);
      return reading;
    };
    let coming = readAhead(first);
    try {
      for (let index = first; index <= last; index++) {
        const stored = await coming;
        if (index < last) coming = readAhead(index + 1);
        const base = index * chunkSize;
        const plain = decryptChunk(fileKey, index, stored);
        yield plain.subarray(Math.max(0, start - base), stop - base);
      }
    } catch (error) {
      throw toFileError(error);
    } finally {
      // Who stops early closes the file: the read ahead must be over by then, and its outcome no longer matters.
      await coming.catch(() => undefined);
    }
  }

  return {
    size,
    chunkSize,
    sha256: header.sha256.toString('hex'),
    read: (offset, length) => read(offset, length).catch(rethrow),
    stream,
    close: () => handle.close(),
  };
}

/**
 * Begins a new encrypted file at `target.path`, which must not exist. Nothing can be read from it before
 * `finish`. Throws DISK_FULL and IO; after any failure call `abort`.
 */
export async function createEncryptedFile(
  target: EncryptedTarget,
  chunkSize = defaultChunkSize,
): Promise<EncryptedSink> {
  const handle = await open(target.path, 'wx', 0o600).catch((error: unknown) => {
    throw toFileError(error);
  });
  const salt = randomBytes(saltLength);
  const fileKey = deriveFileKey(target.dataKey, salt);
  const hash = createHash('sha256');
  const buffer = Buffer.allocUnsafe(chunkSize);
  let filled = 0;
  let index = 0;
  let size = 0;
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
    const wrappedKey = Buffer.from(target.wrappedKey);
    await writeFully(handle, [encodeHeader({ chunkSize, size, sha256, salt, wrappedKey }, fileKey)], 0);
    await handle.sync();
    await handle.close();
    return { sha256: sha256.toString('hex'), size };
  }

  return {
    write: (bytes) => write(bytes).catch(rethrow),
    finish: () => finish().catch(rethrow),
    async abort() {
      await writing.catch(() => undefined);
      await handle.close();
      await rm(target.path, { force: true });
    },
  };
}

function rethrow(error: unknown): never {
  throw toFileError(error);
}
