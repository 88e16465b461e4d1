import { afterAll, beforeAll, expect, test } from 'vitest';
import { nodeCrypto } from '../../../shared/node/crypto-port';
import { type Crl, readCrl } from '../../../shared/signing/certificates/crl';
import { checkRevocation, type RevocationStatus } from '../../../shared/signing/certificates/revocation';
import { validatePath } from '../../../shared/signing/certificates/x509-path';
import { type Certificate, DerError, readCertificate } from '../../../shared/signing/index';
import { caExtensions, signerExtensions, TestAuthority } from './certificate-authority';
import { makeWorkDir, removeWorkDir, signingTime } from './fixtures';
import { mutations } from './services/mutations';

const serial = '0A0B0C0D';
let authority: TestAuthority;
let root: Certificate;
let sub: Certificate;
let signer: Certificate;
let crl: Crl;

beforeAll(() => {
  authority = new TestAuthority(makeWorkDir());
  const place = 'crlDistributionPoints=URI:http://vi.du/a.crl,URI:http://vi.du/b.crl';
  const policies = ['certificatePolicies=1.2.3.4,1.2.3.5', 'policyConstraints=requireExplicitPolicy:1'];
  const names =
    'nameConstraints=critical,permitted;email:ldld.vn,excluded;DNS:x.vn,excluded;IP:10.0.0.0/255.0.0.0';
  authority.issue('root', '/CN=Gốc thử nghiệm', caExtensions);
  authority.issue('sub', '/CN=Trung gian', [...caExtensions, names, ...policies, place], { issuer: 'root' });
  const own = ['certificatePolicies=1.2.3.4', 'subjectAltName=email:ky@ldld.vn,DNS:ldld.vn', place];
  authority.issue('signer', '/O=LĐLĐ/CN=Người ký', [...signerExtensions, ...own], { issuer: 'sub', serial });
  [root, sub, signer] = ['root', 'sub', 'signer'].map((id) => authority.certificate(id)) as [
    Certificate,
    Certificate,
    Certificate,
  ];
  crl = authority.list('sub', {
    thisUpdate: signingTime,
    nextUpdate: signingTime + 864e5,
    revoked: [
      { serial: '01', at: signingTime, reason: 'keyCompromise' },
      { serial, at: signingTime + 864e5, reason: 'superseded' },
    ],
    extensions: ['issuingDistributionPoint=critical,fullname:URI:http://vi.du/a.crl'],
  });
});

afterAll(() => removeWorkDir(authority.dir));

function readable<T>(read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    expect(error).toBeInstanceOf(DerError);
    return null;
  }
}

function pathCode(leaf: Certificate, issuer: Certificate): string {
  const at = signingTime;
  return validatePath(nodeCrypto, { leaf, pool: [issuer], anchors: [root], at, purpose: 'document' }).code;
}

function statusOf(certificate: Certificate, issuer: Certificate, list: Crl): RevocationStatus['status'] {
  const time = { at: signingTime, now: signingTime + 864e5 };
  const data = { crls: [list], ocsps: [], pool: [issuer], anchors: [root] };
  return checkRevocation(nodeCrypto, { certificate, issuer, ...time, ...data }).status;
}

test('the unchanged ones are accepted', () => {
  expect(pathCode(signer, sub)).toBe('OK');
  expect(statusOf(signer, sub, crl)).toBe('good');
});

test.each(['signer', 'sub'] as const)(
  'no mutation of the %s is accepted or breaks the validator',
  (which) => {
    const original = which === 'signer' ? signer : sub;
    let read = 0;
    for (const bytes of mutations(original.der, 1000, 5280)) {
      const mutant = readable(() => readCertificate(bytes, nodeCrypto));
      if (!mutant || mutant.id === original.id) continue;
      read += 1;
      const [leaf, issuer] = which === 'signer' ? [mutant, sub] : [signer, mutant];
      expect(pathCode(leaf, issuer)).not.toBe('OK');
      statusOf(leaf, issuer, crl);
    }
    expect(read).toBeGreaterThan(300);
  },
);

test('no mutation of a list says anything or breaks the reader', () => {
  let read = 0;
  for (const bytes of mutations(crl.der, 1000, 6960)) {
    const mutant = readable(() => readCrl(bytes, nodeCrypto));
    if (!mutant || mutant.id === crl.id) continue;
    read += 1;
    expect(statusOf(signer, sub, mutant)).toBe('unknown');
  }
  expect(read).toBeGreaterThan(300);
});
