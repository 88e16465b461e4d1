import { execFileSync } from 'node:child_process';
import { createPublicKey, verify, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openPkcs12 } from '../../../electron/signing/pkcs12';
import { makePki, makeWorkDir, removeWorkDir, type TestPki } from './fixtures';

let dir: string;
let pki: TestPki;

beforeAll(async () => {
  dir = makeWorkDir();
  pki = await makePki(join(dir, 'pki'));
});

afterAll(() => removeWorkDir(dir));

const composed = 'mật khẩu Đặc biệt'.normalize('NFC');
const decomposed = composed.normalize('NFD');
const legacy = ['-legacy', '-macalg', 'sha1'];
const rsa = 'nguyen-thi-thuy-duong';
const ec = 'pham-ky-ec';

function exportP12(id: string, name: string, password: string, options: readonly string[]): Uint8Array {
  const file = join(dir, `${name}.p12`);
  const input = ['-inkey', `${id}.key`, '-in', `${id}.pem`, '-certfile', 'issuing.pem'];
  execFileSync(
    'openssl',
    ['pkcs12', '-export', ...input, ...options, '-passout', `pass:${password}`, '-out', file],
    {
      cwd: pki.dir,
    },
  );
  return new Uint8Array(readFileSync(file));
}

async function expectUsable(file: Uint8Array, password: string, id: string): Promise<void> {
  const [signer, ...more] = openPkcs12(file, password);
  if (!signer) throw new Error('signer expected');
  expect(more).toEqual([]);
  const certificate = new X509Certificate(readFileSync(join(pki.dir, `${id}.pem`)));
  const issuing = new X509Certificate(readFileSync(join(pki.dir, 'issuing.pem')));
  expect(Buffer.from(signer.certificate).equals(certificate.raw)).toBe(true);
  expect(signer.chain.map((der) => Buffer.from(der).equals(issuing.raw))).toEqual([true]);
  const data = new TextEncoder().encode('văn bản');
  const signature = await signer.sign({
    signedAttributes: data,
    digest: new Uint8Array(32),
    hash: 'sha256',
    scheme: signer.schemes[0] ?? 'ecdsa',
  });
  expect(
    verify(
      'sha256',
      data,
      createPublicKey(certificate.publicKey.export({ format: 'pem', type: 'spki' })),
      signature,
    ),
  ).toBe(true);
}

describe('PKCS#12 files of all usual makers open', () => {
  const aes = ['-certpbe', 'AES-256-CBC', '-keypbe', 'AES-256-CBC'];
  const files: readonly (readonly [string, string, string, readonly string[]])[] = [
    ['AES-256, MAC SHA-256 (OpenSSL 3)', rsa, 'matkhau', [...aes, '-macalg', 'sha256']],
    ['AES-256, MAC SHA-512', rsa, 'matkhau', [...aes, '-macalg', 'sha512']],
    [
      '3DES (older Windows)',
      rsa,
      'matkhau',
      [...legacy, '-certpbe', 'PBE-SHA1-3DES', '-keypbe', 'PBE-SHA1-3DES'],
    ],
    [
      'RC2-40 (oldest Windows)',
      rsa,
      'matkhau',
      [...legacy, '-certpbe', 'PBE-SHA1-RC2-40', '-keypbe', 'PBE-SHA1-3DES'],
    ],
    ['EC key, AES-256', ec, 'matkhau', []],
    ['EC key, 3DES', ec, 'matkhau', [...legacy, '-certpbe', 'PBE-SHA1-3DES', '-keypbe', 'PBE-SHA1-3DES']],
    ['no MAC', rsa, 'matkhau', ['-nomac']],
    ['empty password', rsa, '', []],
    ['Vietnamese password', rsa, composed, []],
    [
      'Vietnamese password, 3DES',
      rsa,
      composed,
      [...legacy, '-certpbe', 'PBE-SHA1-3DES', '-keypbe', 'PBE-SHA1-3DES'],
    ],
    ['Vietnamese password, decomposed', rsa, decomposed, []],
  ];
  test.each(files)('%s', async (name, id, password, options) => {
    const file = exportP12(id, name.replaceAll(/\W/g, '-'), password, options);
    await expectUsable(file, password.normalize('NFC'), id);
    await expectUsable(file, password.normalize('NFD'), id);
  });
});

describe('what cannot be opened says why', () => {
  const open =
    (file: Uint8Array, password = 'matkhau') =>
    () =>
      openPkcs12(file, password);

  test('wrong password', () => {
    expect(open(exportP12(rsa, 'plain', 'matkhau', []), 'saimatkhau')).toThrow('P12_BAD_PASSWORD');
    expect(open(exportP12(rsa, 'nomac', 'matkhau', ['-nomac']), 'saimatkhau')).toThrow(
      /P12_(BAD_PASSWORD|DAMAGED)/,
    );
  });

  test('a cipher that is not supported', () => {
    const rc2 = [...legacy, '-certpbe', 'PBE-SHA1-RC2-128', '-keypbe', 'PBE-SHA1-3DES'];
    expect(open(exportP12(rsa, 'rc2-128', 'matkhau', rc2))).toThrow('P12_UNSUPPORTED_CIPHER');
  });

  test('a damaged or foreign file', () => {
    const file = exportP12(rsa, 'damaged', 'matkhau', []);
    expect(open(file.subarray(0, file.length / 2))).toThrow('P12_DAMAGED');
    expect(open(new TextEncoder().encode('%PDF-1.7 không phải kho khoá'))).toThrow('P12_DAMAGED');
    expect(open(new Uint8Array(0))).toThrow('P12_DAMAGED');
  });

  test('a file with certificates only, and a key without its certificate', () => {
    const input = ['-nokeys', '-in', `${rsa}.pem`, '-passout', 'pass:matkhau', '-out', 'nokey.p12'];
    execFileSync('openssl', ['pkcs12', '-export', ...input], { cwd: pki.dir });
    expect(open(new Uint8Array(readFileSync(join(pki.dir, 'nokey.p12'))))).toThrow('P12_NO_KEY');
    const keyOnly = ['-nocerts', '-inkey', `${rsa}.key`, '-passout', 'pass:matkhau', '-out', 'nocert.p12'];
    execFileSync('openssl', ['pkcs12', '-export', ...keyOnly], { cwd: pki.dir });
    expect(open(new Uint8Array(readFileSync(join(pki.dir, 'nocert.p12'))))).toThrow('P12_NO_CERT');
  });
});
