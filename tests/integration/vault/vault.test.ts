import { createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { copyFile, mkdtemp, open, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openEncryptedFile } from '../../../electron/vault/encrypted-file';
import { createEncryptedFile } from '../../../electron/vault/encrypted-sink';
import { openVault, type Vault } from '../../../electron/vault/vault';

const masterKey = randomBytes(32);
const chunk = 256 * 1024;
let dir: string;
let vault: Vault;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'cong-van-vault-'));
  vault = await openVault({ dir, masterKey });
});
afterEach(() => rm(dir, { recursive: true, force: true }));

const digest = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const pathOf = (sha: string) => join(dir, 'blobs', sha.slice(0, 2), sha.slice(2, 4), sha);

async function* inPieces(bytes: Uint8Array, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function readAll(sha: string, range?: { start?: number; end?: number }): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const piece of vault.read(sha, range)) parts.push(piece);
  return Buffer.concat(parts);
}

async function flipByte(path: string, position: number): Promise<void> {
  const handle = await open(path, 'r+');
  const byte = Buffer.alloc(1);
  await handle.read(byte, 0, 1, position);
  byte[0] = (byte[0] ?? 0) ^ 1;
  await handle.write(byte, 0, 1, position);
  await handle.close();
}

describe('content in and out', () => {
  it.each([0, 1, chunk - 1, chunk, chunk + 1, 3 * chunk, 5 * chunk + 77])(
    '%i bytes come back unchanged',
    async (size) => {
      const bytes = randomBytes(size);
      const stored = await vault.put(inPieces(bytes, 100_003));
      expect(stored).toEqual({ sha256: digest(bytes), size, existed: false });
      expect(await vault.size(stored.sha256)).toBe(size);
      expect(await vault.has(stored.sha256)).toBe(true);
      expect((await readAll(stored.sha256)).equals(bytes)).toBe(true);
    },
  );

  it('no plain text lies on the disk', async () => {
    const bytes = Buffer.from('CÔNG ĐOÀN VIỆT NAM '.repeat(40_000));
    const { sha256 } = await vault.put(inPieces(bytes, chunk));
    const onDisk = await readFile(pathOf(sha256));
    expect(onDisk.includes(Buffer.from('CÔNG ĐOÀN'))).toBe(false);
    expect((await stat(pathOf(sha256))).mode & 0o077).toBe(0);
  });

  it('the same bytes are stored once; a damaged copy is replaced by the next good one', async () => {
    const bytes = randomBytes(3 * chunk);
    const { sha256 } = await vault.put(inPieces(bytes, chunk));
    expect((await vault.put(inPieces(bytes, 1000))).existed).toBe(true);
    await flipByte(pathOf(sha256), 256 + chunk + 500);
    expect((await vault.put(inPieces(bytes, chunk))).existed).toBe(false);
    expect((await readAll(sha256)).equals(bytes)).toBe(true);
    expect(await readdir(join(dir, 'tmp'))).toEqual([]);
  });

  it('any part can be read alone', async () => {
    const bytes = randomBytes(4 * chunk + 123);
    const { sha256 } = await vault.put(inPieces(bytes, chunk));
    const file = await vault.open(sha256);
    for (let i = 0; i < 200; i++) {
      const start = Math.floor(Math.random() * bytes.length);
      const length = Math.floor(Math.random() * 2 * chunk);
      expect((await file.read(start, length)).equals(bytes.subarray(start, start + length))).toBe(true);
      const end = Math.min(bytes.length, start + length);
      expect((await readAll(sha256, { start, end })).equals(bytes.subarray(start, end))).toBe(true);
    }
    await file.close();
  });

  it('list and remove', async () => {
    const a = await vault.put(inPieces(Buffer.from('a'), 1));
    const b = await vault.put(inPieces(Buffer.from('b'), 1));
    await vault.remove(a.sha256);
    await vault.remove(a.sha256);
    const left: string[] = [];
    for await (const sha of vault.list()) left.push(sha);
    expect(left).toEqual([b.sha256]);
    await expect(readAll(a.sha256)).rejects.toMatchObject({ code: 'FILE_NOT_FOUND' });
  });

  it('progress counts up to the whole, a cancelled put leaves nothing', async () => {
    const path = join(dir, 'source.bin');
    await writeFile(path, randomBytes(5 * 1024 * 1024));
    const seen: number[] = [];
    await vault.put(path, { onProgress: (done, total) => seen.push(done / (total ?? 1)) });
    expect(seen.at(-1)).toBe(1);
    const control = new AbortController();
    await writeFile(path, randomBytes(5 * 1024 * 1024));
    const cancelled = vault.put(path, { signal: control.signal, onProgress: () => control.abort() });
    await expect(cancelled).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(await readdir(join(dir, 'tmp'))).toEqual([]);
  });

  it('a source that is missing or fails half way is an error and leaves nothing', async () => {
    await expect(vault.put(join(dir, 'missing.pdf'))).rejects.toMatchObject({ code: 'FILE_NOT_FOUND' });
    await expect(vault.put(dir)).rejects.toMatchObject({ code: 'IO' });
    async function* torn() {
      yield randomBytes(chunk);
      throw new Error('line dropped');
    }
    await expect(vault.put(torn())).rejects.toMatchObject({ code: 'IO' });
    expect(await readdir(join(dir, 'tmp'))).toEqual([]);
  });

  it('only a SHA-256 names content', async () => {
    await expect(readAll('../../../etc/passwd')).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    await expect(vault.remove('..')).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });
});

describe('damage is noticed', () => {
  it('one flipped bit anywhere that matters → FILE_DAMAGED_ON_DISK', async () => {
    const bytes = randomBytes(2 * chunk + 1000);
    const { sha256 } = await vault.put(inPieces(bytes, chunk));
    const path = pathOf(sha256);
    const length = (await stat(path)).size;
    const good = join(dir, 'good');
    await copyFile(path, good);
    const header = Array.from({ length: 144 }, (_, i) => i);
    const body = Array.from({ length: 60 }, () => 256 + Math.floor(Math.random() * (length - 256)));
    for (const position of [...header, ...body, 256 + chunk, length - 1]) {
      await flipByte(path, position);
      await expect(readAll(sha256), `byte ${position}`).rejects.toMatchObject({
        code: 'FILE_DAMAGED_ON_DISK',
      });
      await copyFile(good, path);
    }
    expect((await readAll(sha256)).equals(bytes)).toBe(true);
  });

  it('truncated, extended, empty and reordered files → FILE_DAMAGED_ON_DISK', async () => {
    const { sha256 } = await vault.put(inPieces(randomBytes(3 * chunk), chunk));
    const path = pathOf(sha256);
    const good = await readFile(path);
    const stored = chunk + 16;
    const first = good.subarray(256, 256 + stored);
    const second = good.subarray(256 + stored, 256 + 2 * stored);
    const rest = good.subarray(256 + 2 * stored);
    const swapped = Buffer.concat([good.subarray(0, 256), second, first, rest]);
    for (const wrong of [
      swapped,
      good.subarray(0, 256 + stored),
      Buffer.concat([good, first]),
      Buffer.alloc(0),
      good.subarray(0, 100),
    ]) {
      await writeFile(path, wrong);
      await expect(readAll(sha256)).rejects.toMatchObject({ code: 'FILE_DAMAGED_ON_DISK' });
    }
    await writeFile(path, good);
    const file = await vault.open(sha256);
    await truncate(path, 256 + stored);
    await expect(file.read(2 * chunk, 10)).rejects.toMatchObject({ code: 'FILE_DAMAGED_ON_DISK' });
    await file.close();
  });

  it('one content under the name of another → FILE_DAMAGED_ON_DISK', async () => {
    const a = await vault.put(inPieces(Buffer.from('hợp đồng'), 3));
    const b = await vault.put(inPieces(Buffer.from('phụ lục'), 3));
    await copyFile(pathOf(a.sha256), pathOf(b.sha256));
    await expect(readAll(b.sha256)).rejects.toMatchObject({ code: 'FILE_DAMAGED_ON_DISK' });
  });

  it('the store opens only with its own key', async () => {
    await vault.put(inPieces(Buffer.from('x'), 1));
    await expect(openVault({ dir, masterKey: randomBytes(32) })).rejects.toMatchObject({
      code: 'KEY_STORE_LOCKED',
    });
    await expect(openVault({ dir, masterKey })).resolves.toBeDefined();
  });
});

describe('files made elsewhere', () => {
  it('a worker reads one file with its key and writes one that the vault takes over', async () => {
    const bytes = randomBytes(2 * chunk + 5);
    const { sha256 } = await vault.put(inPieces(bytes, chunk));
    const source = await openEncryptedFile(await vault.openFileKey(sha256));
    expect((await source.read(0, source.size)).equals(bytes)).toBe(true);
    await source.close();
    const target = vault.newFile();
    const sink = await createEncryptedFile(target);
    await sink.write(Buffer.from('đã ký'));
    const made = await sink.finish();
    expect(await vault.adopt(target)).toEqual({ ...made, existed: false });
    expect((await readAll(made.sha256)).toString()).toBe('đã ký');
    expect(await readdir(join(dir, 'tmp'))).toEqual([]);
  });

  it('the key of one file opens no other', async () => {
    const a = await vault.put(inPieces(Buffer.from('a'), 1));
    const b = await vault.put(inPieces(Buffer.from('b'), 1));
    const { dataKey } = await vault.openFileKey(a.sha256);
    await expect(openEncryptedFile({ path: pathOf(b.sha256), dataKey })).rejects.toMatchObject({
      code: 'FILE_DAMAGED_ON_DISK',
    });
  });

  it('an unfinished or foreign file is not taken over', async () => {
    const unfinished = vault.newFile();
    const sink = await createEncryptedFile(unfinished);
    await sink.write(randomBytes(chunk));
    await expect(vault.adopt(unfinished)).rejects.toMatchObject({ code: 'FILE_DAMAGED_ON_DISK' });
    await sink.abort();
    const other = vault.newFile();
    const foreign = { ...other, wrappedKey: vault.newFile().wrappedKey };
    const second = await createEncryptedFile(foreign);
    await second.finish();
    await expect(vault.adopt(foreign)).rejects.toMatchObject({ code: 'FILE_DAMAGED_ON_DISK' });
    await vault.discard(foreign);
    expect(await readdir(join(dir, 'tmp'))).toEqual([]);
  });

  it('two files written with one data key share no key stream', async () => {
    const target = vault.newFile();
    const written: Buffer[] = [];
    for (const name of ['one', 'two']) {
      const sink = await createEncryptedFile({ ...target, path: join(dir, name) });
      await sink.write(Buffer.alloc(1000));
      await sink.finish();
      written.push((await readFile(join(dir, name))).subarray(256));
    }
    expect(written[0]?.equals(written[1] ?? Buffer.alloc(0))).toBe(false);
  });
});

/** What this process has read so far from files of any kind. */
function bytesRead(): number {
  return Number(/rchar: (\d+)/.exec(readFileSync('/proc/self/io', 'utf8'))?.[1]);
}

describe('large content', () => {
  it('300 MB: any place without reading the rest, and little memory', async () => {
    const path = join(dir, 'large.bin');
    const handle = await open(path, 'w');
    await handle.truncate(300 * 1024 * 1024);
    const marks = [0, 123_456_789, 300 * 1024 * 1024 - 16];
    for (const mark of marks) await handle.write(Buffer.from(`mark ${mark}`.padEnd(16)), 0, 16, mark);
    await handle.close();
    const { sha256 } = await vault.put(path);
    const before = process.memoryUsage().rss;
    const file = await vault.open(sha256);
    for (const mark of marks) {
      const start = bytesRead();
      expect((await file.read(mark, 16)).toString()).toBe(`mark ${mark}`.padEnd(16));
      expect(bytesRead() - start).toBeLessThan(1024 * 1024);
    }
    await file.close();
    let total = 0;
    for await (const piece of vault.read(sha256)) total += piece.length;
    expect(total).toBe(300 * 1024 * 1024);
    expect(process.memoryUsage().rss - before).toBeLessThan(150 * 1024 * 1024);
  });
});
