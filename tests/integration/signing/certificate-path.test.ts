import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { nodeCrypto } from '../../../shared/node/crypto-port';
import { validatePath } from '../../../shared/signing/certificates/x509-path';
import { DerError, describeCertificate, readCertificate } from '../../../shared/signing/index';
import { derOfPem, makeWorkDir, removeWorkDir, signingTime } from './fixtures';

const ca = ['basicConstraints=critical,CA:true', 'keyUsage=critical,keyCertSign,cRLSign'];
const signer = ['basicConstraints=critical,CA:false', 'keyUsage=critical,digitalSignature'];

let dir: string;

/** Issues one certificate with the given extension lines; without an issuer it signs itself. */
function issue(
  id: string,
  subject: string,
  extensions: readonly string[],
  issuer?: string,
  digest = 'sha256',
): void {
  const openssl = (...args: string[]): unknown => execFileSync('openssl', args, { cwd: dir, stdio: 'pipe' });
  openssl('genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256', '-out', `${id}.key`);
  openssl('req', '-new', '-utf8', '-key', `${id}.key`, '-subj', subject, '-out', `${id}.csr`);
  writeFileSync(join(dir, `${id}.ext`), `${extensions.join('\n')}\n`);
  const by = issuer
    ? ['-CA', `${issuer}.pem`, '-CAkey', `${issuer}.key`, '-CAcreateserial']
    : ['-signkey', `${id}.key`];
  openssl(
    'x509',
    '-req',
    '-in',
    `${id}.csr`,
    ...by,
    '-days',
    '900',
    `-${digest}`,
    '-extfile',
    `${id}.ext`,
    '-out',
    `${id}.pem`,
  );
}

function pathOf(leaf: string, pool: readonly string[], anchors: readonly string[], at = signingTime): string {
  const read = (id: string) => readCertificate(derOfPem(join(dir, `${id}.pem`)), nodeCrypto);
  const { code } = validatePath(nodeCrypto, {
    leaf: read(leaf),
    pool: pool.map(read),
    anchors: anchors.map(read),
    at,
    purpose: 'document',
  });
  return code;
}

beforeAll(() => {
  dir = makeWorkDir();
  issue('root', '/CN=Gốc thử nghiệm', ca);
  issue('other', '/CN=Gốc thử nghiệm', ca);
  issue('sub', '/CN=Trung gian', [...ca.slice(1), 'basicConstraints=critical,CA:true,pathlen:0'], 'root');
  issue('subsub', '/CN=Trung gian 2', ca, 'sub');
  issue('good', '/CN=Người ký', signer, 'sub');
  issue('too-deep', '/CN=Người ký', signer, 'subsub');
  issue('by-person', '/CN=Người ký 2', signer, 'good');
  issue(
    'no-usage',
    '/CN=Trung gian 3',
    ['basicConstraints=critical,CA:true', 'keyUsage=critical,digitalSignature'],
    'root',
  );
  issue('by-no-usage', '/CN=Người ký', signer, 'no-usage');
  issue('encipher', '/CN=Máy chủ', ['keyUsage=critical,keyEncipherment'], 'sub');
  issue('unknown', '/CN=Người ký', [...signer, '1.2.3.4=critical,ASN1:UTF8String:lạ'], 'sub');
  issue('named', '/CN=Trung gian 4', [...ca, 'nameConstraints=critical,permitted;DNS:.vn'], 'root');
  issue('by-named', '/CN=Người ký', signer, 'named');
  issue('by-sha1', '/CN=Người ký', signer, 'sub', 'sha1');
});

afterAll(() => removeWorkDir(dir));

describe('RFC 5280, 6.1', () => {
  test.each([
    ['a whole path', 'OK', 'good', ['sub'], ['root']],
    ['an anchor that issued directly', 'OK', 'good', [], ['sub']],
    ['a missing intermediate', 'NO_PATH_TO_ANCHOR', 'good', [], ['root']],
    ['another root of the same name', 'NO_PATH_TO_ANCHOR', 'good', ['sub'], ['other']],
    ['a certificate signed with SHA-1', 'NO_PATH_TO_ANCHOR', 'by-sha1', ['sub'], ['root']],
    ['pathLenConstraint', 'PATH_LENGTH', 'too-deep', ['sub', 'subsub'], ['root']],
    ['an issuer that is no authority', 'NOT_A_CA', 'by-person', ['good', 'sub'], ['root']],
    ['an authority that may not sign certificates', 'CA_KEY_USAGE', 'by-no-usage', ['no-usage'], ['root']],
    ['a key that may not sign documents', 'WRONG_KEY_USAGE', 'encipher', ['sub'], ['root']],
    ['an unknown critical extension', 'UNKNOWN_CRITICAL_EXTENSION', 'unknown', ['sub'], ['root']],
    ['name constraints', 'UNKNOWN_CRITICAL_EXTENSION', 'by-named', ['named'], ['root']],
  ] as const)('%s: %s', (_name, code, leaf, pool, anchors) => {
    expect(pathOf(leaf, pool, anchors)).toBe(code);
  });

  test('validity is asked of every certificate but the anchor', () => {
    expect(pathOf('good', ['sub'], ['root'], signingTime + 1000 * 864e5)).toBe('EXPIRED');
    expect(pathOf('good', ['sub'], ['root'], signingTime - 10 * 864e5)).toBe('NOT_YET_VALID');
  });
});

test('a certificate with a name that cannot be read is refused as a whole', () => {
  const der = Buffer.from(derOfPem(join(dir, 'good.pem')));
  const commonName = der.lastIndexOf(Buffer.from([0x06, 0x03, 0x55, 0x04, 0x03]));
  der[commonName] = 0x05;
  expect(() => readCertificate(new Uint8Array(der), nodeCrypto)).toThrow(DerError);
});

test('names of holder and issuer are shown in NFC', () => {
  expect(describeCertificate(nodeCrypto, derOfPem(join(dir, 'good.pem')))).toMatchObject({
    cn: 'Người ký',
    issuer: 'Trung gian',
  });
});
