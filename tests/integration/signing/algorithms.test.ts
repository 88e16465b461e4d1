import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
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
import { bouncyCastle, mutoolVerify } from './independent-tools';
import { newSigner, signFile } from './sign-file';

const kinds = ['RSA:2048', 'RSA:3072', 'RSA:4096', 'EC:P-256', 'EC:P-384'] as const;
const hashes = ['sha256', 'sha384', 'sha512'] as const;

let dir: string;
let pki: TestPki;
let nss: string;
let draft: string;
let signers: ReadonlyMap<string, Signer>;

beforeAll(async () => {
  dir = makeWorkDir();
  pki = await makePki(join(dir, 'pki'));
  nss = makeNssDatabase(dir, pki.root);
  draft = await makeDraft(join(dir, 'draft.pdf'));
  signers = new Map(kinds.map((kind) => [kind, newSigner(pki, kind)]));
});

afterAll(() => removeWorkDir(dir));

function signerOf(kind: string): Signer {
  const signer = signers.get(kind);
  if (!signer) throw new Error(`no signer ${kind}`);
  return signer;
}

describe('chữ ký của chứng thư có tên tiếng Việt được các chương trình khác công nhận', () => {
  test.each(kinds.flatMap((kind) => hashes.map((hash) => [kind, hash] as const)))(
    '%s with %s',
    async (kind, hash) => {
      const output = join(dir, `${kind.replace(':', '-')}-${hash}.pdf`);
      await signFile(draft, output, { signer: signerOf(kind), hash });
      expect(qpdfCheck(output)).toBe(0);
      const report = pdfsig(output, nss);
      expect(report).toContain('Signature is Valid');
      expect(report).toContain('Certificate is Trusted');
      expect(report).toContain(`Signing Hash Algorithm: SHA-${hash.slice(3)}`);
      for (const cms of extractCms(output))
        expect(opensslVerify(cms, pki.root)).toContain('CAdES Verification successful');
      expect(mutoolVerify(output)).toContain('unchanged since signing');
      expect((await checkFile(output, [derOfPem(pki.root)])).signatures[0]?.integrity).toBe('ok');
    },
  );

  test.each(hashes)('RSASSA-PSS with %s: RFC 4055 parameters, salt as long as the digest', async (hash) => {
    const output = join(dir, `pss-${hash}.pdf`);
    await signFile(draft, output, { signer: signerOf('RSA:2048'), hash, scheme: 'rsa-pss' });
    const [cms] = extractCms(output);
    if (!cms) throw new Error('signature expected');
    expect(opensslVerify(cms, pki.root)).toContain('CAdES Verification successful');
    const structure = execFileSync('openssl', ['asn1parse', '-inform', 'DER', '-in', cms.cms], {
      encoding: 'utf8',
    });
    const salt = { sha256: '20', sha384: '30', sha512: '40' }[hash];
    expect(structure).toMatch(new RegExp(`rsassaPss[^]*mgf1[^]*INTEGER +:${salt}\\b`));
    expect((await checkFile(output, [derOfPem(pki.root)])).signatures[0]?.integrity).toBe('ok');
    expect(bouncyCastle(output)[0]?.verified).toBe(true);
  });

  test('a scheme that the key does not have is refused', async () => {
    const output = join(dir, 'no-pss.pdf');
    await expect(
      signFile(draft, output, { signer: signerOf('EC:P-256'), scheme: 'rsa-pss' }),
    ).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });
});

test('EN 319 142-1: ESS signing-certificate-v2, no signing-time, attributes in DER order, no root in the CMS', async () => {
  const files: string[] = [];
  for (const kind of kinds) {
    files.push(join(dir, `bc-${kind.replace(':', '-')}.pdf`));
    await signFile(draft, files[files.length - 1] ?? '', { signer: signerOf(kind), hash: 'sha384' });
  }
  const expected = {
    verified: true,
    signingCertificateV2: true,
    signingTime: false,
    attributesInOrder: true,
    roots: 0,
    timestamp: null,
  };
  expect(bouncyCastle(...files)).toEqual(kinds.map(() => expected));
});
