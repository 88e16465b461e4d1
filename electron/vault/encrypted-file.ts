import { type FileHandle, open } from 'node:fs/promises';
import { readFully } from './durable';
import { toFileError } from './file-errors';
import {
  checkSeal,
  chunkOffset,
  damaged,
  decryptChunk,
  deriveFileKey,
  type FileHeader,
  headerLength,
  parseHeader,
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

function rethrow(error: unknown): never {
  throw toFileError(error);
}
