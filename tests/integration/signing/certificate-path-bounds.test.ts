import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { nodeCrypto } from '../../../shared/node/crypto-port';
import { derInteger, derOid, derSequence, encodeDer } from '../../../shared/signing/asn1/der';
import { oids } from '../../../shared/signing/asn1/oids';
import { concatBytes, latin1Bytes } from '../../../shared/signing/bytes';
import { validatePath } from '../../../shared/signing/certificates/x509-path';
import type { Certificate } from '../../../shared/signing/index';
import { caExtensions as ca, signerExtensions as signer, TestAuthority } from './certificate-authority';
import { makeWorkDir, removeWorkDir, signingTime } from './fixtures';

let authority: TestAuthority;
/** Intermediates, the first below the root and each below the one before. */
const deep = [...Array(9).keys()].map((i) => `deep-${i}`);

beforeAll(() => {
  authority = new TestAuthority(makeWorkDir());
  authority.issue('root', '/CN=Gốc thử nghiệm', ca);
  for (const [i, id] of deep.entries())
    authority.issue(id, `/CN=Trung gian ${i}`, ca, { issuer: deep[i - 1] ?? 'root' });
  for (const id of ['deep-0', 'deep-1', 'deep-7', 'deep-8'])
    authority.issue(`by-${id}`, '/CN=Người ký', signer, { issuer: id });
  authority.issue('self-issued', '/CN=Trung gian 0', signer, { issuer: 'deep-0' });
});

afterAll(() => removeWorkDir(authority.dir));

function codeOf(
  leaf: Certificate,
  pool: readonly Certificate[],
  { at = signingTime, anchors = [authority.certificate('root')] } = {},
): string {
  return validatePath(nodeCrypto, { leaf, pool, anchors, at, purpose: 'document' }).code;
}

const all = <T>(count: number, make: (i: number) => T): T[] => [...Array(count).keys()].map(make);

/** The certificate as if it had another extension; nothing that is asked here is signed. */
function withExtension(certificate: Certificate, oid: string, value: Uint8Array): Certificate {
  const extensions = new Map([...certificate.extensions, [oid, { critical: true, value }]]);
  return { ...certificate, extensions };
}

/** The code of the shortest path when its authority, or its leaf, has another extension. */
function codeWith(whose: 'authority' | 'leaf', oid: string, value: Uint8Array): string {
  const [issuer, leaf] = [authority.certificate('deep-0'), authority.certificate('by-deep-0')];
  return whose === 'leaf'
    ? codeOf(withExtension(leaf, oid, value), [issuer])
    : codeOf(leaf, [withExtension(issuer, oid, value)]);
}

test('a path of ten certificates is looked for, and none of eleven', () => {
  const pool = deep.map((id) => authority.certificate(id));
  expect(codeOf(authority.certificate('by-deep-7'), pool)).toBe('OK');
  expect(codeOf(authority.certificate('by-deep-8'), pool)).toBe('NO_PATH_TO_ANCHOR');
});

describe('RFC 5280, section 4.2.1.4 and 4.2.1.5: policies', () => {
  const policies = (count: number) => derSequence(...all(count, (i) => derSequence(derOid(`1.2.3.${i}`))));
  const mapping = (from: string, to: string) => derSequence(derOid(from), derOid(to));
  const mappings = (count: number) => derSequence(...all(count, (i) => mapping(`1.2.3.${i}`, `1.2.4.${i}`)));
  const anyPolicy = '2.5.29.32.0';

  test('200 of them are read, 201 refused', () => {
    expect(codeWith('leaf', oids.certificatePolicies, policies(200))).toBe('OK');
    expect(codeWith('leaf', oids.certificatePolicies, policies(201))).toBe('UNKNOWN_CRITICAL_EXTENSION');
    expect(codeWith('authority', oids.policyMappings, mappings(200))).toBe('OK');
    expect(codeWith('authority', oids.policyMappings, mappings(201))).toBe('UNKNOWN_CRITICAL_EXTENSION');
  });

  test.each([
    ['from', mapping(anyPolicy, '1.2.4')],
    ['to', mapping('1.2.3', anyPolicy)],
  ])('nothing is mapped %s anyPolicy', (_way, pair) => {
    expect(codeWith('authority', oids.policyMappings, derSequence(pair))).toBe('UNKNOWN_CRITICAL_EXTENSION');
  });
});

describe('RFC 5280, section 4.2.1.10: name constraints', () => {
  const name = (text: string) => encodeDer(0x82, latin1Bytes(text));
  const excluding = (...subtrees: readonly Uint8Array[]) =>
    derSequence(encodeDer(0xa1, concatBytes([...subtrees])));

  test('a subtree has neither a minimum nor a maximum, and is not empty', () => {
    const minimum = encodeDer(0x80, Uint8Array.of(1));
    const base = name('xau.vn');
    expect(codeWith('authority', oids.nameConstraints, excluding(derSequence(base)))).toBe('OK');
    for (const subtree of [derSequence(base, minimum), derSequence()])
      expect(codeWith('authority', oids.nameConstraints, excluding(subtree))).toBe(
        'UNKNOWN_CRITICAL_EXTENSION',
      );
  });

  test.each([
    ['NAME_NOT_PERMITTED', 'ky@ldld.vn'],
    ['NAME_NOT_PERMITTED', 'ky@LDLD.vn'],
    ['OK', 'khac@ldld.vn'],
    ['OK', 'ky@khac.vn'],
  ])('one excluded mailbox: %s for %s', (code, address) => {
    const mail = (text: string) => encodeDer(0x81, latin1Bytes(text));
    const limits = excluding(derSequence(mail('ky@ldld.vn')));
    const issuer = withExtension(authority.certificate('deep-0'), oids.nameConstraints, limits);
    const leaf = withExtension(
      authority.certificate('by-deep-0'),
      oids.subjectAltName,
      derSequence(mail(address)),
    );
    expect(codeOf(leaf, [issuer])).toBe(code);
  });

  test('authorities are held to them as well; one that issued itself is not, unless it signs documents (6.1.3 b)', () => {
    const [issuer, below] = [authority.certificate('deep-0'), authority.certificate('deep-1')];
    const without = (subject: Uint8Array) =>
      withExtension(issuer, oids.nameConstraints, excluding(derSequence(encodeDer(0xa4, subject))));
    const leaf = authority.certificate('by-deep-1');
    expect(codeOf(leaf, [issuer, below])).toBe('OK');
    expect(codeOf(leaf, [without(below.subject), below])).toBe('NAME_NOT_PERMITTED');
    const selfIssued = authority.certificate('self-issued');
    expect(codeOf(selfIssued, [issuer])).toBe('OK');
    expect(codeOf(selfIssued, [without(issuer.subject)])).toBe('NAME_NOT_PERMITTED');
  });

  test('200,000 comparisons of names are made, and not one more', () => {
    const issuer = authority.certificate('deep-0');
    const subtrees = all(2000, (i) => derSequence(name(`xau-${i}.vn`)));
    const limited = withExtension(issuer, oids.nameConstraints, excluding(...subtrees));
    const leaf = (count: number) =>
      withExtension(
        authority.certificate('by-deep-0'),
        oids.subjectAltName,
        derSequence(...all(count, (i) => name(`tot-${i}.vn`))),
      );
    expect(codeOf(leaf(100), [limited])).toBe('OK');
    expect(codeOf(leaf(101), [limited])).toBe('UNKNOWN_CRITICAL_EXTENSION');
  });
});

test('section 4.2.1.11: a policy is asked for where an authority asks for one', () => {
  const requireExplicit = derSequence(encodeDer(0x80, derInteger(0).subarray(2)));
  expect(codeWith('authority', oids.policyConstraints, requireExplicit)).toBe('POLICY_NOT_PERMITTED');
});

describe('anchors', () => {
  test('are authorities, if they have extensions to say so', () => {
    const [leaf, issuer] = [authority.certificate('by-deep-0'), authority.certificate('deep-0')];
    const root = authority.certificate('root');
    expect(codeOf(leaf, [issuer], { anchors: [{ ...root, isCa: false }] })).toBe('NOT_A_CA');
    const old = { ...root, isCa: false, extensions: new Map(), keyUsage: null };
    expect(codeOf(leaf, [issuer], { anchors: [old] })).toBe('OK');
  });

  test('that sign themselves are asked whether they are valid', () => {
    const anchors = [authority.certificate('by-deep-0')];
    const [leaf] = anchors;
    if (leaf === undefined) throw new Error('certificate expected');
    expect(codeOf(leaf, [], { anchors })).toBe('OK');
    expect(codeOf(leaf, [], { anchors, at: Date.UTC(2100, 0, 1) })).toBe('EXPIRED');
  });
});
