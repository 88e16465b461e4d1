import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { transformFile } from '../../../electron/signing/file-bytes';
import { nodeCrypto } from '../../../shared/node/crypto-port';
import { signPdf } from '../../../shared/signing/index';
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

/** One page with an uncompressed picture of so many megabytes, as a scan may be. */
function writeBigPdf(path: string, megabytes: number): void {
  const file = openSync(path, 'w');
  const offsets: number[] = [];
  let position = 0;
  const put = (bytes: string | Buffer): void => {
    position += writeSync(file, typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes);
  };
  const object = (num: number, body: string): void => {
    offsets[num] = position;
    put(`${num} 0 obj\n${body}`);
  };
  put('%PDF-1.7\n');
  object(1, '<</Type/Catalog/Pages 2 0 R>>\nendobj\n');
  object(2, '<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n');
  object(3, '<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</XObject<</I 4 0 R>>>>>>\nendobj\n');
  const image = '/Type/XObject/Subtype/Image/Width 1024/BitsPerComponent 8/ColorSpace/DeviceGray';
  object(4, `<<${image}/Height ${megabytes * 1024}/Length ${megabytes * megabyte}>>\nstream\n`);
  const block = Buffer.alloc(megabyte);
  for (let i = 0; i < megabytes; i++) put(block.fill(i & 0xff));
  put('\nendstream\nendobj\n');
  const xref = position;
  const rows = offsets.slice(1).map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`);
  put(
    `xref\n0 5\n0000000000 65535 f \n${rows.join('')}trailer\n<</Size 5/Root 1 0 R>>\nstartxref\n${xref}\n%%EOF\n`,
  );
  closeSync(file);
}

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
