import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { AppError } from '@shared/result/result';
import { decrypted, encrypted } from './encryption';

/** One file of a backup by what is in it, before encryption. */
export type Part = { readonly size: number; readonly sha256: string };

/**
 * Writes bytes into a file, encrypted where there is a key; it is on disk under its own name when this returns. Gives
 * what went in.
 */
export async function writePart(
  file: string,
  source: AsyncIterable<Buffer>,
  key: Buffer | null,
): Promise<Part> {
  const temporary = `${file}.new`;
  const measure = new Measure();
  const plain = measure.pass(source);
  await pipeline(key === null ? plain : encrypted(plain, key), createWriteStream(temporary, { mode: 0o600 }));
  await flushToDisk(temporary);
  await rename(temporary, file);
  await flushToDisk(path.dirname(file));
  return measure.part();
}

/**
 * The bytes of a part. They may be believed only after their end, where it throws HASH_MISMATCH when they are not what
 * was expected; FILE_NOT_FOUND when there is no such part.
 */
export async function* readPart(file: string, expected: Part, key: Buffer | null): AsyncGenerator<Buffer> {
  const measure = new Measure();
  const name = path.basename(file);
  try {
    const stored: AsyncIterable<Buffer> = createReadStream(file);
    yield* measure.pass(key === null ? stored : decrypted(stored, key));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw new AppError('FILE_NOT_FOUND', name);
    throw error instanceof AppError ? new AppError(error.code, name) : error;
  }
  const { size, sha256 } = measure.part();
  if (size !== expected.size || sha256 !== expected.sha256) throw new AppError('HASH_MISMATCH', name);
}

/** Size and SHA-256 of bytes that go by. */
class Measure {
  readonly #hash = createHash('sha256');
  #size = 0;

  async *pass(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const chunk of bytes) {
      this.#hash.update(chunk);
      this.#size += chunk.length;
      yield chunk;
    }
  }

  part(): Part {
    return { size: this.#size, sha256: this.#hash.digest('hex') };
  }
}

/** Puts a file, or the names in a folder, on disk. File systems of USB sticks cannot do the latter. */
export async function flushToDisk(file: string): Promise<void> {
  const handle = await open(file, 'r');
  try {
    const isFolder = (await handle.stat()).isDirectory();
    await handle.sync().catch((error: unknown) => {
      const unsupported = ['EINVAL', 'EISDIR', 'EPERM', 'ENOTSUP'];
      if (!isFolder || !unsupported.includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
    });
  } finally {
    await handle.close();
  }
}
