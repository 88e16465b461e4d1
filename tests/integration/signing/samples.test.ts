import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { transformFile } from '../../../electron/signing/file-bytes';
import { nodeCrypto } from '../../../shared/node/crypto-port';
import { AppError } from '../../../shared/result/result';
import { signPdf } from '../../../shared/signing/index';
import { checkTrustingAll } from './check-trusting-all';
import {
  checkFile,
  fonts,
  makePki,
  makeWorkDir,
  pdfsigReport,
  qpdfCheck,
  removeWorkDir,
  signerOf,
  signingTime,
  type TestPki,
} from './fixtures';

const samples = join(import.meta.dirname, 'samples');
const attacks = readdirSync(join(samples, 'attacks'));
const others = readdirSync(join(samples, 'pyhanko'));

let dir: string;
let pki: TestPki;

beforeAll(async () => {
  dir = makeWorkDir();
  pki = await makePki(join(dir, 'pki'));
});

afterAll(() => removeWorkDir(dir));

describe('forged signatures are never valid, even with their signer trusted', () => {
  test.each(attacks)('%s', async (name) => {
    const { verdict } = await checkTrustingAll(join(samples, 'attacks', name), dir);
    expect(verdict).toBe('invalid');
  });
});

test('EN 319 142-1: a signature of the older formats has no PAdES level', async () => {
  const levelsOf = async (name: string) =>
    (await checkTrustingAll(join(samples, 'pyhanko', name), dir)).signatures.map(({ subFilter, level }) => [
      subFilter,
      level,
    ]);
  expect(await levelsOf('sig-with-ski-sid.pdf')).toEqual([['adbe.pkcs7.detached', null]]);
  expect((await levelsOf('pades-with-old-style-signing-cert-attr.pdf'))[0]?.[1]).toBe('B-B');
});

describe('manipulated files are not valid', () => {
  test.each([
    'extensions-indirect-not-all-paths',
    'form-update-ap-indirect-sneaky-trailer',
    'form-update-no-override-appearance-stream-ap-indirect-sneaky',
    'form-update-override-appearance-stream-ap-indirect-sneaky',
    'form-update-override-appearance-stream-sneaky',
    'pdf-sig-with-econtent',
    'coverage-one-byterange',
    'coverage-signature-gap-too-big',
    'coverage-tail-uncovered',
    'coverage-weird-byterange',
  ])('%s', async (name) => {
    expect((await checkTrustingAll(join(samples, 'pyhanko', `${name}.pdf`), dir)).verdict).toBe('invalid');
  });

  test('a digest that the algorithm does not allow', async () => {
    expect((await checkTrustingAll(join(samples, 'pyhanko', 'ed448-disallowed-hash.pdf'), dir)).verdict).toBe(
      'indeterminate',
    );
  });
});

describe('genuine signatures of another product are valid once their signer is trusted', () => {
  test.each([
    'minimal-signed-twice-both-created',
    'minimal-signed-twice-no-sig-type',
    'minimal-signed-twice-second-created',
    'minimal-two-fields-signed-twice',
    'extensions-direct',
    'extensions-indirect',
    'extensions-update-direct',
    'extensions-update-indirect',
    'form-update-no-override-appearance-stream-ap-indirect',
    'form-update-original-ap-type-wrong',
    'form-update-override-appearance-stream',
    'form-update-override-appearance-stream-ap-indirect',
    'separate-annots-kids-indir',
    'certified-with-indirect-refs-in-dir',
    'pades-with-old-style-signing-cert-attr',
  ])('%s', async (name) => {
    const { verdict, signatures } = await checkTrustingAll(join(samples, 'pyhanko', `${name}.pdf`), dir);
    expect(signatures.map(({ integrity }) => integrity)).toEqual(signatures.map(() => 'ok'));
    expect(verdict).toBe('valid');
    // Judged soon after the certificates begin, which is before some of these files were signed.
    const ofTime = new Set(['SIGNED_IN_THE_FUTURE', 'TIMESTAMP_NOT_TRUSTED']);
    expect(signatures.flatMap(({ problems }) => problems).filter((problem) => !ofTime.has(problem))).toEqual(
      [],
    );
  });

  test('sig-with-ski-sid: a signer named by its key identifier is found', async () => {
    const { signatures } = await checkFile(join(samples, 'pyhanko', 'sig-with-ski-sid.pdf'), []);
    expect(signatures).toMatchObject([{ integrity: 'ok', problems: ['CERT_NOT_TRUSTED'] }]);
  });

  test.each(['pades-lta-dss-indirect-arrs-test', 'pades-lta-dss-indirect-arrs-test-2'])(
    '%s: timestamps and long-term data are intact and allowed',
    async (name) => {
      const { signatures } = await checkTrustingAll(join(samples, 'pyhanko', `${name}.pdf`), dir);
      expect(new Set(signatures.map(({ integrity }) => integrity))).toEqual(new Set(['ok']));
      expect(signatures.at(0)).toMatchObject({ type: 'signature', level: 'B-LTA' });
      expect(['lta', 'signatures']).toContain(signatures.at(0)?.changesAfter);
      expect(signatures.at(-1)).toMatchObject({ changesAfter: 'none' });
    },
  );

  test('sig-no-signed-attrs: without signed attributes the bytes themselves are signed', async () => {
    const { verdict } = await checkTrustingAll(join(samples, 'pyhanko', 'sig-no-signed-attrs.pdf'), dir);
    expect(verdict).toBe('valid');
  });
});

describe('any file is either signed well or refused with a code', () => {
  test.each(others)('%s', async (name) => {
    const input = join(samples, 'pyhanko', name);
    const output = join(dir, name);
    const outcome = await transformFile(input, output, (source, sink) =>
      signPdf(source, sink, {
        crypto: nodeCrypto,
        fonts,
        signer: signerOf(pki, 'ldld-huyen'),
        field: 'Them',
        placement: { page: 0, x: 20, y: 20, w: 80, h: 80 },
        appearance: { kind: 'drawn-seal', organisation: 'Liên đoàn Lao động huyện', superior: null },
        time: signingTime,
      }),
    ).catch((error: unknown) => error);
    if (outcome instanceof Error) {
      expect(outcome).toBeInstanceOf(AppError);
      return;
    }
    const before = readFileSync(input);
    expect(readFileSync(output).subarray(0, before.length).equals(before)).toBe(true);
    expect(qpdfCheck(output)).toBeLessThanOrEqual(qpdfCheck(input) ?? 0);
    const valid = (path: string): number => pdfsigReport(path).match(/Signature is Valid/g)?.length ?? 0;
    expect(valid(output)).toBe(valid(input) + 1);
    expect(pdfsigReport(output)).toMatch(/Total document signed/);
  });
});
