import { createHash, sign } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { nodeCrypto } from '../../../shared/node/crypto-port';
import {
  bytesOf,
  childrenOf,
  contentOf,
  derOctets,
  derOid,
  derSequence,
  encodeDer,
  readDer,
} from '../../../shared/signing/asn1/der';
import { oids } from '../../../shared/signing/asn1/oids';
import { latin1Bytes } from '../../../shared/signing/bytes';
import { readOcspResponse, statusByOcsp } from '../../../shared/signing/certificates/ocsp';
import type { Certificate } from '../../../shared/signing/index';
import { caExtensions, signerExtensions, TestAuthority } from './certificate-authority';
import { makeWorkDir, removeWorkDir } from './fixtures';

const hour = 3_600_000;
/** The certificates begin now. */
const start = Math.floor(Date.now() / 1000) * 1000;
const now = start + 2 * hour;
const responder = ['keyUsage=critical,digitalSignature', 'extendedKeyUsage=OCSPSigning'];
let authority: TestAuthority;

beforeAll(() => {
  authority = new TestAuthority(makeWorkDir());
  authority.issue('root', '/CN=Gốc thử nghiệm', caExtensions);
  authority.issue('sub', '/CN=Trung gian', caExtensions, { issuer: 'root' });
  authority.issue('renamed', '/CN=Tên khác', caExtensions, { issuer: 'root', key: 'sub' });
  authority.issue('signer', '/CN=Người ký', signerExtensions, { issuer: 'sub' });
  authority.issue('responder', '/CN=Trả lời', responder, { issuer: 'sub' });
  authority.issue('of-renamed', '/CN=Trả lời', responder, { issuer: 'renamed', key: 'responder' });
  authority.issue('critical', '/CN=Trả lời', [...responder, '1.2.3.4=critical,ASN1:NULL'], {
    issuer: 'sub',
    key: 'responder',
  });
  authority.issue('weak', '/CN=Trả lời', responder, { issuer: 'sub', key: 'responder', digest: 'sha1' });
});

afterAll(() => removeWorkDir(authority.dir));

const time = (at: number): Uint8Array =>
  encodeDer(0x18, latin1Bytes(`${new Date(at).toISOString().replace(/\D/g, '').slice(0, 14)}Z`));
const good = encodeDer(0x80, new Uint8Array(0));

type Answer = {
  readonly by?: string;
  readonly at?: number;
  readonly status?: Uint8Array;
  readonly hash?: string;
  readonly others?: readonly Certificate[];
};

/** What an answer says about the signer; it is good but for what is asked to be otherwise. */
function statusBy({
  by = 'responder',
  at = start + hour,
  status = good,
  hash = '1.3.14.3.2.26',
  others = [],
}: Answer): string {
  const [issuer, certificate] = [authority.certificate('sub'), authority.certificate('signer')];
  const key = contentOf(childrenOf(readDer(issuer.publicKey))[1]!).subarray(1);
  const digest = (bytes: Uint8Array) => derOctets(new Uint8Array(createHash('sha1').update(bytes).digest()));
  const id = derSequence(derSequence(derOid(hash)), digest(issuer.subject), digest(key), certificate.serial);
  const own = authority.certificate(by);
  const single = derSequence(id, status, time(at), encodeDer(0xa0, time(now + hour)));
  const data = derSequence(encodeDer(0xa1, own.subject), time(at), derSequence(single));
  const signature = new Uint8Array(sign('sha256', data, authority.key('responder')));
  const algorithm = derSequence(derOid('1.2.840.10045.4.3.2'));
  const certificates = encodeDer(0xa0, derSequence(own.der));
  const basic = derSequence(data, algorithm, encodeDer(0x03, Uint8Array.of(0), signature), certificates);
  const body = derSequence(derOid(oids.ocspBasic), derOctets(basic));
  const der = derSequence(encodeDer(0x0a, Uint8Array.of(0)), encodeDer(0xa0, body));
  const response = readOcspResponse(der, nodeCrypto);
  const responses = [{ ...response, certificates: [...others, ...response.certificates] }];
  return statusByOcsp(nodeCrypto, { certificate, issuer, at: now, now, responses, pool: [], anchors: [] })
    .status;
}

describe('RFC 6960, section 4.2.2.2: who may answer for an authority', () => {
  test('whom it appointed', () => {
    expect(statusBy({})).toBe('good');
  });

  test.each([
    ['appointed by its key under another name', { by: 'of-renamed' }],
    ['with an extension that must be understood and is not', { by: 'critical' }],
    ['whose certificate is signed with SHA-1', { by: 'weak' }],
    ['who answered before the appointment', { at: start - 24 * hour }],
    ['without any appointment', { by: 'signer' }],
  ])('not one %s', (_who, answer) => {
    expect(statusBy(answer)).toBe('unknown');
  });

  test('a certificate in the answer that cannot be read stands in the way of no other', () => {
    const own = authority.certificate('responder');
    const broken = {
      ...own,
      extensions: new Map([
        ...own.extensions,
        [oids.extendedKeyUsage, { critical: false, value: Uint8Array.of(0x30, 0x05) }] as const,
      ]),
    };
    expect(statusBy({ others: [broken] })).toBe('good');
  });
});

describe('RFC 6960, section 4.2.1: what is answered', () => {
  test('that nothing is known is not that all is good', () => {
    expect(statusBy({ status: encodeDer(0x82, new Uint8Array(0)) })).toBe('unknown');
  });

  test('an answer by a hash that nobody knows is about nobody', () => {
    expect(statusBy({ hash: '1.2.3' })).toBe('unknown');
  });

  test('the parts are those that the certificate has', () => {
    expect(childrenOf(readDer(authority.certificate('sub').publicKey)).map(bytesOf)).toHaveLength(2);
  });
});
