import { execFileSync } from 'node:child_process';
import { createPublicKey, verify, X509Certificate } from 'node:crypto';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openPkcs12 } from '../../../electron/signing/pkcs12';
import { AppError } from '../../../shared/result/result';
import { processorTime } from '../../processor-time';
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
    ['RC2-128', rsa, 'matkhau', [...legacy, '-certpbe', 'PBE-SHA1-RC2-128', '-keypbe', 'PBE-SHA1-RC2-128']],
    [
      '3DES with two keys',
      rsa,
      'matkhau',
      [...legacy, '-certpbe', 'PBE-SHA1-2DES', '-keypbe', 'PBE-SHA1-2DES'],
    ],
    ['AES-128 and AES-192', rsa, 'matkhau', ['-certpbe', 'AES-128-CBC', '-keypbe', 'AES-192-CBC']],
    ['PBES2 with 3DES', rsa, 'matkhau', ['-certpbe', 'DES-EDE3-CBC', '-keypbe', 'DES-EDE3-CBC']],
    ['certificates not encrypted', rsa, 'matkhau', ['-certpbe', 'NONE']],
    ['100,000 iterations', rsa, 'matkhau', ['-iter', '100000', '-macalg', 'sha256']],
    ['EC key, AES-256', ec, 'matkhau', []],
    ['EC key, 3DES', ec, 'matkhau', [...legacy, '-certpbe', 'PBE-SHA1-3DES', '-keypbe', 'PBE-SHA1-3DES']],
    ['no MAC', rsa, 'matkhau', ['-nomac']],
    ['no MAC, certificates not encrypted', rsa, 'matkhau', ['-nomac', '-certpbe', 'NONE']],
    ['no encryption, MAC only', rsa, 'matkhau', ['-certpbe', 'NONE', '-keypbe', 'NONE']],
    ['empty password', rsa, '', []],
    ['Vietnamese password', rsa, composed, []],
    [
      'Vietnamese password, 3DES',
      rsa,
      composed,
      [...legacy, '-certpbe', 'PBE-SHA1-3DES', '-keypbe', 'PBE-SHA1-3DES'],
    ],
    ['Vietnamese password, RC2-40', rsa, composed, [...legacy, '-certpbe', 'PBE-SHA1-RC2-40']],
    ['Vietnamese password, decomposed', rsa, decomposed, []],
    ['empty password, 3DES', rsa, '', [...legacy, '-certpbe', 'PBE-SHA1-3DES', '-keypbe', 'PBE-SHA1-3DES']],
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
  });

  test('wrong password without a MAC: still the password, whatever the cipher', () => {
    for (const cipher of ['AES-256-CBC', 'PBE-SHA1-3DES', 'PBE-SHA1-RC2-40', 'PBE-SHA1-RC2-128']) {
      const options = [...legacy, '-nomac', '-certpbe', cipher, '-keypbe', cipher];
      const file = exportP12(rsa, 'nomac-wrong', 'matkhau', options);
      for (const wrong of ['', 'saimatkhau', 'Matkhau', composed])
        expect(open(file, wrong), `${cipher} ${wrong}`).toThrow('P12_BAD_PASSWORD');
    }
  });

  test('a cipher, a MAC or a key that is not supported, told apart from a wrong password', () => {
    const rc4 = exportP12(rsa, 'rc4', 'matkhau', [...legacy, '-certpbe', 'PBE-SHA1-RC4-128']);
    expect(open(rc4)).toThrow('P12_UNSUPPORTED_CIPHER: 1.2.840.113549.1.12.1.1');
    expect(open(rc4, 'saimatkhau')).toThrow('P12_BAD_PASSWORD');
    const camellia = exportP12(rsa, 'camellia', 'matkhau', ['-certpbe', 'CAMELLIA-256-CBC']);
    expect(open(camellia)).toThrow('P12_UNSUPPORTED_CIPHER: 1.2.392.200011.61.1.1.1.4');
    const sha3 = exportP12(rsa, 'sha3', 'matkhau', ['-macalg', 'sha3-256']);
    expect(open(sha3)).toThrow('P12_UNSUPPORTED_CIPHER: 2.16.840.1.101.3.4.2.8');
    const inDirectory = { cwd: pki.dir };
    execFileSync('openssl', ['genpkey', '-algorithm', 'ED25519', '-out', 'ed.key'], inDirectory);
    const request = [
      '-x509',
      '-config',
      'openssl.cnf',
      '-subj',
      '/CN=Ed25519',
      '-key',
      'ed.key',
      '-out',
      'ed.pem',
    ];
    execFileSync('openssl', ['req', ...request], inDirectory);
    expect(open(exportP12('ed', 'ed25519', 'matkhau', []))).toThrow('P12_UNSUPPORTED_CIPHER: ed25519');
  });

  test('damage anywhere: never another certificate, never a crash', () => {
    const file = exportP12(rsa, 'intact', 'matkhau', []);
    const [intact] = openPkcs12(file, 'matkhau');
    const codes = new Set<string>();
    for (let at = 0; at < file.length; at += 23) {
      const damaged = file.slice();
      damaged[at] = (damaged[at] ?? 0) ^ 0x41;
      try {
        // Octets that say nothing, like the tag of the absent parameters of an algorithm, are outside the MAC.
        expect(openPkcs12(damaged, 'matkhau')[0]?.certificate).toEqual(intact?.certificate);
      } catch (error) {
        codes.add(error instanceof AppError ? error.code : String(error));
      }
    }
    for (const code of codes) expect(code).toMatch(/^P12_(BAD_PASSWORD|DAMAGED|UNSUPPORTED_CIPHER)$/);
    // Damage under the MAC cannot be told from another password.
    expect(codes).toContain('P12_BAD_PASSWORD');
  });

  test('iterations that only serve to block end soon', () => {
    const file = exportP12(rsa, 'iterations', 'matkhau', ['-iter', '65536', '-macalg', 'sha256']);
    const [few, many] = [Buffer.from('0203010000', 'hex'), Buffer.from('02037fffff', 'hex')];
    const hostile = Buffer.from(file);
    // The last number belongs to the MAC, which is the first thing that is checked.
    many.copy(hostile, hostile.lastIndexOf(few));
    const before = processorTime();
    expect(open(new Uint8Array(hostile))).toThrow('P12_DAMAGED: iterations');
    expect(processorTime() - before).toBeLessThan(5_000);
  });

  test('a file of 5 MB is no container of keys', () => {
    expect(open(new Uint8Array(5 * 1024 * 1024).fill(0x30))).toThrow('P12_DAMAGED');
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

test('certificates are taken byte for byte: names in UTF-16 stay in UTF-16', () => {
  const config = '[req]\ndistinguished_name=dn\nstring_mask=MASK:2048\nutf8=yes\n[dn]\n';
  writeFileSync(join(pki.dir, 'utf16.cnf'), config);
  const inDirectory = { cwd: pki.dir };
  const name = ['-utf8', '-subj', '/CN=Tổng Liên đoàn'];
  const request = ['-x509', '-config', 'utf16.cnf', ...name, '-key', `${rsa}.key`, '-out', 'utf16.pem'];
  execFileSync('openssl', ['req', ...request], inDirectory);
  copyFileSync(join(pki.dir, `${rsa}.key`), join(pki.dir, 'utf16.key'));
  const der = new X509Certificate(readFileSync(join(pki.dir, 'utf16.pem'))).raw;
  expect(der.includes(Buffer.from('Tổng', 'utf16le').swap16())).toBe(true);
  const [signer] = openPkcs12(exportP12('utf16', 'utf16', 'matkhau', []), 'matkhau');
  expect(Buffer.from(signer?.certificate ?? []).equals(der)).toBe(true);
});
