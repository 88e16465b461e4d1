import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { nodeCrypto } from '../../../shared/node/crypto-port';
import { anyPolicyInputs } from '../../../shared/signing/certificates/policy-graph';
import {
  type PathInput,
  type PathPurpose,
  validatePath,
} from '../../../shared/signing/certificates/x509-path';
import {
  type Certificate,
  DerError,
  describeCertificate,
  readCertificate,
} from '../../../shared/signing/index';
import type { CryptoPort } from '../../../shared/signing/ports';
import { processorTime } from '../../processor-time';
import {
  caExtensions as ca,
  lookAlike,
  signerExtensions as signer,
  TestAuthority,
} from './certificate-authority';
import { makeWorkDir, removeWorkDir, signingTime } from './fixtures';

let authority: TestAuthority;

type Asked = {
  readonly leaf: string;
  readonly pool: readonly string[];
  readonly anchors?: readonly string[];
  readonly at?: number;
  readonly purpose?: PathPurpose;
};

function inputOf({
  leaf,
  pool,
  anchors = ['root'],
  at = signingTime,
  purpose = 'document',
}: Asked): PathInput {
  const read = (id: string): Certificate => authority.certificate(id);
  return { leaf: read(leaf), pool: pool.map(read), anchors: anchors.map(read), at, purpose };
}

const codeOf = (asked: Asked): string => validatePath(nodeCrypto, inputOf(asked)).code;

beforeAll(() => {
  authority = new TestAuthority(makeWorkDir());
  const issue = authority.issue.bind(authority);
  issue('root', '/CN=Gốc thử nghiệm', ca);
  issue('other', '/CN=Gốc thử nghiệm', ca);
  const pathLength = ['keyUsage=critical,keyCertSign,cRLSign', 'basicConstraints=critical,CA:true,pathlen:0'];
  issue('sub', '/CN=Trung gian', pathLength, { issuer: 'root' });
  issue('subsub', '/CN=Trung gian 2', ca, { issuer: 'sub' });
  issue('good', '/CN=Người ký', signer, { issuer: 'sub' });
  issue('too-deep', '/CN=Người ký', signer, { issuer: 'subsub' });
  issue('by-person', '/CN=Người ký 2', signer, { issuer: 'good' });
  const noUsage = ['basicConstraints=critical,CA:true', 'keyUsage=critical,digitalSignature'];
  issue('no-usage', '/CN=Trung gian 3', noUsage, { issuer: 'root' });
  issue('by-no-usage', '/CN=Người ký', signer, { issuer: 'no-usage' });
  issue('encipher', '/CN=Máy chủ', ['keyUsage=critical,keyEncipherment'], { issuer: 'sub' });
  issue('unknown', '/CN=Người ký', [...signer, '1.2.3.4=critical,ASN1:UTF8String:lạ'], { issuer: 'sub' });
  issue('by-sha1', '/CN=Người ký', signer, { issuer: 'sub', digest: 'sha1' });
  issue('short-key', '/CN=Người ký', signer, { issuer: 'sub', rsaBits: 1024 });
});

afterAll(() => removeWorkDir(authority.dir));

describe('RFC 5280, 6.1', () => {
  test.each([
    ['a whole path', 'OK', 'good', ['sub'], ['root']],
    ['an anchor that issued directly', 'OK', 'good', [], ['sub']],
    ['a missing intermediate', 'NO_PATH_TO_ANCHOR', 'good', [], ['root']],
    ['another root of the same name', 'NO_PATH_TO_ANCHOR', 'good', ['sub'], ['other']],
    ['a certificate signed with SHA-1', 'WEAK_ALGORITHM', 'by-sha1', ['sub'], ['root']],
    ['an RSA key of 1024 bits', 'WEAK_ALGORITHM', 'short-key', ['sub'], ['root']],
    ['pathLenConstraint', 'PATH_LENGTH', 'too-deep', ['sub', 'subsub'], ['root']],
    ['an issuer that is no authority', 'NOT_A_CA', 'by-person', ['good', 'sub'], ['root']],
    ['an authority that may not sign certificates', 'CA_KEY_USAGE', 'by-no-usage', ['no-usage'], ['root']],
    ['a key that may not sign documents', 'WRONG_KEY_USAGE', 'encipher', ['sub'], ['root']],
    ['an unknown critical extension', 'UNKNOWN_CRITICAL_EXTENSION', 'unknown', ['sub'], ['root']],
  ] as const)('%s: %s', (_name, code, leaf, pool, anchors) => {
    expect(codeOf({ leaf, pool, anchors })).toBe(code);
  });

  test('validity is asked of every certificate but the anchor', () => {
    const asked = { leaf: 'good', pool: ['sub'] };
    expect(codeOf({ ...asked, at: signingTime + 1000 * 864e5 })).toBe('EXPIRED');
    expect(codeOf({ ...asked, at: signingTime - 10 * 864e5 })).toBe('NOT_YET_VALID');
    authority.issue('brief-root', '/CN=Gốc ngắn hạn', ca, { days: 1 });
    authority.issue('of-brief-root', '/CN=Người ký', signer, { issuer: 'brief-root' });
    const late = { leaf: 'of-brief-root', pool: [], anchors: ['brief-root'], at: signingTime + 9 * 864e5 };
    expect(codeOf(late)).toBe('OK');
  });
});

describe('names', () => {
  test.each([
    ['in NFD', 'Công đoàn Việt Nam'.normalize('NFD')],
    ['in capital letters and with more spaces', 'CÔNG  ĐOÀN VIỆT NAM '],
  ])('an issuer that writes its own name %s is the same (RFC 5280, 7.1)', (_name, written) => {
    authority.issue('named', '/CN=Công đoàn Việt Nam', ca, { issuer: 'root' });
    authority.issue('renamed', `/CN=${written}`, ca, { issuer: 'root', key: 'named' });
    authority.issue('of-named', '/CN=Người ký', signer, { issuer: 'named' });
    const [one, two] = ['named', 'renamed'].map((id) => authority.certificate(id));
    expect(Buffer.from(one!.subject)).not.toEqual(Buffer.from(two!.subject));
    expect(codeOf({ leaf: 'of-named', pool: ['renamed'] })).toBe('OK');
  });

  test('a name with separators in it is not another name', () => {
    authority.issue('split', String.raw`/CN=a\+2.5.4.3=b`, ca, { issuer: 'root' });
    authority.issue('joined', '/CN=a+CN=b', ca, { issuer: 'root', key: 'split' });
    expect(authority.certificate('split').comparableSubject).not.toBe(
      authority.certificate('joined').comparableSubject,
    );
  });

  test.each([
    ['permitted;DNS:.vn', 'subjectAltName=DNS:ldld.vn', 'OK'],
    ['permitted;DNS:.vn', 'subjectAltName=DNS:ldld.com', 'NAME_NOT_PERMITTED'],
    ['permitted;DNS:.vn', 'subjectAltName=email:a@ldld.com', 'OK'],
    ['excluded;DNS:ldld.vn', 'subjectAltName=DNS:a.LDLD.vn', 'NAME_NOT_PERMITTED'],
    ['permitted;email:ldld.vn', 'subjectAltName=email:a@LDLD.vn', 'OK'],
    ['permitted;email:ldld.vn', 'subjectAltName=email:a@x.ldld.vn', 'NAME_NOT_PERMITTED'],
    ['permitted;email:.ldld.vn', 'subjectAltName=email:a@x.ldld.vn', 'OK'],
    ['excluded;email:a@ldld.vn', 'subjectAltName=email:a@ldld.vn', 'NAME_NOT_PERMITTED'],
    ['permitted;URI:.ldld.vn', 'subjectAltName=URI:https://u@x.ldld.vn:8443/y', 'OK'],
    ['permitted;URI:.ldld.vn', 'subjectAltName=URI:https://evil.com/x.ldld.vn', 'NAME_NOT_PERMITTED'],
    ['excluded;URI:.ldld.vn', 'subjectAltName=URI:urn:x', 'NAME_NOT_PERMITTED'],
    ['permitted;IP:10.1.0.0/255.255.0.0', 'subjectAltName=IP:10.1.2.3', 'OK'],
    ['permitted;IP:10.1.0.0/255.255.0.0', 'subjectAltName=IP:10.2.2.3', 'NAME_NOT_PERMITTED'],
    ['permitted;IP:10.1.0.0/255.255.0.0', 'subjectAltName=IP:::1', 'NAME_NOT_PERMITTED'],
    ['excluded;otherName:1.2.3;UTF8:x', 'subjectAltName=otherName:1.2.3;UTF8:y', 'NAME_NOT_PERMITTED'],
    ['permitted;email:ldld.vn', 'subjectAltName=DNS:ldld.com', 'OK'],
  ])('%s, %s: %s (RFC 5280, 4.2.1.10)', (constraint, alternative, code) => {
    const constrained = [...ca, `nameConstraints=critical,${constraint}`];
    authority.issue('constrained', '/CN=Trung gian 4', constrained, { issuer: 'root' });
    authority.issue('of-constrained', '/CN=Người ký', [...signer, alternative], { issuer: 'constrained' });
    expect(codeOf({ leaf: 'of-constrained', pool: ['constrained'] })).toBe(code);
  });

  test('an excluded directory name', () => {
    const lines = ['nameConstraints=critical,excluded;dirName:banned', '[banned]', 'O=To chuc bi loai'];
    authority.issue('excluding', '/CN=Trung gian 5', [...ca, ...lines], { issuer: 'root' });
    authority.issue('excluded', '/O=TO CHUC BI LOAI/CN=Người ký', signer, { issuer: 'excluding' });
    authority.issue('allowed', '/O=To chuc khac/CN=Người ký', signer, { issuer: 'excluding' });
    expect(codeOf({ leaf: 'excluded', pool: ['excluding'] })).toBe('NAME_NOT_PERMITTED');
    expect(codeOf({ leaf: 'allowed', pool: ['excluding'] })).toBe('OK');
  });
});

describe('purposes', () => {
  test.each([
    ['timestamp', 'extendedKeyUsage=critical,timeStamping', 'OK'],
    ['timestamp', 'extendedKeyUsage=timeStamping', 'WRONG_EXTENDED_KEY_USAGE'],
    ['timestamp', 'extendedKeyUsage=critical,timeStamping,codeSigning', 'WRONG_EXTENDED_KEY_USAGE'],
    ['timestamp', 'extendedKeyUsage=critical,emailProtection', 'WRONG_EXTENDED_KEY_USAGE'],
    ['timestamp', 'subjectKeyIdentifier=hash', 'WRONG_EXTENDED_KEY_USAGE'],
    ['ocsp', 'extendedKeyUsage=OCSPSigning', 'OK'],
    ['ocsp', 'extendedKeyUsage=timeStamping', 'WRONG_EXTENDED_KEY_USAGE'],
    ['document', 'extendedKeyUsage=emailProtection,clientAuth', 'OK'],
  ] as const)('%s with %s: %s (RFC 3161, 2.3; RFC 6960, 4.2.2.2)', (purpose, extension, code) => {
    authority.issue('special', '/CN=Dịch vụ', [...signer, extension], { issuer: 'sub' });
    expect(codeOf({ leaf: 'special', pool: ['sub'], purpose })).toBe(code);
  });
});

test('an authority for any policy that maps one of them admits only that one (RFC 5280, 6.1.4 b)', () => {
  const mapping = ['certificatePolicies=2.5.29.32.0', 'policyMappings=1.2.3.1:1.2.3.2'];
  authority.issue('any', '/CN=Mọi chính sách', [...ca, ...mapping], { issuer: 'root' });
  authority.issue('of-any', '/CN=Người ký', [...signer, 'certificatePolicies=1.2.3.2'], { issuer: 'any' });
  const input = inputOf({ leaf: 'of-any', pool: ['any'] });
  const codeFor = (policy: string): string => {
    const policies = { ...anyPolicyInputs, initialPolicySet: [policy], explicit: true };
    return validatePath(nodeCrypto, { ...input, policies }).code;
  };
  expect(codeFor('1.2.3.1')).toBe('OK');
  expect(codeFor('1.2.3.2')).toBe('POLICY_NOT_PERMITTED');
});

describe('pools made to tire the search out', () => {
  test('authorities that certify each other in a circle', () => {
    authority.issue('cross-a', '/CN=Chéo A', ca);
    authority.issue('cross-b', '/CN=Chéo B', ca, { issuer: 'cross-a' });
    authority.issue('cross-a-by-b', '/CN=Chéo A', ca, { issuer: 'cross-b', key: 'cross-a' });
    authority.issue('of-cross', '/CN=Người ký', signer, { issuer: 'cross-b' });
    const pool = ['cross-b', 'cross-a-by-b'];
    expect(codeOf({ leaf: 'of-cross', pool })).toBe('NO_PATH_TO_ANCHOR');
    expect(codeOf({ leaf: 'of-cross', pool, anchors: ['cross-a'] })).toBe('OK');
    authority.issue('cross-a-by-root', '/CN=Chéo A', ca, { issuer: 'root', key: 'cross-a' });
    const input = inputOf({ leaf: 'of-cross', pool: ['cross-a-by-b', 'cross-b', 'cross-a-by-root'] });
    const { code, path } = validatePath(nodeCrypto, input);
    expect(code).toBe('OK');
    expect(new Set(path.map(({ id }) => id)).size).toBe(path.length);
  });

  test('the good one is found among 200 look-alikes, and no certificate comes twice', () => {
    const input = inputOf({ leaf: 'good', pool: ['sub'] });
    const others = Array.from({ length: 200 }, (_, i) =>
      lookAlike(input.pool[0]!, i, authority.key('other')),
    );
    const started = processorTime();
    const result = validatePath(nodeCrypto, { ...input, pool: [input.leaf, ...others, ...input.pool] });
    expect(processorTime() - started).toBeLessThan(2000);
    expect(result.code).toBe('OK');
    expect(new Set(result.path.map(({ id }) => id)).size).toBe(3);
  });

  test('200 authorities of one name and one key, each of which issued all others', () => {
    authority.issue('many', '/CN=Nhiều', ca);
    authority.issue('of-many', '/CN=Người ký', signer, { issuer: 'many' });
    const input = inputOf({ leaf: 'of-many', pool: ['many'] });
    const pool = Array.from({ length: 200 }, (_, i) => lookAlike(input.pool[0]!, i, authority.key('many')));
    const started = processorTime();
    expect(validatePath(nodeCrypto, { ...input, pool })).toMatchObject({
      status: 'untrusted',
      code: 'TOO_COMPLEX',
    });
    expect(processorTime() - started).toBeLessThan(2000);
  });

  test('policies of which each is mapped to all others (RFC 9618)', () => {
    const policies = Array.from({ length: 14 }, (_, i) => `1.2.3.${i + 1}`);
    const mappings = policies.flatMap((from) => policies.map((to) => `${from}:${to}`));
    const extensions = [
      ...ca,
      `certificatePolicies=${policies.join(',')}`,
      `policyMappings=${mappings.join(',')}`,
      'policyConstraints=requireExplicitPolicy:0',
    ];
    const chain = Array.from({ length: 8 }, (_, i) => `mapping-${i}`);
    for (const [i, id] of chain.entries())
      authority.issue(id, `/CN=Ánh xạ ${i}`, extensions, { issuer: chain[i - 1] ?? 'root' });
    authority.issue('mapped', '/CN=Người ký', [...signer, 'certificatePolicies=1.2.3.14'], {
      issuer: 'mapping-7',
    });
    authority.issue('unmapped', '/CN=Người ký', [...signer, 'certificatePolicies=1.2.4'], {
      issuer: 'mapping-7',
    });
    const [mapped, unmapped] = ['mapped', 'unmapped'].map((leaf) => inputOf({ leaf, pool: chain }));
    const started = processorTime();
    expect(validatePath(nodeCrypto, mapped!).code).toBe('OK');
    expect(validatePath(nodeCrypto, unmapped!).code).toBe('POLICY_NOT_PERMITTED');
    expect(processorTime() - started).toBeLessThan(2000);
  });

  test('of two valid paths the usable one is taken', () => {
    const input = inputOf({ leaf: 'good', pool: ['sub'] });
    const twin = lookAlike(input.pool[0]!, 7, authority.key('root'));
    const pool = [...input.pool, twin];
    for (const wanted of pool) {
      const isUsable = (path: readonly Certificate[]): boolean => path[1]?.id === wanted.id;
      expect(validatePath(nodeCrypto, { ...input, pool, isUsable }).path[1]?.id).toBe(wanted.id);
    }
    const none = validatePath(nodeCrypto, { ...input, pool, isUsable: () => false });
    expect(none.code).toBe('OK');
  });
});

test('25 signatures of one signer cost two signature checks', () => {
  let checks = 0;
  const verify: CryptoPort['verify'] = (signature) => {
    checks += 1;
    return nodeCrypto.verify(signature);
  };
  const crypto: CryptoPort = { ...nodeCrypto, verify };
  for (let i = 0; i < 25; i++) {
    const input = inputOf({ leaf: 'good', pool: ['sub'] });
    expect(validatePath(crypto, input).code).toBe('OK');
  }
  expect(checks).toBe(2);
});

test('a path of three certificates takes less than 5 ms', () => {
  const input = inputOf({ leaf: 'good', pool: ['sub'] });
  const rounds = 50;
  const started = processorTime();
  for (let i = 0; i < rounds; i++) validatePath(nodeCrypto, input);
  expect((processorTime() - started) / rounds).toBeLessThan(5);
});

test('a certificate with a name that cannot be read is refused as a whole', () => {
  const der = Buffer.from(authority.certificate('good').der);
  const commonName = der.lastIndexOf(Buffer.from([0x06, 0x03, 0x55, 0x04, 0x03]));
  der[commonName] = 0x05;
  expect(() => readCertificate(new Uint8Array(der), nodeCrypto)).toThrow(DerError);
});

test('names of holder and issuer are shown in NFC', () => {
  expect(describeCertificate(nodeCrypto, authority.certificate('good').der)).toMatchObject({
    cn: 'Người ký',
    issuer: 'Trung gian',
  });
});
