import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createHttpPort } from '../../../electron/network/http-port';
import { transformFile } from '../../../electron/signing/file-bytes';
import { plainPlaces, raiseLevel } from '../../../electron/signing/raise-level';
import { nodeCrypto } from '../../../shared/node/crypto-port';
import {
  type CheckOptions,
  type CheckReport,
  derBlocks,
  httpTimestampClient,
  type RaisedLevel,
  type SignatureReport,
  signPdf,
  type TimestampClient,
} from '../../../shared/signing/index';
import {
  checkFile,
  derOfPem,
  fonts,
  makeDraft,
  makePki,
  makeWorkDir,
  removeWorkDir,
  signerOf,
  type TestPki,
  trialCrls,
} from './fixtures';
import { type Services, startServicedPki, startServices } from './services/services';

const day = 864e5;
const year = 366 * day;
const in2031 = Date.UTC(2031, 0, 1);

const dir = makeWorkDir();
let pki: TestPki;
let services: Services;
let root: Uint8Array;
let draft: string;
let timestamp: TimestampClient;
let files = 0;

beforeAll(async () => {
  ({ pki, services } = await startServicedPki(join(dir, 'pki')));
  root = derOfPem(pki.root);
  draft = await makeDraft(join(dir, 'draft.pdf'));
  timestamp = httpTimestampClient({
    crypto: nodeCrypto,
    http: createHttpPort(5_000),
    url: services.tsaUrl,
    now: Date.now,
  });
});
afterAll(async () => {
  await services.stop();
  removeWorkDir(dir);
});

function newPath(): string {
  files += 1;
  return join(dir, `file-${files}.pdf`);
}

async function signed(
  id = 'cdcs',
  client: TimestampClient | null = null,
  time = Date.now(),
): Promise<string> {
  const output = newPath();
  await transformFile(draft, output, (source, sink) =>
    signPdf(source, sink, {
      crypto: nodeCrypto,
      fonts,
      signer: signerOf(pki, id),
      placement: null,
      appearance: null,
      time,
      ...(client === null ? {} : { timestamp: client }),
    }),
  );
  return output;
}

async function raised(input: string, level: RaisedLevel): Promise<string> {
  const output = newPath();
  const http = createHttpPort(5_000);
  const known = { crls: [], ocsps: [] };
  const options = { crypto: nodeCrypto, anchors: [root], intermediates: [], known, http, now: Date.now() };
  await raiseLevel(plainPlaces(input, output), { ...options, level, timestamp });
  return output;
}

/** Without any revocation data but what the file brings along, unless it is given. */
function check(path: string, options: Partial<CheckOptions> = {}): Promise<CheckReport> {
  return checkFile(path, [root], { crls: [], now: Date.now(), ...options });
}

async function first(path: string, options: Partial<CheckOptions> = {}): Promise<SignatureReport> {
  const [signature] = (await check(path, options)).signatures;
  if (!signature) throw new Error('no signature');
  return signature;
}

describe('EN 319 142-1: the level that a signature reaches', () => {
  test.each([
    ['B-B', null],
    ['B-T', 'B-T'],
    ['B-LT', 'B-LT'],
    ['B-LTA', 'B-LTA'],
  ] as const)('%s', async (level, wanted) => {
    const file = wanted === null ? await signed() : await raised(await signed(), wanted);
    expect((await first(file)).level).toBe(level);
  });

  test('a signature timestamp alone makes B-T', async () => {
    expect(await first(await signed('cdcs', timestamp), { crls: trialCrls })).toMatchObject({
      level: 'B-T',
      verdict: 'valid',
      bestTime: { source: 'signature-timestamp' },
    });
  });
});

describe('EN 319 102-1: a certificate is judged at the best time that is proven', () => {
  test('in 2031 the certificate has expired: a B-B signature proves no earlier time', async () => {
    const report = await first(await signed(), { now: in2031, crls: trialCrls });
    expect(report).toMatchObject({
      verdict: 'indeterminate',
      problems: ['CERT_EXPIRED'],
      bestTime: { source: 'now', at: in2031 },
    });
  });

  test('in 2031 a B-LTA file is valid by what it brings along, timestamps included', async () => {
    const file = await raised(await signed(), 'B-LTA');
    const report = await check(file, { now: in2031 });
    expect(report.signatures.map(({ problems }) => problems)).toEqual(report.signatures.map(() => []));
    expect(report.verdict).toBe('valid');
    expect(report.signatures[0]?.bestTime.source).toBe('document-timestamp');
    expect(report.signatures[0]?.bestTime.at).toBeLessThan(in2031 - year);
  });

  test('in 2031 a signature timestamp is enough, when the data of its time are at hand', async () => {
    const file = await raised(await signed('cdcs', timestamp), 'B-LT');
    expect(await first(file, { now: in2031 })).toMatchObject({
      verdict: 'valid',
      bestTime: { source: 'signature-timestamp' },
    });
  });

  test('when the authority of the timestamp has expired as well, nothing is proven any more', async () => {
    const file = await raised(await signed(), 'B-LTA');
    const report = await first(file, { now: Date.now() + 9 * year });
    expect(report).toMatchObject({ verdict: 'indeterminate', bestTime: { source: 'now' } });
  });

  test('a timestamp whose authority is not trusted proves nothing; the signature is judged now', async () => {
    const other = await makePki(join(dir, 'other'));
    const stranger = await foreignTimestamp(other);
    const file = await signed('cdcs', stranger);
    expect(await first(file, { crls: trialCrls })).toMatchObject({
      verdict: 'valid',
      problems: ['TIMESTAMP_NOT_TRUSTED'],
      bestTime: { source: 'now' },
    });
    expect((await first(file, { now: in2031, crls: trialCrls })).verdict).toBe('indeterminate');
  });

  test('a timestamp of something else is wrong, and leaves the signature open', async () => {
    const copied: TimestampClient = ({ hash }) => timestamp({ hash, digest: new Uint8Array(32) });
    expect(await first(await signed('cdcs', copied), { crls: trialCrls })).toMatchObject({
      verdict: 'indeterminate',
      problems: ['TIMESTAMP_WRONG'],
    });
  });

  test('a time of signing that is later than now is told', async () => {
    const file = await signed('cdcs', null, Date.now() + 3 * day);
    expect((await first(file, { crls: trialCrls })).problems).toEqual(['SIGNED_IN_THE_FUTURE']);
  });
});

describe('revocation', () => {
  test('without data the answer is not enough information; a list makes it valid', async () => {
    const file = await signed();
    expect(await first(file)).toMatchObject({ verdict: 'indeterminate', problems: ['REVOCATION_UNKNOWN'] });
    expect(await first(file, { crls: trialCrls })).toMatchObject({ verdict: 'valid', problems: [] });
  });

  test('asked for online, the services of the certificates are asked, and only then', async () => {
    const file = await signed();
    const before = services.requests.length;
    await check(file);
    expect(services.requests.length).toBe(before);
    const report = await check(file, { online: createHttpPort(5_000) });
    expect(report.verdict).toBe('valid');
    expect(services.requests.slice(before)).toContain('/ocsp');
    expect(report.evidence.ocsps.length + report.evidence.crls.length).toBeGreaterThan(0);
    // What the verdict rests on is enough to come to it again without any network.
    const { certificates, crls, ocsps } = report.evidence;
    expect((await check(file, { intermediates: certificates, crls, ocsps })).verdict).toBe('valid');
  });

  test('revoked after the proven time: valid. Revoked, and no time proven: invalid. Revoked before: invalid', async () => {
    const proven = await raised(await signed('ldld-huyen'), 'B-LTA');
    const unproven = await signed('ldld-huyen');
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    await services.revoke('ldld-huyen', Date.now());
    const revoked = await list('issuing');
    const now = Date.now() + 60_000;
    expect(await first(proven, { now, crls: revoked })).toMatchObject({ verdict: 'valid', problems: [] });
    expect(await first(unproven, { now, crls: revoked })).toMatchObject({
      verdict: 'invalid',
      problems: ['CERT_REVOKED'],
    });
    const late = await raised(unproven, 'B-T');
    expect((await first(late, { now, crls: revoked })).problems).toContain('CERT_REVOKED');
  });

  async function list(id: string): Promise<readonly Uint8Array[]> {
    const answer = await createHttpPort().exchange({ url: `${services.url}/${id}.crl`, limit: 1_000_000 });
    return [...trialCrls, ...derBlocks(answer.body, 'X509 CRL')];
  }
});

async function foreignTimestamp(other: TestPki): Promise<TimestampClient> {
  const foreign = await startServices(other);
  const client = httpTimestampClient({
    crypto: nodeCrypto,
    http: createHttpPort(5_000),
    url: foreign.tsaUrl,
    now: Date.now,
  });
  return async (imprint) => {
    try {
      return await client(imprint);
    } finally {
      await foreign.stop();
    }
  };
}

test('a document timestamp that was changed proves nothing', async () => {
  const file = await raised(await signed(), 'B-LTA');
  const copy = newPath();
  const bytes = readFileSync(file);
  bytes[200] = (bytes[200] ?? 0) ^ 1;
  writeFileSync(copy, bytes);
  expect((await check(copy, { now: in2031 })).verdict).toBe('invalid');
});
