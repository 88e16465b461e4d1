import { execFile, spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openVault } from '../../../electron/vault/vault';
import { bundleForNode } from './bundle';

const run = promisify(execFile);
let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'cong-van-crash-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

describe('SIGKILL during put', () => {
  it('afterwards every content is either absent or complete, and everything reported is there', async () => {
    const program = await bundleForNode('tests/integration/vault/put-forever.ts', join(dir, 'program'));
    const masterKey = randomBytes(32);
    const reported = new Set<string>();
    for (let round = 0; round < 12; round++) {
      for (const sha of await putUntilKilled(program, dir, masterKey, 20 + Math.random() * 150))
        reported.add(sha);
      expect((await readdir(join(dir, 'tmp'))).length).toBeLessThanOrEqual(1);
      const vault = await openVault({ dir, masterKey });
      expect(await readdir(join(dir, 'tmp'))).toEqual([]);
      const present = new Set<string>();
      for await (const sha of vault.list()) {
        const hash = createHash('sha256');
        for await (const piece of vault.read(sha)) hash.update(piece);
        expect(hash.digest('hex')).toBe(sha);
        present.add(sha);
      }
      for (const sha of reported) expect(present.has(sha)).toBe(true);
    }
    expect(reported.size).toBeGreaterThan(12);
  });
});

/** Runs the putting program, kills it `delay` ms after it is ready, gives what it reported as stored. */
function putUntilKilled(program: string, dir: string, masterKey: Buffer, delay: number): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, dir, masterKey.toString('hex')], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      if (output === '') setTimeout(() => child.kill('SIGKILL'), delay);
      output += text;
    });
    child.on('error', reject);
    child.on('close', () => {
      const lines = output.split('\n').slice(0, -1);
      resolve(lines.filter((line) => line.startsWith('done ')).map((line) => line.slice(5)));
    });
  });
}

describe('a full disk', () => {
  it('→ DISK_FULL, and nothing half is left', async (context) => {
    const canMount = await run('unshare', ['-rm', 'mount', '-t', 'tmpfs', 'tmpfs', dir]).then(
      () => true,
      () => false,
    );
    // Mounting a tiny disk needs Linux with user namespaces.
    if (!canMount) return context.skip();
    const program = await bundleForNode('tests/integration/vault/put-once.ts', join(dir, 'program'));
    const source = join(dir, 'source.bin');
    await writeFile(source, randomBytes(8 * 1024 * 1024));
    const small = join(dir, 'small');
    await mkdir(small);
    const script = `mount -t tmpfs -o size=2m tmpfs "$1" && "$2" "$3" "$1" "$4" && find "$1" -type f`;
    const { stdout } = await run('unshare', [
      '-rm',
      'sh',
      '-c',
      script,
      'sh',
      small,
      process.execPath,
      program,
      source,
    ]);
    expect(stdout.trim().split('\n')).toEqual(['DISK_FULL', join(small, 'key-check')]);
  });
});
