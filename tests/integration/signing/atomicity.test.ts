import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path, { join } from 'node:path';
import { afterAll, assert, beforeAll, expect, test } from 'vitest';
import {
  makeDraft,
  makePki,
  makeWorkDir,
  pdfsigReport,
  qpdfCheck,
  removeWorkDir,
  type TestPki,
} from './fixtures';
import { writeRawPdf } from './raw-pdf';

const rounds = 100;
const program = path.resolve('out', 'command-line', 'sign.js');

let dir: string;
let pki: TestPki;
let key: readonly string[];

beforeAll(async () => {
  dir = makeWorkDir();
  pki = await makePki(join(dir, 'pki'));
  writeFileSync(join(dir, 'password'), pki.password);
  key = ['--p12', pki.p12['cdcs'] ?? '', '--password-file', join(dir, 'password')];
  execFileSync('node', [path.resolve('build', 'sign.mjs'), '--help'], { stdio: 'pipe' });
});

afterAll(() => removeWorkDir(dir));

/** A page with a picture of so many megabytes, so that writing takes a while. */
function bigDraft(megabytes: number): string {
  const length = megabytes * 1024 * 1024;
  const picture = `/Type/XObject/Subtype/Image/Width 1024/Height ${megabytes * 1024}/BitsPerComponent 8`;
  const objects = [
    '<</Type/Catalog/Pages 2 0 R>>',
    '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    '<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</XObject<</I 4 0 R>>>>>>',
    `<<${picture}/ColorSpace/DeviceGray/Length ${length}>>\nstream\n${'7'.repeat(length)}\nendstream`,
  ];
  return writeRawPdf(join(dir, `big-${megabytes}.pdf`), { objects });
}

/** Starts a signing and kills it after a while; gives how long it took where it came to its end before. */
function signAndKill(input: string, output: string, after: number): Promise<number | null> {
  const start = performance.now();
  return new Promise((resolve) => {
    const child = spawn('node', [program, input, output, ...key], { stdio: 'ignore' });
    const timer = setTimeout(() => child.kill('SIGKILL'), after);
    child.once('exit', (code) => {
      clearTimeout(timer);
      resolve(code === 0 ? performance.now() - start : null);
    });
  });
}

/** The signature is there, and its byte range ends where the file does. */
function expectComplete(file: string): void {
  const text = readFileSync(file).toString('latin1');
  const [, , holeEnd = 0, tail = 0] = (/\/ByteRange \[([\d ]+)\]/.exec(text)?.[1] ?? '')
    .trim()
    .split(' ')
    .map(Number);
  expect(holeEnd + tail).toBe(text.length);
  expect(text).toMatch(/\/Contents <30[0-9A-F]{100}/);
}

test(`killed at random moments during ${rounds} signings: the output is absent or complete`, async () => {
  const input = bigDraft(24);
  let whole = await signAndKill(input, join(dir, 'whole.pdf'), 60_000);
  assert(whole !== null);
  const output = join(dir, 'killed.pdf');
  const seen = { absent: 0, complete: 0, interrupted: 0 };
  for (let i = 0; i < rounds; i++) {
    rmSync(output, { force: true });
    const took: number | null = await signAndKill(input, output, whole * (0.2 + Math.random()));
    if (took === null) seen.interrupted += 1;
    // A machine that was busy at first may be fast later.
    else whole = took;
    if (!existsSync(output)) {
      seen.absent += 1;
      continue;
    }
    seen.complete += 1;
    expectComplete(output);
  }
  expect(seen.interrupted).toBeGreaterThan(10);
  expect(seen.absent).toBeGreaterThan(0);
  expect(await signAndKill(input, output, 60_000)).not.toBeNull();
  expect(qpdfCheck(output)).toBe(0);
  expect(pdfsigReport(output)).toContain('Signature is Valid');
}, 300_000);

test('a disk that takes no more: a code, no output file, and no piece of it', async () => {
  const input = await makeDraft(join(dir, 'draft.pdf'));
  const blocks = Math.ceil(readFileSync(input).length / 512) + 8;
  // A limit on the size of files refuses the writing just as a full disk does; the signal is ignored, as on a full disk.
  const script = `trap '' XFSZ; ulimit -f ${blocks}; exec node "$@"`;
  const output = join(dir, 'full.pdf');
  const ended = spawnSync('bash', ['-c', script, 'bash', program, input, output, ...key], {
    encoding: 'utf8',
  });
  expect(ended.status).toBe(1);
  expect(ended.stderr).toMatch(/^(DISK_FULL|IO)/);
  expect(readdirSync(dir).filter((name) => name.startsWith('full'))).toEqual([]);
});

test('a folder that does not exist: a code', async () => {
  const input = await makeDraft(join(dir, 'draft-2.pdf'));
  const ended = spawnSync('node', [program, input, join(dir, 'none', 'out.pdf'), ...key], {
    encoding: 'utf8',
  });
  expect(ended.status).toBe(2);
  expect(ended.stderr).toMatch(/^FILE_NOT_FOUND/);
});
