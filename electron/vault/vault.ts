import { createHash, randomUUID, timingSafeEqual } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isSha256 } from '@shared/files/kinds';
import { AppError } from '@shared/result/result';
import { type ContentFolder, openContentFolder } from './content-folder';
import { replaceFile } from './durable';
import {
  type EncryptedFile,
  type EncryptedFileRef,
  type EncryptedTarget,
  openWithKey,
} from './encrypted-file';
import { createEncryptedFile, resumeEncryptedFile } from './encrypted-sink';
import { isMissing, toFileError } from './file-errors';
import { damaged } from './file-format';
import { deriveKey, newWrappedKey, unwrapKey } from './key-wrap';

export type Stored = {
  readonly sha256: string;
  readonly size: number;
  /** The same bytes were already here. */
  readonly existed: boolean;
};

export type PutOptions = {
  /** Told after every piece; `total` is unknown for a stream. */
  readonly onProgress?: (done: number, total: number | undefined) => void;
  readonly signal?: AbortSignal;
};

/** What can be put in: a path, or any stream of bytes. */
export type PutSource = string | AsyncIterable<Uint8Array>;

export type ByteRange = {
  /** First byte, from 0. */
  readonly start?: number;
  /** First byte that is not wanted any more. */
  readonly end?: number;
};

/** Content that comes in pieces, over stops of the program; it is not in the store before `finish`. */
export type PartialContent = {
  /** How many bytes are here. */
  readonly size: () => number;
  /** Takes the bytes that follow. */
  write(bytes: Uint8Array): Promise<void>;
  /** Puts the whole in its place. HASH_MISMATCH when it is not what its name says: then nothing of it is kept. */
  finish(): Promise<void>;
  /** Closes; what is here can be gone on with later, save the last piece of less than a chunk. */
  suspend(): Promise<void>;
  /** Drops what is here. */
  discard(): Promise<void>;
};

/** The content-addressed store: bytes go in once under their SHA-256 and never change. */
export type Vault = {
  put(source: PutSource, options?: PutOptions): Promise<Stored>;
  has(sha256: string): Promise<boolean>;
  /** Size of the plain bytes; FILE_NOT_FOUND when the content is not here. */
  size(sha256: string): Promise<number>;
  /** Opens content for random access; the caller closes it. */
  open(sha256: string): Promise<EncryptedFile>;
  /** Streams content or a part of it in pieces of at most one chunk. */
  read(sha256: string, range?: ByteRange): AsyncGenerator<Buffer, void, undefined>;
  /** Gives what a worker needs to read just this content. */
  openFileKey(sha256: string): Promise<EncryptedFileRef & { readonly size: number }>;
  /** Gives a place and a key for one new file, which a worker may write with `createEncryptedFile`. */
  newFile(): EncryptedTarget;
  /** Takes over a finished new file after reading it through; its digest is worked out here, not believed. */
  adopt(file: EncryptedTarget): Promise<Stored>;
  /** Begins content that is known by its digest only, or goes on with what is here of it. One at a time for each. */
  partial(sha256: string): Promise<PartialContent>;
  /** Drops a new file that is not wanted, finished or not. */
  discard(file: EncryptedTarget): Promise<void>;
  /** Removes content, and what has come of it so far. */
  remove(sha256: string): Promise<void>;
  list(): AsyncGenerator<string>;
};

const readSize = 512 * 1024;

/**
 * Opens the store in `dir` (made when missing). `masterKey` is 32 bytes; only keys derived from it are used.
 * Throws KEY_STORE_LOCKED when the store was made under another key.
 */
export async function openVault(input: { dir: string; masterKey: Uint8Array }): Promise<Vault> {
  try {
    const folder = await openContentFolder(input.dir);
    await checkMasterKey(input.dir, input.masterKey);
    return vaultOver(folder, deriveKey(input.masterKey, 'vault wrapping key 1'));
  } catch (error) {
    throw toFileError(error);
  }
}

/** A wrong key would make every file look damaged, and new files unreadable for the right key. */
async function checkMasterKey(dir: string, masterKey: Uint8Array): Promise<void> {
  const path = join(dir, 'key-check');
  const expected = deriveKey(masterKey, 'vault key check 1');
  const stored = await readFile(path).catch((error: unknown) => {
    if (isMissing(error)) return undefined;
    throw error;
  });
  if (stored === undefined) return replaceFile(path, expected);
  if (stored.length !== expected.length || !timingSafeEqual(stored, expected)) {
    throw new AppError('KEY_STORE_LOCKED', 'the store belongs to another key');
  }
}

function vaultOver(folder: ContentFolder, wrappingKey: Buffer): Vault {
  let committing: Promise<unknown> = Promise.resolve();

  async function openContent(sha256: string): Promise<EncryptedFile & { readonly dataKey: Uint8Array }> {
    if (!isSha256(sha256)) throw new AppError('INVALID_INPUT', 'sha256');
    let dataKey: Uint8Array = new Uint8Array();
    const file = await openWithKey(folder.pathOf(sha256), (header) => {
      dataKey = unwrapKey(wrappingKey, header.wrappedKey);
      return dataKey;
    });
    if (file.sha256 === sha256) return { ...file, dataKey };
    await file.close();
    throw damaged('name');
  }

  /** A copy that is already here counts only if it can still be read to its end. */
  async function isSound(sha256: string): Promise<boolean> {
    try {
      const file = await openContent(sha256);
      try {
        return (await digestOf(file)) === sha256;
      } finally {
        await file.close();
      }
    } catch (error) {
      const code = toFileError(error).code;
      if (code === 'FILE_NOT_FOUND' || code === 'FILE_DAMAGED_ON_DISK') return false;
      throw error;
    }
  }

  async function commit(temporary: string, sha256: string): Promise<boolean> {
    if (await isSound(sha256)) {
      await rm(temporary, { force: true });
      return true;
    }
    await folder.place(temporary, sha256);
    return false;
  }

  /** One at a time, so that two copies of the same new content never replace each other. */
  function commitInTurn(temporary: string, sha256: string): Promise<boolean> {
    const turn = committing.then(
      () => commit(temporary, sha256),
      () => commit(temporary, sha256),
    );
    committing = turn.catch(() => undefined);
    return turn;
  }

  function newFile(): EncryptedTarget {
    return { path: folder.temporaryPath(randomUUID()), ...newWrappedKey(wrappingKey) };
  }

  async function put(source: PutSource, options: PutOptions = {}): Promise<Stored> {
    const target = newFile();
    const sink = await createEncryptedFile(target);
    try {
      const { chunks, total } = await openSource(source);
      let done = 0;
      for await (const piece of chunks) {
        if (options.signal?.aborted) throw new AppError('CANCELLED');
        await sink.write(piece);
        done += piece.length;
        options.onProgress?.(done, total);
      }
      if (options.signal?.aborted) throw new AppError('CANCELLED');
      const { sha256, size } = await sink.finish();
      return { sha256, size, existed: await commitInTurn(target.path, sha256) };
    } catch (error) {
      await sink.abort();
      throw toFileError(error);
    }
  }

  async function partial(sha256: string): Promise<PartialContent> {
    if (!isSha256(sha256)) throw new AppError('INVALID_INPUT', 'sha256');
    const path = folder.partialPath(sha256);
    let sink = await resumeEncryptedFile(path, (wrappedKey) => unwrapKey(wrappingKey, wrappedKey));
    if (sink === null) {
      await rm(path, { force: true });
      sink = await createEncryptedFile({ path, ...newWrappedKey(wrappingKey) });
    }
    const unfinished = sink;
    return {
      size: () => unfinished.size(),
      write: (bytes) => unfinished.write(bytes),
      suspend: () => unfinished.suspend(),
      discard: () => unfinished.abort(),
      async finish() {
        const whole = await unfinished.finish();
        if (whole.sha256 === sha256) return void (await commitInTurn(path, sha256));
        await rm(path, { force: true });
        throw new AppError('HASH_MISMATCH');
      },
    };
  }

  async function adopt(target: EncryptedTarget): Promise<Stored> {
    const file = await openWithKey(target.path, (header) => {
      const dataKey = unwrapKey(wrappingKey, header.wrappedKey);
      if (!timingSafeEqual(dataKey, target.dataKey)) throw damaged('wrapped key');
      return dataKey;
    });
    try {
      const sha256 = await digestOf(file);
      if (sha256 !== file.sha256) throw damaged('digest');
      await file.close();
      return { sha256, size: file.size, existed: await commitInTurn(target.path, sha256) };
    } catch (error) {
      throw toFileError(error);
    } finally {
      await file.close();
    }
  }

  async function* read(sha256: string, range: ByteRange = {}): AsyncGenerator<Buffer, void, undefined> {
    const file = await openContent(sha256);
    try {
      yield* file.stream(Math.max(0, range.start ?? 0), range.end ?? file.size);
    } finally {
      await file.close();
    }
  }

  return {
    put,
    partial,
    adopt,
    newFile,
    read,
    open: openContent,
    discard: (target) => rm(target.path, { force: true }),
    async has(sha256) {
      if (!isSha256(sha256)) return false;
      try {
        return (await stat(folder.pathOf(sha256))).isFile();
      } catch (error) {
        if (isMissing(error)) return false;
        throw toFileError(error);
      }
    },
    async size(sha256) {
      const file = await openContent(sha256);
      await file.close();
      return file.size;
    },
    async openFileKey(sha256) {
      const file = await openContent(sha256);
      await file.close();
      return { path: folder.pathOf(sha256), dataKey: file.dataKey, size: file.size };
    },
    async remove(sha256) {
      if (!isSha256(sha256)) throw new AppError('INVALID_INPUT', 'sha256');
      try {
        await rm(folder.partialPath(sha256), { force: true });
        await folder.remove(sha256);
      } catch (error) {
        throw toFileError(error);
      }
    },
    list: () => folder.list(),
  };
}

async function openSource(
  source: PutSource,
): Promise<{ chunks: AsyncIterable<Uint8Array>; total: number | undefined }> {
  if (typeof source !== 'string') return { chunks: source, total: undefined };
  const info = await stat(source);
  if (!info.isFile()) throw new AppError('IO', 'not a file');
  return { chunks: createReadStream(source, { highWaterMark: readSize }), total: info.size };
}

async function digestOf(file: EncryptedFile): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of file.stream(0, file.size)) hash.update(piece);
  return hash.digest('hex');
}
