import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { transformFile } from '../../../electron/signing/file-bytes';
import { nodeCrypto } from '../../../shared/node/crypto-port';
import { signPdf } from '../../../shared/signing/index';
import { writeBigPdf } from '../../driver/big-pdf';
import {
  checkFile,
  derOfPem,
  fonts,
  makeNssDatabase,
  makePki,
  makeWorkDir,
  pdfsig,
  removeWorkDir,
  signerOf,
  signingTime,
  type TestPki,
} from './fixtures';

const megabyte = 1024 * 1024;
const allowedGrowth = 64 * megabyte;

let dir: string;
let pki: TestPki;

beforeAll(async () => {
  dir = makeWorkDir();
  pki = await makePki(join(dir, 'pki'));
});

afterAll(() => removeWorkDir(dir));

function digestOfPrefix(path: string, length: number): string {
  const hash = createHash('sha256');
  const file = openSync(path, 'r');
  const block = Buffer.alloc(1024 * 1024);
  for (let left = length; left > 0; ) {
    const count = readSync(file, block, 0, Math.min(block.length, left), null);
    hash.update(block.subarray(0, count));
    left -= count;
  }
  closeSync(file);
  return hash.digest('hex');
}

test.each([100, 300])(
  'a file of %i MB is signed and checked in bounded memory; its first bytes stay as they were',
  async (megabytes) => {
    const [input, output] = [join(dir, `${megabytes}.pdf`), join(dir, `${megabytes}.signed.pdf`)];
    writeBigPdf(input, megabytes);
    const { size } = statSync(input);
    let peak = 0;
    const before = process.memoryUsage.rss();
    const timer = setInterval(() => {
      peak = Math.max(peak, process.memoryUsage.rss());
    }, 5);
    await transformFile(input, output, (source, sink) =>
      signPdf(source, sink, {
        crypto: nodeCrypto,
        fonts,
        signer: signerOf(pki, 'ldld-huyen'),
        field: 'Signature1',
        placement: { page: 0, x: 50, y: 50, w: 100, h: 100 },
        appearance: { kind: 'drawn-seal', organisation: 'Liên đoàn Lao động huyện', superior: null },
        time: signingTime,
      }),
    );
    const { verdict } = await checkFile(output, [derOfPem(pki.root)]);
    clearInterval(timer);
    expect(verdict).toBe('valid');
    expect(peak - before).toBeLessThan(allowedGrowth);
    expect(digestOfPrefix(output, size)).toBe(digestOfPrefix(input, size));
    expect(pdfsig(output, makeNssDatabase(join(dir, `nss-${megabytes}`), pki.root))).toContain(
      'Signature is Valid',
    );
  },
);
