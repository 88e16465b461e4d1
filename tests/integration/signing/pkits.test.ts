import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { nodeCrypto } from '../../../shared/node/crypto-port';
import { DerError } from '../../../shared/signing/asn1/der';
import { type Crl, readCrl } from '../../../shared/signing/certificates/crl';
import { anyPolicyInputs, type PolicyInputs } from '../../../shared/signing/certificates/policy-graph';
import { checkRevocation, type RevocationStatus } from '../../../shared/signing/certificates/revocation';
import { type Certificate, readCertificate } from '../../../shared/signing/certificates/x509';
import { validatePath } from '../../../shared/signing/certificates/x509-path';

type Expected = 'valid' | 'invalid' | 'revoked' | 'unknown';
type Case = {
  readonly id: string;
  readonly name: string;
  readonly certificate: string;
  readonly certificates: readonly string[];
  readonly crls: readonly string[];
  readonly expected: Expected;
  readonly policies?: Partial<PolicyInputs>;
};

const folder = join(process.cwd(), 'tests/integration/signing/samples/pkits');
const cases: readonly Case[] = JSON.parse(readFileSync(join(folder, 'cases.json'), 'utf8'));
const data: { certificates: Record<string, string>; crls: Record<string, string> } = JSON.parse(
  readFileSync(join(folder, 'certificates-and-crls.json'), 'utf8'),
);

/** Within the validity of the suite (2010 to 2030) and before the lists that are meant to be current end. */
const at = Date.UTC(2022, 4, 1);

/** Refused on purpose although the suite calls them valid. */
const refusals: Readonly<Record<string, string>> = {
  valid_dsa_signatures_test4:
    'DSA with SHA-1: the digest is refused as weak, and FIPS 186-5 has withdrawn DSA',
  valid_dsa_parameter_inheritance_test5: 'DSA with SHA-1, as above',
  valid_crlissuer_test30:
    'the only list about the signer of the list is signed by itself; nobody vouches for his own',
};

/** Null for what cannot be read: some of the suite's damaged signatures are no whole octets any more. */
function readable<T>(base64: string | undefined, read: (der: Uint8Array) => T): T | null {
  if (base64 === undefined) throw new Error('not in the samples');
  try {
    return read(new Uint8Array(Buffer.from(base64, 'base64')));
  } catch (error) {
    if (error instanceof DerError) return null;
    throw error;
  }
}

const certificateOf = (name: string): Certificate | null =>
  readable(data.certificates[name], (der) => readCertificate(der, nodeCrypto));
const crlOf = (name: string): Crl | null => readable(data.crls[name], (der) => readCrl(der, nodeCrypto));
const isThere = <T>(value: T | null): value is T => value !== null;

const anchors = [certificateOf('TrustAnchorRootCertificate')].filter(isThere);

/** The path and then the revocation of every certificate below the anchor, with the data that the suite gives. */
function judge({ certificate, certificates, crls: names, policies }: Case): {
  result: Expected;
  why: string;
} {
  const leaf = certificateOf(certificate);
  if (!leaf) return { result: 'invalid', why: 'unreadable' };
  const pool = certificates.map(certificateOf).filter(isThere);
  const crls = ['TrustAnchorRootCRL', ...names].map(crlOf).filter(isThere);
  const statuses = (path: readonly Certificate[]): readonly RevocationStatus['status'][] =>
    path.slice(0, -1).map((link, i) => {
      const query = { certificate: link, issuer: path[i + 1]!, at, now: at, crls, ocsps: [], pool, anchors };
      return checkRevocation(nodeCrypto, query).status;
    });
  const { status, code, path } = validatePath(nodeCrypto, {
    leaf,
    pool,
    anchors,
    at,
    purpose: 'any',
    policies: { ...anyPolicyInputs, ...policies },
    isUsable: (candidate) => statuses(candidate).every((found) => found === 'good'),
  });
  if (status !== 'trusted') return { result: 'invalid', why: code };
  const found = statuses(path);
  if (found.includes('revoked')) return { result: 'revoked', why: found.join() };
  return { result: found.includes('unknown') ? 'unknown' : 'valid', why: found.join() };
}

const results = cases.map((one) => ({ ...one, ...judge(one) }));
const isAccepted = (kind: Expected): boolean => kind === 'valid';

describe('NIST PKITS (Public Key Interoperability Test Suite, 2011)', () => {
  test.each(results)('$id $name: $expected', ({ name, expected, result, why }) => {
    const refused = name in refusals;
    expect({ result, why }).toMatchObject({
      result: refused ? expect.not.stringMatching(/^valid$/) : expected,
    });
  });

  test('nothing is accepted that the suite calls invalid, and refusals are few and known', () => {
    const falseAccepts = results.filter(
      ({ expected, result }) => !isAccepted(expected) && isAccepted(result),
    );
    const falseRefusals = results.filter(
      ({ expected, result }) => isAccepted(expected) && !isAccepted(result),
    );
    const right = cases.length - falseAccepts.length - falseRefusals.length;
    process.stdout.write(
      `PKITS: ${right} of ${cases.length} right, ${falseAccepts.length} accepted wrongly\n`,
    );
    expect(cases).toHaveLength(246);
    expect(falseAccepts).toEqual([]);
    expect(falseRefusals.map(({ name }) => name)).toEqual(Object.keys(refusals));
  });
});
