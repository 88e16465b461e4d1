import { createHash, randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type FileSource, openFileSource } from '../../../electron/signing/file-bytes';
import { feedByteRange } from '../../../shared/signing/check/byte-range';
import { type ByteSource, copySource } from '../../../shared/signing/index';
import { makeWorkDir, removeWorkDir } from './fixtures';

const megabyte = 1024 * 1024;
const content = randomBytes(6.5 * megabyte);
const start = 3 * megabyte;

let dir: string;
let file: FileSource;

beforeAll(async () => {
  dir = makeWorkDir();
  const path = join(dir, 'big');
  writeFileSync(path, content);
  file = await openFileSource(path);
});

afterAll(async () => {
  await file.close();
  removeWorkDir(dir);
});

/** The file, and how many pieces of memory its blocks came in. */
function watched(): { readonly source: ByteSource; readonly pieces: () => number } {
  const memory = new Set<ArrayBufferLike>();
  const source: ByteSource = {
    size: file.size,
    read: async (...asked) => {
      const bytes = await file.read(...asked);
      memory.add(bytes.buffer);
      return bytes;
    },
  };
  return { source, pieces: () => memory.size };
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

test('a file is copied through one block of memory, byte for byte', async () => {
  const { source, pieces } = watched();
  const written: Buffer[] = [];
  const sink = { write: async (bytes: Uint8Array) => void written.push(Buffer.from(bytes)) };
  const seen = createHash('sha256');
  await copySource(source, sink, (block) => seen.update(block));
  expect(sha256(Buffer.concat(written))).toBe(sha256(content));
  expect(seen.digest('hex')).toBe(sha256(content));
  expect(pieces()).toBe(1);
});

test('what a signature covers is read through one block of memory, on both sides of its hole', async () => {
  const { source, pieces } = watched();
  const hash = createHash('sha256');
  const range = [0, start, start + megabyte, content.length - start - megabyte] as const;
  await feedByteRange(source, range, (bytes) => hash.update(bytes));
  const covered = Buffer.concat([content.subarray(0, start), content.subarray(start + megabyte)]);
  expect(hash.digest('hex')).toBe(sha256(covered));
  expect(pieces()).toBe(1);
});

test('bytes that were read without lending room stay as they are when other places are read', async () => {
  const first = await file.read(0, 2 * megabyte);
  const small = await file.read(5, 100);
  await file.read(start, 2 * megabyte, new Uint8Array(2 * megabyte));
  expect(sha256(first)).toBe(sha256(content.subarray(0, 2 * megabyte)));
  expect(sha256(small)).toBe(sha256(content.subarray(5, 105)));
});
