import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkTrustingAll } from './check-trusting-all';
import { makeWorkDir, pdfsigReport, removeWorkDir } from './fixtures';

type Expected = {
  readonly field: string;
  readonly integrity: string;
  readonly coverage: string;
  readonly changesAfter: string;
  readonly docMdp: number | null;
};

const folder = path.join(import.meta.dirname, 'samples', 'pyhanko');
const frozen: Readonly<Record<string, readonly Expected[]>> = JSON.parse(
  readFileSync(path.join(folder, 'expected.json'), 'utf8'),
);
const files = readdirSync(folder).filter((name) => name.endsWith('.pdf'));

/** Where poppler's count of valid signatures is another one than ours, and why ours is right. */
const otherThanPoppler: Readonly<Record<string, string>> = {
  'coverage-one-byterange.pdf': 'the byte range has two numbers instead of four',
  'coverage-signature-gap-too-big.pdf': 'the hole is larger than the signature',
  'coverage-tail-uncovered.pdf': 'the byte range ends before the end of its revision',
  'coverage-weird-byterange.pdf': 'the byte range leaves out more than the signature',
  'pdf-sig-with-econtent.pdf': 'the detached CMS carries content of its own',
  'pades-lta-dss-indirect-arrs-test.pdf': 'poppler does not verify document timestamps',
  'pades-lta-dss-indirect-arrs-test-2.pdf': 'poppler does not verify document timestamps',
  'sig-with-ski-sid.pdf': 'poppler does not find a signer that is named by its key identifier',
  'extensions-direct.pdf': 'poppler knows no Ed25519',
  'extensions-indirect-not-all-paths.pdf': 'poppler knows no Ed25519',
  'extensions-indirect.pdf': 'poppler knows no Ed25519',
  'extensions-update-direct.pdf': 'poppler knows no Ed25519',
  'extensions-update-indirect.pdf': 'poppler knows no Ed25519',
};

let dir: string;
beforeAll(() => {
  dir = makeWorkDir();
});
afterAll(() => removeWorkDir(dir));

describe('files of another product, as its own test-suite judges them', () => {
  test('each file is in the list', () => {
    expect(Object.keys(frozen).sort()).toEqual([...files].sort());
  });

  test.each(files)('%s', async (name) => {
    const { signatures } = await checkTrustingAll(path.join(folder, name), dir);
    const found = signatures.map(({ field, integrity, coverage, changesAfter, docMdp }) => ({
      field,
      integrity,
      coverage,
      changesAfter,
      docMdp,
    }));
    expect(found).toEqual(frozen[name]);
  });
});

describe('integrity is what poppler says', () => {
  const signed = files.filter((name) => (frozen[name] ?? []).length > 0);
  test.each(signed)('%s', (name) => {
    const report = pdfsigReport(path.join(folder, name));
    const valid = report.match(/Signature is Valid/g)?.length ?? 0;
    const intact = (frozen[name] ?? []).filter(({ integrity }) => integrity === 'ok').length;
    if (name in otherThanPoppler) expect(valid).not.toBe(intact);
    else expect(valid).toBe(intact);
  });
});
