import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Signer } from '../../../shared/signing/index';
import {
  checkFile,
  derOfPem,
  extractCms,
  makeDraft,
  makeNssDatabase,
  makePki,
  makeWorkDir,
  opensslVerify,
  pdfsig,
  qpdfCheck,
  removeWorkDir,
  type TestPki,
} from './fixtures';
import { mutoolVerify } from './independent-tools';
import { newSigner, signFile } from './sign-file';

let dir: string;
let pki: TestPki;
let signers: readonly Signer[];

beforeAll(async () => {
  dir = makeWorkDir();
  pki = await makePki(join(dir, 'pki'));
  // Poppler 22.12 trusts a certificate only the first time that it meets it in a file, so each signature has its own.
  signers = Array.from({ length: 25 }, (_, i) => newSigner(pki, 'EC:P-256', `signer-${i}`));
});

afterAll(() => removeWorkDir(dir));

/** Signs again and again, in a new field each time; gives the files from the draft on. */
async function signInARow(draft: string, count: number): Promise<readonly string[]> {
  const files = [draft];
  for (let i = 0; i < count; i++) {
    const next = draft.replace('.pdf', `.${i + 1}.pdf`);
    const signer = signers[i];
    if (!signer) throw new Error('more signers needed');
    await signFile(files[i] ?? '', next, {
      signer,
      placement: { page: 0, x: 40 + 100 * (i % 5), y: 20 + 32 * Math.floor(i / 5), w: 90, h: 28 },
      appearance: { kind: 'drawn-name', name: `Người ký ${i + 1}` },
    });
    files.push(next);
  }
  return files;
}

test.each([
  [2, false],
  [5, true],
  [25, false],
  [25, true],
])('%i signatures in a row, object streams: %s: each one stays valid', async (count, objectStreams) => {
  const draft = await makeDraft(join(dir, `row-${count}-${objectStreams}.pdf`), { objectStreams });
  const files = await signInARow(draft, count);
  const last = files[count] ?? '';
  for (const [i, file] of files.entries()) {
    const next = files[i + 1];
    const bytes = readFileSync(file);
    if (next) expect(readFileSync(next).subarray(0, bytes.length).equals(bytes)).toBe(true);
  }
  expect(qpdfCheck(last)).toBe(0);
  const report = pdfsig(last, makeNssDatabase(join(dir, `nss-${count}-${objectStreams}`), pki.root));
  expect(report.match(/Signature is Valid/g)).toHaveLength(count);
  expect(report.match(/Certificate is Trusted/g)).toHaveLength(count);
  expect(report.match(/Not total document signed/g)).toHaveLength(count - 1);
  expect(report.split(`Signature #${count}:`)[1]).toContain('Total document signed');
  const [newest] = extractCms(last).slice(-1);
  if (!newest) throw new Error('signature expected');
  expect(opensslVerify(newest, pki.root)).toContain('CAdES Verification successful');
  expect(mutoolVerify(last)).toContain('unchanged since signing');
  const { signatures } = await checkFile(last, [derOfPem(pki.root)]);
  expect(signatures.map(({ integrity, changesAfter }) => [integrity, changesAfter])).toEqual(
    signatures.map((_, i) => ['ok', i === count - 1 ? 'none' : 'signatures']),
  );
  expect(signatures).toHaveLength(count);
});
