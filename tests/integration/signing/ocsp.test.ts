import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createHttpPort } from '../../../electron/network/http-port';
import { nodeCrypto } from '../../../shared/node/crypto-port';
import { type OcspResponse, readOcspResponse, statusByOcsp } from '../../../shared/signing/certificates/ocsp';
import { ocspRequest } from '../../../shared/signing/certificates/ocsp-request';
import type { RevocationStatus } from '../../../shared/signing/certificates/revocation';
import { type Certificate, DerError, readCertificate } from '../../../shared/signing/index';
import { derOfPem, makeWorkDir, removeWorkDir, type TestPki } from './fixtures';
import { mutations } from './services/mutations';
import { type Services, startServicedPki } from './services/services';

const dir = makeWorkDir();
const samples = join(import.meta.dirname, 'samples', 'ocsp');
const day = 24 * 3600_000;
let pki: TestPki;
let services: Services;

beforeAll(async () => {
  ({ pki, services } = await startServicedPki(join(dir, 'pki')));
});
afterEach(() => {
  services.faults.ocsp = null;
});
afterAll(async () => {
  await services.stop();
  removeWorkDir(dir);
});

const pem = (path: string): Certificate => readCertificate(derOfPem(path), nodeCrypto);
const ours = (id: string): Certificate => pem(join(pki.dir, `${id}.pem`));

type Judged = { readonly at?: number; readonly now?: number; readonly certificate?: Certificate };

function judge(
  certificate: Certificate,
  issuer: Certificate,
  responses: readonly OcspResponse[],
  { at, now }: Judged,
): RevocationStatus {
  const moment = at ?? Date.now();
  const query = { certificate, issuer, at: moment, now: now ?? moment, responses, pool: [], anchors: [] };
  return statusByOcsp(nodeCrypto, query);
}

describe('OpenSSL’s responses: what is wrong with one of them leaves the status unknown', () => {
  const direct = Date.UTC(2012, 9, 12);
  const delegated = Date.UTC(2012, 9, 23, 11);
  const issuers = { D1: 'ICA', D2: 'Root', D3: 'Root', ND1: 'ICA', ND2: 'Root', ND3: 'Root' } as const;
  const holders = { D1: 'EE', D2: 'ICA', D3: 'EE', ND1: 'EE', ND2: 'ICA', ND3: 'EE' } as const;
  type Id = keyof typeof issuers;
  const ids = Object.keys(issuers) as Id[];
  const momentOf = (id: Id): number => (id.startsWith('N') ? direct : delegated);

  function status(id: Id, response: string, issuerPrefix = '', at = momentOf(id)): string {
    const certificate = pem(join(samples, `${id}_Cert_${holders[id]}.pem`));
    const issuer = pem(join(samples, `${issuerPrefix}${id}_Issuer_${issuers[id]}.pem`));
    const der = new Uint8Array(
      Buffer.from(readFileSync(join(samples, `${response}.ors`), 'latin1'), 'base64'),
    );
    return judge(certificate, issuer, [readOcspResponse(der, nodeCrypto)], { at }).status;
  }

  test.each(ids)('%s as it is: good', (id) => {
    expect(status(id, id)).toBe('good');
  });

  test.each(
    ids.flatMap((id) =>
      ['ISOP', 'WRID', 'WINH', 'WIKH', ...(id.startsWith('N') ? [] : ['WKDOSC', 'ISDOSC'])].map((fault) => ({
        id,
        fault,
      })),
    ),
  )(
    '$fault $id: wrong signature, responder, name hash, key hash, responder key or appointment',
    ({ id, fault }) => {
      expect(status(id, `${fault}_${id}`)).toBe('unknown');
    },
  );

  test.each(ids)('%s with an issuer of another name or key: unknown', (id) => {
    expect([status(id, id, 'WSNIC_'), status(id, id, 'WKIC_')]).toEqual(['unknown', 'unknown']);
  });

  test.each(ids)('%s with a wrong signature on the issuer: the answer stands, the path does not', (id) => {
    expect(status(id, id, 'ISIC_')).toBe('good');
  });

  test.each(ids)('%s a year later, and a week before: unknown', (id) => {
    expect(status(id, id, '', momentOf(id) + 365 * day)).toBe('unknown');
    expect(status(id, id, '', momentOf(id) - 40 * day)).toBe('unknown');
  });

  test('SHA-1 signs nothing any more: seen today, the same response proves nothing', () => {
    const certificate = pem(join(samples, 'ND3_Cert_EE.pem'));
    const issuer = pem(join(samples, 'ND3_Issuer_Root.pem'));
    const der = new Uint8Array(Buffer.from(readFileSync(join(samples, 'ND3.ors'), 'latin1'), 'base64'));
    const responses = [readOcspResponse(der, nodeCrypto)];
    expect(judge(certificate, issuer, responses, { at: direct, now: direct }).status).toBe('good');
    expect(judge(certificate, issuer, responses, { at: direct, now: Date.now() }).status).toBe('unknown');
  });
});

const ask = (id: string): Promise<Uint8Array> =>
  post(ocspRequest(nodeCrypto, ours(id), ours('issuing')).bytes);

async function post(bytes: Uint8Array): Promise<Uint8Array> {
  const body = { type: 'application/ocsp-request', bytes };
  const answer = await createHttpPort().exchange({ url: `${services.url}/ocsp`, body, limit: 100_000 });
  return answer.body;
}

const read = (der: Uint8Array): OcspResponse => readOcspResponse(der, nodeCrypto);

describe('RFC 6960: a real responder asked with our request', () => {
  test('section 4.1: openssl reads the request, and finds our nonce in the answer', async () => {
    const files = { request: join(dir, 'request.der'), answer: join(dir, 'answer.der') };
    const { bytes, nonce } = ocspRequest(nodeCrypto, ours('cdcs'), ours('issuing'));
    writeFileSync(files.request, bytes);
    const answer = await post(bytes);
    writeFileSync(files.answer, answer);
    const chain = ['-CAfile', pki.root, '-verify_other', pki.issuing];
    const verify = ['ocsp', '-reqin', files.request, '-req_text', '-respin', files.answer, ...chain];
    const { stdout, stderr } = spawnSync('openssl', verify, { encoding: 'utf8' });
    expect([stdout.includes('OCSP Nonce'), stderr.trim()]).toEqual([true, 'Response verify OK']);
    expect(read(answer).nonce).toEqual(nonce);
  });

  test('good, with the delegated responder as a certificate to keep; from the issuer itself without', async () => {
    const delegated = judge(ours('cdcs'), ours('issuing'), [read(await ask('cdcs'))], {});
    expect([delegated.status, delegated.source, delegated.evidence.length]).toEqual(['good', 'ocsp', 1]);
    expect(delegated.certificates.map(({ id }) => id)).toEqual([ours('ocsp').id]);
    services.faults.ocsp = 'issuer-signs';
    const direct = judge(ours('cdcs'), ours('issuing'), [read(await ask('cdcs'))], {});
    expect([direct.status, direct.certificates]).toEqual(['good', []]);
  });

  test('section 4.2.2.2: a certificate of the same authority without the right to answer proves nothing', async () => {
    services.faults.ocsp = 'not-a-responder';
    expect(judge(ours('cdcs'), ours('issuing'), [read(await ask('cdcs'))], {}).status).toBe('unknown');
  });

  test('section 2.3: a refusal is no response', async () => {
    services.faults.ocsp = 'try-later';
    const der = await ask('cdcs');
    expect(() => read(der)).toThrow(DerError);
  });

  test('an answer about another certificate proves nothing', async () => {
    const responses = [read(await ask('ldld-huyen'))];
    expect(judge(ours('cdcs'), ours('issuing'), responses, {}).status).toBe('unknown');
  });

  test('section 4.1.1: issuer name, issuer key, serial number and responder must each be the right one', async () => {
    const response = read(await ask('cdcs'));
    const [single] = response.singles;
    if (!single) throw new Error('no answer');
    const other = new Uint8Array(20);
    const status = (changed: OcspResponse): string =>
      judge(ours('cdcs'), ours('issuing'), [changed], {}).status;
    const about = (changes: Partial<typeof single>): string =>
      status({ ...response, singles: [{ ...single, ...changes }] });
    expect(about({})).toBe('good');
    expect(about({ issuerNameHash: other })).toBe('unknown');
    expect(about({ issuerKeyHash: other })).toBe('unknown');
    expect(about({ serial: ours('ldld-huyen').serial })).toBe('unknown');
    expect(status({ ...response, responder: { kind: 'key', hash: other } })).toBe('unknown');
    expect(status({ ...response, responder: { kind: 'name', name: 'another' } })).toBe('unknown');
  });

  test('an answer from after the signing time counts; one that ran out before it does not, nor one from the future', async () => {
    const responses = [read(await ask('cdcs'))];
    const at = (offset: number, now = Date.now()): string =>
      judge(ours('cdcs'), ours('issuing'), responses, { at: Date.now() + offset, now }).status;
    expect(at(-day)).toBe('good');
    expect(at(6 * day, Date.now() + 6 * day)).toBe('good');
    expect(at(8 * day, Date.now() + 8 * day)).toBe('unknown');
    expect(at(-day, Date.now() - day)).toBe('unknown');
  });

  test('revoked: decides for every time from then on, over a good answer too; before it the certificate was good', async () => {
    const before = read(await ask('pham-ky-ec'));
    const revokedAt = Math.floor(Date.now() / 1000) * 1000 - 3600_000;
    await services.revoke('pham-ky-ec', revokedAt);
    const after = read(await ask('pham-ky-ec'));
    const at = (time: number, responses: readonly OcspResponse[]): RevocationStatus =>
      judge(ours('pham-ky-ec'), ours('issuing'), responses, { at: time, now: Date.now() });
    expect(at(revokedAt, [after])).toMatchObject({ status: 'revoked', revokedAt });
    expect(at(Date.now(), [after, before]).status).toBe('revoked');
    expect(at(Date.now(), [before, after]).status).toBe('revoked');
    expect(at(revokedAt - 1, [after]).status).toBe('good');
  });
});

test('3,000 mutated responses: refused as malformed, or worth nothing, unless what changed is outside what is signed', async () => {
  const der = await ask('cdcs');
  const original = read(der);
  const [certificate, issuer] = [ours('cdcs'), ours('issuing')];
  let accepted = 0;
  for (const mutated of mutations(der, 3000, 20_261_122)) {
    try {
      const response = read(mutated);
      if (judge(certificate, issuer, [response], {}).status === 'unknown') continue;
      accepted += 1;
      expect(response.tbs).toEqual(original.tbs);
    } catch (error) {
      expect(error).toBeInstanceOf(DerError);
    }
  }
  expect(accepted).toBeLessThan(100);
});
