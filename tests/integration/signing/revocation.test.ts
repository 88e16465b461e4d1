import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { nodeCrypto } from '../../../shared/node/crypto-port';
import { derInteger, derOctets, derOid, derSequence, encodeDer } from '../../../shared/signing/asn1/der';
import { latin1Bytes } from '../../../shared/signing/bytes';
import { type Crl, readCrl } from '../../../shared/signing/certificates/crl';
import { impliedPoint } from '../../../shared/signing/certificates/distribution-point';
import { checkRevocation, type RevocationStatus } from '../../../shared/signing/certificates/revocation';
import { processorTime } from '../../processor-time';
import {
  caExtensions,
  type ListOptions,
  lookAlike,
  signerExtensions,
  TestAuthority,
  withEntry,
} from './certificate-authority';
import { makeWorkDir, removeWorkDir } from './fixtures';

const day = 864e5;
/** The certificates begin now, so that the whole story is told in the days to come. */
const start = Math.floor(Date.now() / 1000) * 1000;
const at = start + 10 * day;
const now = start + 20 * day;
const serial = '0A0B0C0D';
const current: ListOptions = { thisUpdate: at - day, nextUpdate: at + 6 * day };

let authority: TestAuthority;

beforeAll(() => {
  authority = new TestAuthority(makeWorkDir());
  authority.issue('root', '/CN=Gốc thử nghiệm', caExtensions);
  authority.issue('sub', '/CN=Trung gian', caExtensions, { issuer: 'root' });
  authority.issue('namesake', '/CN=Trung gian', caExtensions);
  authority.issue('signer', '/CN=Người ký', signerExtensions, { issuer: 'sub', serial });
  authority.issue('brief', '/CN=Người ký', signerExtensions, { issuer: 'sub', serial, days: 12 });
  authority.issue(
    'no-lists',
    '/CN=Không phát hành danh sách',
    ['basicConstraints=critical,CA:true', 'keyUsage=critical,keyCertSign'],
    { issuer: 'root' },
  );
  authority.issue('of-no-lists', '/CN=Người ký', signerExtensions, { issuer: 'no-lists', serial });
  authority.issue('list-key', '/CN=Trung gian', ['keyUsage=critical,cRLSign'], {
    issuer: 'root',
    serial: '0E0E',
  });
});

afterAll(() => removeWorkDir(authority.dir));

type Asked = {
  readonly leaf?: string;
  readonly issuer?: string;
  readonly at?: number;
  readonly pool?: readonly string[];
  readonly anchors?: readonly string[];
};

function ask(crls: readonly Crl[], asked: Asked = {}): RevocationStatus {
  return checkRevocation(nodeCrypto, {
    certificate: authority.certificate(asked.leaf ?? 'signer'),
    issuer: authority.certificate(asked.issuer ?? 'sub'),
    at: asked.at ?? at,
    now,
    crls,
    ocsps: [],
    pool: [...(asked.pool ?? []), 'sub'].map((id) => authority.certificate(id)),
    anchors: (asked.anchors ?? ['root']).map((id) => authority.certificate(id)),
  });
}

const revokedAt = (time: number, reason?: string): Pick<ListOptions, 'revoked'> => ({
  revoked: [
    { serial: '01', at: start },
    { serial, at: time, ...(reason ? { reason } : {}) },
    { serial: '0A0B0C0E', at: start },
  ],
});

describe('revocation by CRL (RFC 5280, 6.3)', () => {
  test('a current list without the certificate says good, and is the evidence', () => {
    const crl = authority.list('sub', { ...current, revoked: [{ serial: '01', at: start }] });
    expect(ask([crl])).toEqual({
      status: 'good',
      source: 'crl',
      issuedAt: current.thisUpdate,
      evidence: [crl.der],
      certificates: [],
    });
  });

  test('revoked before or at the time of signing', () => {
    const crl = authority.list('sub', { ...current, ...revokedAt(at - 2 * day, 'keyCompromise') });
    const revoked = { status: 'revoked', source: 'crl', revokedAt: at - 2 * day, reason: 'keyCompromise' };
    expect(ask([crl])).toMatchObject({ ...revoked, evidence: [crl.der] });
    expect(ask([crl], { at: at - 2 * day })).toMatchObject(revoked);
    const clean = authority.list('sub', { ...current, thisUpdate: at - 3 * day });
    expect(ask([clean, crl])).toMatchObject(revoked);
  });

  test('revoked after the time of signing: the signature stands', () => {
    const crl = authority.list('sub', { ...current, thisUpdate: at + 2 * day, ...revokedAt(at + day) });
    expect(ask([crl])).toMatchObject({ status: 'good', source: 'crl' });
    expect(ask([crl], { at: at + day })).toMatchObject({ status: 'revoked' });
  });
});

describe('which lists count (Thông tư 15/2025/TT-BKHCN, Phụ lục II)', () => {
  const unknown = { status: 'unknown', source: 'none', evidence: [] };

  test('none at all', () => expect(ask([])).toMatchObject(unknown));

  test('a list that ended before the time of signing does not, one issued after it does though it has ended', () => {
    const stale = authority.list('sub', { thisUpdate: at - 3 * day, nextUpdate: at - day });
    const later = authority.list('sub', { thisUpdate: at + day, nextUpdate: at + 2 * day });
    expect(ask([stale])).toMatchObject(unknown);
    expect(ask([later])).toMatchObject({ status: 'good', issuedAt: at + day });
  });

  test('a stale list still proves a revocation, but not that a hold lasted', () => {
    const stale = { thisUpdate: at - 3 * day, nextUpdate: at - 2 * day };
    expect(ask([authority.list('sub', { ...stale, ...revokedAt(at - 4 * day) })]).status).toBe('revoked');
    const held = revokedAt(at - 4 * day, 'certificateHold');
    expect(ask([authority.list('sub', { ...stale, ...held })])).toMatchObject(unknown);
  });

  test('a hold counts while it lasts', () => {
    const held = authority.list('sub', {
      thisUpdate: at - 3 * day,
      nextUpdate: at + 6 * day,
      ...revokedAt(at - 4 * day, 'certificateHold'),
    });
    const lifted = authority.list('sub', current);
    expect(ask([held])).toMatchObject({ status: 'revoked', reason: 'certificateHold' });
    expect(ask([held, lifted])).toMatchObject({ status: 'good', evidence: [lifted.der] });
    expect(ask([held, lifted], { at: at - 2 * day })).toMatchObject({ status: 'revoked' });
  });

  test('a hold is not lifted by a list that was made before it, for another place', () => {
    const place = encodeDer(0x86, latin1Bytes('http://vi.du/a.crl'));
    const point = derSequence(derSequence(encodeDer(0xa0, encodeDer(0xa0, place))));
    const signer = authority.certificate('signer');
    const extensions = new Map([
      ...signer.extensions,
      ['2.5.29.31', { critical: false, value: point }] as const,
    ]);
    const clean = authority.list('sub', {
      ...current,
      extensions: ['issuingDistributionPoint=critical,fullname:URI:http://vi.du/a.crl'],
    });
    const held = authority.list('sub', {
      ...current,
      thisUpdate: at + day,
      ...revokedAt(at - 4 * day, 'certificateHold'),
    });
    if (clean.scope === null) throw new Error('scope expected');
    const ofIssuer = { ...held, scope: { ...clean.scope, names: impliedPoint(signer).names } };
    const status = (crls: readonly Crl[]) =>
      checkRevocation(nodeCrypto, {
        certificate: { ...signer, extensions },
        issuer: authority.certificate('sub'),
        pool: [],
        anchors: [authority.certificate('root')],
        at,
        now,
        crls,
        ocsps: [],
      }).status;
    expect(status([clean])).toBe('good');
    expect(status([clean, ofIssuer])).toBe('revoked');
  });

  test('a list from the future', () => {
    const crl = authority.list('sub', { thisUpdate: now + day, nextUpdate: now + 9 * day });
    expect(ask([crl])).toMatchObject(unknown);
  });

  test('a list issued after the certificate expired proves nothing unless it keeps expired ones', () => {
    const late = { thisUpdate: start + 15 * day, nextUpdate: start + 30 * day };
    const since = new Date(start).toISOString().replace(/\D/g, '').slice(0, 14);
    const keeps = { ...late, extensions: [`2.5.29.60=ASN1:GENERALIZEDTIME:${since}Z`] };
    expect(ask([authority.list('sub', late)], { leaf: 'brief' })).toMatchObject(unknown);
    expect(ask([authority.list('sub', keeps)], { leaf: 'brief' })).toMatchObject({ status: 'good' });
    expect(ask([authority.list('sub', { ...late, ...revokedAt(at) })], { leaf: 'brief' }).status).toBe(
      'revoked',
    );
  });

  test('another authority of the same name, another key or a weak digest', () => {
    expect(ask([authority.list('namesake', current)], { pool: ['namesake'] })).toMatchObject(unknown);
    expect(ask([authority.list('root', current)])).toMatchObject(unknown);
    expect(ask([authority.list('sub', { ...current, digest: 'sha1' })])).toMatchObject(unknown);
    const asked = { leaf: 'of-no-lists', issuer: 'no-lists', pool: ['no-lists'] };
    expect(ask([authority.list('no-lists', current)], asked)).toMatchObject(unknown);
  });

  test('the anchor that counts is the one above the issuer that was asked about', () => {
    authority.issue('cross-root', '/CN=Gốc chéo', caExtensions);
    authority.issue('sub-by-cross', '/CN=Trung gian', caExtensions, { issuer: 'cross-root', key: 'sub' });
    const lists = [authority.list('list-key', current), authority.list('root', current)];
    const asked = { pool: ['sub-by-cross', 'list-key'], anchors: ['cross-root', 'root'] };
    expect(ask(lists, asked)).toMatchObject({ status: 'good' });
    expect(ask(lists, { ...asked, issuer: 'sub-by-cross' })).toMatchObject(unknown);
  });

  test('a list made when its issuer had expired', () => {
    authority.issue('brief-sub', '/CN=Trung gian ngắn hạn', caExtensions, { issuer: 'root', days: 12 });
    authority.issue('of-brief-sub', '/CN=Người ký', signerExtensions, { issuer: 'brief-sub', serial });
    const asked = { leaf: 'of-brief-sub', issuer: 'brief-sub', pool: ['brief-sub'] };
    const made = (thisUpdate: number): ListOptions => ({ thisUpdate, nextUpdate: now + 9 * day });
    expect(ask([authority.list('brief-sub', made(start + 13 * day))], asked)).toMatchObject(unknown);
    expect(ask([authority.list('brief-sub', made(start + 11 * day))], asked).status).toBe('good');
  });

  test('an authority of the same name below another anchor (RFC 5280, 6.3.3 f)', () => {
    authority.issue('other-root', '/CN=Gốc khác', caExtensions);
    authority.issue('other-sub', '/CN=Trung gian', caExtensions, { issuer: 'other-root' });
    const lists = [authority.list('other-sub', current), authority.list('other-root', current)];
    const asked = { pool: ['other-sub'], anchors: ['root', 'other-root'] };
    expect(ask(lists, asked)).toMatchObject(unknown);
    expect(ask([authority.list('sub', current)], asked)).toMatchObject({ status: 'good' });
  });

  test('another key of the same authority, as long as its own certificate is good', () => {
    const list = authority.list('list-key', current);
    const ofRoot = authority.list('root', current);
    const asked = { pool: ['list-key'] };
    expect(ask([list], asked)).toMatchObject(unknown);
    expect(ask([list, ofRoot], asked)).toMatchObject({ status: 'good', evidence: [list.der] });
    expect(ask([list, ofRoot], asked).certificates.map(({ id }) => id)).toContain(
      authority.certificate('list-key').id,
    );
    const revoked = authority.list('root', { ...current, revoked: [{ serial: '0E0E', at: start }] });
    expect(ask([list, revoked], asked)).toMatchObject(unknown);
  });

  test('another key that was revoked between the time of signing and its list', () => {
    const later = { thisUpdate: at + 3 * day, nextUpdate: at + 6 * day };
    const list = authority.list('list-key', later);
    const revoked = authority.list('root', { ...later, revoked: [{ serial: '0E0E', at: at + day }] });
    expect(ask([list, authority.list('root', later)], { pool: ['list-key'] }).status).toBe('good');
    expect(ask([list, revoked], { pool: ['list-key'] })).toMatchObject(unknown);
  });

  test.each([
    ['about authorities only', 'issuingDistributionPoint=critical,onlyCA:TRUE'],
    ['about some reasons only', 'issuingDistributionPoint=critical,onlysomereasons:keyCompromise'],
    ['of another place', 'issuingDistributionPoint=critical,fullname:URI:http://vi.du/khac.crl'],
    ['with an unknown critical extension', '1.2.3.4=critical,ASN1:NULL'],
  ])('a list %s', (_name, extension) => {
    expect(ask([authority.list('sub', { ...current, extensions: [extension] })])).toMatchObject(unknown);
  });

  test('a list with an entry whose critical extension is not known, be it about another certificate', () => {
    const list = authority.list('sub', { ...current, revoked: [{ serial: '01', at: start }] });
    const entryWith = (critical: number): Uint8Array => {
      const value = derOctets(Uint8Array.of(0x05, 0x00));
      const extension = derSequence(derOid('1.2.3.4'), encodeDer(0x01, Uint8Array.of(critical)), value);
      const time = encodeDer(0x17, latin1Bytes('260101000000Z'));
      return derSequence(derInteger(7), time, derSequence(extension));
    };
    const key = authority.key('sub');
    expect(ask([withEntry(list, entryWith(0xff), key)])).toMatchObject(unknown);
    expect(ask([withEntry(list, entryWith(0), key)])).toMatchObject({ status: 'good' });
    // It stands in the way of no other list.
    expect(ask([withEntry(list, entryWith(0xff), key), list])).toMatchObject({ status: 'good' });
  });

  test('a delta list alone does not, with its base it does', () => {
    const base = authority.list('sub', { ...current, thisUpdate: at - 2 * day });
    const delta = authority.list('sub', {
      ...current,
      ...revokedAt(at - 1.5 * day),
      number: '1001',
      extensions: ['2.5.29.27=critical,ASN1:INTEGER:4096'],
    });
    expect(ask([delta])).toMatchObject(unknown);
    expect(ask([base, delta])).toMatchObject({ status: 'revoked' });
  });

  test.each([
    ['whose base is newer than the complete list', { number: '1003', base: 4098, scope: [] }],
    ['that is older than the complete list', { number: '0FFF', base: 4094, scope: [] }],
    [
      'with another scope',
      { number: '1001', base: 4096, scope: ['issuingDistributionPoint=critical,onlyuser:TRUE'] },
    ],
  ])('a delta list %s is not for it', (_name, { number, base, scope }) => {
    const complete = authority.list('sub', { ...current, thisUpdate: at - 2 * day });
    const delta = authority.list('sub', {
      ...current,
      ...revokedAt(at - 1.5 * day),
      number,
      extensions: [`2.5.29.27=critical,ASN1:INTEGER:${base}`, ...scope],
    });
    expect(ask([complete, delta])).toMatchObject({ status: 'good', evidence: [complete.der] });
  });

  test('a delta list is only for a list with a number, and with the same key identifier', () => {
    const complete = authority.list('sub', { ...current, thisUpdate: at - 2 * day });
    const delta = authority.list('sub', {
      ...current,
      ...revokedAt(at - 1.5 * day),
      number: '1001',
      extensions: ['2.5.29.27=critical,ASN1:INTEGER:0'],
    });
    expect(ask([complete, delta])).toMatchObject({ status: 'revoked' });
    expect(ask([{ ...complete, number: null }, delta])).toMatchObject({ status: 'good' });
    expect(ask([complete, { ...delta, authorityKeyId: null }])).toMatchObject({ status: 'good' });
  });

  test('a list about persons only says nothing about an authority', () => {
    const list = (extensions: readonly string[]) => authority.list('root', { ...current, extensions });
    const asked = { leaf: 'sub', issuer: 'root' };
    expect(ask([list([])], asked).status).toBe('good');
    expect(ask([list(['issuingDistributionPoint=critical,onlyuser:TRUE'])], asked)).toMatchObject(unknown);
    expect(ask([list(['issuingDistributionPoint=critical,onlyCA:TRUE'])], asked).status).toBe('good');
  });

  test('a list of another key counts only below the anchor of the issuer that was asked about', () => {
    authority.issue('rogue', '/CN=Trung gian', caExtensions, { key: 'sub' });
    const lists = [authority.list('list-key', current), authority.list('root', current)];
    expect(ask(lists, { pool: ['list-key'] }).status).toBe('good');
    expect(ask(lists, { pool: ['list-key'], issuer: 'rogue' })).toMatchObject(unknown);
  });

  test('a list under another name is none of the issuer, though its key has signed it', () => {
    authority.issue('renamed', '/CN=Tên khác', caExtensions, { issuer: 'root', key: 'sub' });
    const list = authority.list('renamed', {
      ...current,
      extensions: ['issuingDistributionPoint=critical,indirectCRL:TRUE'],
    });
    const point = derSequence(encodeDer(0xa2, encodeDer(0xa4, authority.certificate('renamed').subject)));
    const certificate = authority.certificate('signer');
    const extensions = new Map([
      ...certificate.extensions,
      ['2.5.29.31', { critical: false, value: derSequence(point) }] as const,
    ]);
    const query = {
      certificate: { ...certificate, extensions },
      issuer: authority.certificate('sub'),
      at,
      now,
      crls: [list, authority.list('root', current)],
      ocsps: [],
      anchors: [authority.certificate('root')],
    };
    const pool = [authority.certificate('sub')];
    expect(checkRevocation(nodeCrypto, { ...query, pool })).toMatchObject(unknown);
    const known = [...pool, authority.certificate('renamed')];
    expect(checkRevocation(nodeCrypto, { ...query, pool: known }).status).toBe('good');
  });

  test('a delta list that lifts a hold does so from its time on', () => {
    const held = revokedAt(at - 2 * day, 'certificateHold');
    const lifting = {
      ...revokedAt(at - 2 * day, 'removeFromCRL'),
      number: '1001',
      extensions: ['2.5.29.27=critical,ASN1:INTEGER:4096'],
    };
    const base = authority.list('sub', { ...current, ...held });
    const before = authority.list('sub', { ...current, thisUpdate: at - 0.5 * day, ...lifting });
    const after = authority.list('sub', { ...current, thisUpdate: at + day, ...lifting });
    expect(ask([base])).toMatchObject({ status: 'revoked', reason: 'certificateHold' });
    expect(ask([base, before])).toMatchObject({ status: 'good', evidence: [base.der, before.der] });
    expect(ask([base, after])).toMatchObject({ status: 'revoked', reason: 'certificateHold' });
  });

  test('a list changed by one byte', () => {
    const { der } = authority.list('sub', { ...current, ...revokedAt(at + day) });
    const changed = Uint8Array.from(der);
    const digit = Buffer.from(der).indexOf('Z', 60) - 1;
    changed[digit] = changed[digit]! ^ 1;
    expect(ask([readCrl(changed, nodeCrypto)])).toMatchObject(unknown);
  });
});

test('a heap of forged lists among namesakes of their issuer ends soon, and is never good', () => {
  const genuine = authority.list('sub', { ...current, thisUpdate: at - 2 * day });
  const model = authority.list('namesake', current);
  const forged = Array.from({ length: 300 }, (_, i) => ({
    ...model,
    id: `forged ${i}`,
    authorityKeyId: null,
  }));
  const [root, sub, signer] = ['root', 'sub', 'signer'].map((id) => authority.certificate(id));
  const key = authority.key('namesake');
  const pool = Array.from({ length: 100 }, (_, i) => lookAlike(sub!, i, key));
  const started = processorTime();
  const { status } = checkRevocation(nodeCrypto, {
    certificate: signer!,
    issuer: sub!,
    at,
    now,
    crls: [genuine, ...forged],
    ocsps: [],
    pool,
    anchors: [root!],
  });
  expect(status).toBe('unknown');
  expect(processorTime() - started).toBeLessThan(5000);
});
