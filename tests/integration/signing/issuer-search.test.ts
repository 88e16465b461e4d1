import { afterAll, beforeAll, expect, test } from 'vitest';
import { nodeCrypto } from '../../../shared/node/crypto-port';
import type { Certificate } from '../../../shared/signing/index';
import { collectEvidence } from '../../../shared/signing/validation-data/collect-evidence';
import { findIssuer } from '../../../shared/signing/validation-data/issuer-search';
import { caExtensions, signerExtensions, TestAuthority } from './certificate-authority';
import { makeWorkDir, removeWorkDir, signingTime } from './fixtures';

let authority: TestAuthority;
const certificate = (id: string): Certificate => authority.certificate(id);

beforeAll(() => {
  authority = new TestAuthority(makeWorkDir());
  const issue = authority.issue.bind(authority);
  const named = [...caExtensions, 'subjectKeyIdentifier=hash'];
  issue('root', '/CN=Gốc', named);
  issue('leaf', '/CN=Người ký', [...signerExtensions, 'authorityKeyIdentifier=keyid'], { issuer: 'root' });
  issue('other name', '/CN=Gốc khác', named, { key: 'root' });
  issue('other identifier', '/CN=Gốc', [...caExtensions, 'subjectKeyIdentifier=0102'], { key: 'root' });
  issue('other key', '/CN=Gốc', [...caExtensions, 'subjectKeyIdentifier=none']);
});

afterAll(() => removeWorkDir(authority.dir));

test.each(['other name', 'other identifier', 'other key'])(
  'a certificate was issued by the one with its name, key identifier and signature: not by one with an %s',
  (id) => {
    const [leaf, root] = [certificate('leaf'), certificate('root')];
    expect(findIssuer(nodeCrypto, leaf, [certificate(id)])).toBeNull();
    expect(findIssuer(nodeCrypto, leaf, [certificate(id), root])?.id).toBe(root.id);
  },
);

test('what proves a status is collected once, also for two signatures of one person', async () => {
  const list = authority.list('root', {
    thisUpdate: signingTime - 1000,
    nextUpdate: signingTime + 86_400_000,
  });
  const root = certificate('root');
  const evidence = { certificates: [], crls: [list], ocsps: [] };
  const atHand = { crypto: nodeCrypto, anchors: [root], evidence, now: signingTime };
  const collect = async (count: number) => {
    const { certificates, crls, missing } = await collectEvidence(
      atHand,
      Array(count).fill(certificate('leaf')),
    );
    return [certificates.length, crls.length, missing];
  };
  expect(await collect(1)).toEqual([2, 1, []]);
  expect(await collect(2)).toEqual([2, 1, []]);
});
