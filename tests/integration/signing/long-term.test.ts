import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PDFDocument, PDFName } from '@cantoo/pdf-lib';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createHttpPort } from '../../../electron/network/http-port';
import { memorySource, transformFile } from '../../../electron/signing/file-bytes';
import { plainPlaces, type Raised, raiseLevel } from '../../../electron/signing/raise-level';
import { nodeCrypto } from '../../../shared/node/crypto-port';
import { parseCms } from '../../../shared/signing/cms/cms-parse';
import {
  addDocumentTimestamp,
  addValidationData,
  type Certificate,
  type HttpPort,
  httpTimestampClient,
  type RaisedLevel,
  readCertificate,
  signPdf,
  type TimestampClient,
  type ValidationDataAdded,
  type ValidationDataOptions,
} from '../../../shared/signing/index';
import { PdfDocument } from '../../../shared/signing/pdf/pdf-document';
import { signatureTimestampOf } from '../../../shared/signing/timestamps/timestamp-token';
import { fetchValidationData } from '../../../shared/signing/validation-data/fetch-validation-data';
import {
  readSecurityStore,
  type SecurityStore,
} from '../../../shared/signing/validation-data/security-store';
import {
  checkFile,
  derOfPem,
  extractCms,
  fonts,
  makeDraft,
  makeNssDatabase,
  makeWorkDir,
  pdfsig,
  qpdfCheck,
  removeWorkDir,
  signerOf,
  type TestPki,
} from './fixtures';
import { type Services, startServicedPki } from './services/services';

const dir = makeWorkDir();
let pki: TestPki;
let services: Services;
let nss: string;
let files = 0;

beforeAll(async () => {
  ({ pki, services } = await startServicedPki(join(dir, 'pki')));
  nss = makeNssDatabase(dir, pki.root);
});
afterEach(() => {
  Object.assign(services.faults, { tsa: null, ocsp: null, files: null });
});
afterAll(async () => {
  await services.stop();
  removeWorkDir(dir);
});

const newPath = (): string => join(dir, `file-${(files += 1)}.pdf`);

/** Nobody waits long for an authority that is slow on purpose; the others may be slow because the machine is busy. */
function network(): HttpPort {
  return createHttpPort(services.faults.tsa === 'slow' ? 1500 : undefined);
}

function timestamps(): TimestampClient {
  return httpTimestampClient({
    crypto: nodeCrypto,
    http: network(),
    url: services.tsaUrl,
    now: () => Date.now(),
    anchors: [derOfPem(pki.root)],
  });
}

type SignChoices = { readonly timestamp?: boolean; readonly certify?: 1 | 2; readonly field?: string };

async function sign(input: string, id: string, choices: SignChoices = {}): Promise<string> {
  const output = newPath();
  const { timestamp, certify, field = 'ky' } = choices;
  await transformFile(input, output, (source, sink) =>
    signPdf(source, sink, {
      crypto: nodeCrypto,
      fonts,
      signer: signerOf(pki, id),
      time: Date.now(),
      field,
      placement: null,
      appearance: null,
      ...(timestamp ? { timestamp: timestamps() } : {}),
      ...(certify ? { certify } : {}),
    }),
  );
  return output;
}

function validationOptions(http: HttpPort | null = network()): ValidationDataOptions {
  return {
    crypto: nodeCrypto,
    http,
    anchors: [derOfPem(pki.root)],
    intermediates: [],
    known: { crls: [], ocsps: [] },
    now: Date.now(),
  };
}

type Made<T> = { readonly path: string; readonly result: T };

async function addData(input: string, options = validationOptions()): Promise<Made<ValidationDataAdded>> {
  const path = newPath();
  const result = await transformFile(input, path, (source, sink) => addValidationData(source, sink, options));
  return { path, result };
}

async function addTimestamp(input: string): Promise<string> {
  const path = newPath();
  const options = { crypto: nodeCrypto, timestamp: timestamps() };
  await transformFile(input, path, (source, sink) => addDocumentTimestamp(source, sink, options));
  return path;
}

async function raise(input: string, level: RaisedLevel): Promise<Made<Raised>> {
  const path = newPath();
  const options = { ...validationOptions(), level, timestamp: timestamps() };
  return { path, result: await raiseLevel(plainPlaces(input, path), options) };
}

async function storeOf(path: string): Promise<SecurityStore> {
  return readSecurityStore(await PdfDocument.open(memorySource(readFileSync(path)), nodeCrypto));
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const count = (text: string, wanted: string): number => text.split(wanted).length - 1;

function write(bytes: Uint8Array): string {
  const path = join(dir, `piece-${(files += 1)}`);
  writeFileSync(path, bytes);
  return path;
}

/** `openssl ts -verify` of a token over some data. */
function tokenVerifies(token: Uint8Array, data: Uint8Array): boolean {
  const input = ['-data', write(data), '-in', write(token), '-token_in'];
  const chain = ['-CAfile', pki.root, '-untrusted', pki.issuing];
  return execFileSync('openssl', ['ts', '-verify', ...input, ...chain], { encoding: 'utf8' }).includes(
    'Verification: OK',
  );
}

/** The earlier bytes are still there, the file is sound, and every signature is still valid and trusted. */
function expectSound(path: string, before: string, signatures: number): void {
  const [after, earlier] = [readFileSync(path), readFileSync(before)];
  expect(after.subarray(0, earlier.length).equals(earlier)).toBe(true);
  expect(qpdfCheck(path)).toBe(0);
  // Otherwise it asks the services of the certificates, which this very process serves.
  const report = pdfsig(path, nss, '-no-ocsp');
  expect(count(report, 'Signature is Valid')).toBe(signatures);
  expect(count(report, 'Certificate is Trusted')).toBe(signatures);
}

describe.each([
  ['table', false],
  ['stream', true],
])('a document with a cross-reference %s', (_kind, objectStreams) => {
  let draft: string;
  beforeAll(async () => {
    draft = await makeDraft(newPath(), { objectStreams });
  });

  test('B-T: openssl ts -verify accepts the signature timestamp', async () => {
    const signed = await sign(draft, 'cdcs', { timestamp: true });
    const [extracted] = extractCms(signed);
    const cms = parseCms(readFileSync(extracted?.cms ?? ''), nodeCrypto);
    const token = signatureTimestampOf(cms);
    const signature = cms.signerInfos[0]?.signature;
    expect(token && signature && tokenVerifies(token, signature)).toBe(true);
    expectSound(signed, draft, 1);
  });

  test('B-LT: the store holds each certificate of the chains, and openssl verifies each OCSP response and CRL', async () => {
    const signed = await sign(draft, 'cdcs', { timestamp: true });
    const { path, result } = await addData(signed);
    expect(result).toEqual({ certificates: 5, crls: 1, ocsps: 2, missing: [] });
    const store = await storeOf(path);
    const stored = store.certificates.map(sha256).sort();
    const chain = ['cdcs', 'tsa', 'ocsp', 'issuing', 'root'].map((id) =>
      sha256(derOfPem(join(pki.dir, `${id}.pem`))),
    );
    expect(stored).toEqual(chain.sort());
    for (const ocsp of store.ocsps) {
      const verify = ['-respin', write(ocsp), '-CAfile', pki.root, '-verify_other', pki.issuing];
      const check = `openssl ocsp ${verify.join(' ')} 2>&1`;
      expect(execFileSync('sh', ['-c', check], { encoding: 'utf8' })).toContain('Response verify OK');
    }
    for (const crl of store.crls) {
      const check = `openssl crl -inform DER -in ${write(crl)} -CAfile ${pki.root} -noout 2>&1`;
      expect(execFileSync('sh', ['-c', check], { encoding: 'utf8' })).toContain('verify OK');
    }
    expectSound(path, signed, 1);
  });

  test('B-LT twice: the second time there is nothing to add, and the file stays as it is', async () => {
    const { path: once } = await addData(await sign(draft, 'cdcs', { timestamp: true }));
    const { path: twice, result } = await addData(once);
    expect(result).toEqual({ certificates: 0, crls: 0, ocsps: 0, missing: [] });
    expect(readFileSync(twice).equals(readFileSync(once))).toBe(true);
  });

  test('a second signer joins the store without anything in it twice', async () => {
    const { path: first } = await addData(await sign(draft, 'cdcs', { timestamp: true }));
    const signed = await sign(first, 'pham-ky-ec', { timestamp: true, field: 'ky-2' });
    const { path, result } = await addData(signed);
    expect(result).toEqual({ certificates: 1, crls: 0, ocsps: 1, missing: [] });
    const { certificates, crls, ocsps } = await storeOf(path);
    const all = [...certificates, ...crls, ...ocsps].map(sha256);
    expect([all.length, new Set(all).size]).toEqual([10, 10]);
    expectSound(path, signed, 2);
  });

  test('B-LTA and a second round: openssl ts -verify accepts each document timestamp', async () => {
    const { path: longTerm } = await addData(await sign(draft, 'cdcs', { timestamp: true }));
    const archived = await addTimestamp(longTerm);
    expectSound(archived, longTerm, 1);
    const { path: renewed } = await addData(archived);
    const again = await addTimestamp(renewed);
    expectSound(again, renewed, 1);
    const [, first, second] = extractCms(again);
    for (const timestamp of [first, second]) {
      if (!timestamp) throw new Error('no timestamp');
      expect(tokenVerifies(readFileSync(timestamp.cms), readFileSync(timestamp.content))).toBe(true);
    }
  });

  test('certified with P=1: validation data and document timestamps are not changes (ISO 32000-2, table 257)', async () => {
    const certified = await sign(draft, 'cdcs', { certify: 1 });
    const { path } = await raise(certified, 'B-LTA');
    expectSound(path, certified, 1);
    await expect(sign(certified, 'pham-ky-ec', { field: 'ky-2' })).rejects.toMatchObject({
      code: 'CERTIFIED_NO_CHANGES',
    });
  });
});

test('each signature finds its data by the SHA-1 of its /Contents with the padding (ISO 32000-2, 12.8.4.3)', async () => {
  const { path } = await addData(await sign(await makeDraft(newPath()), 'cdcs'));
  const text = readFileSync(path, 'latin1');
  const [, hole = ''] = /\/Contents <([0-9A-F]+)>/.exec(text) ?? [];
  const key = createHash('sha1').update(Buffer.from(hole, 'hex')).digest('hex').toUpperCase();
  const document = await PdfDocument.open(memorySource(readFileSync(path)), nodeCrypto);
  const store = await document.dict((await document.catalog()).get('DSS'));
  const own = await document.dict((await document.dict(store?.get('VRI')))?.get(key));
  const lengths = ['Cert', 'OCSP', 'CRL'].map(async (name) => (await document.array(own?.get(name)))?.length);
  expect(await Promise.all(lengths)).toEqual([4, 1, 1]);
});

test('a store whose arrays are objects of their own: these arrays grow, the catalog stays', async () => {
  const draft = await PDFDocument.load(readFileSync(await makeDraft(newPath())));
  const { context, catalog } = draft;
  const foreign = context.register(context.flateStream(derOfPem(join(pki.dir, 'ldld-huyen.pem'))));
  const lists = { Certs: context.register(context.obj([foreign])), CRLs: context.register(context.obj([])) };
  const store = context.obj({
    ...lists,
    OCSPs: context.register(context.obj([])),
    VRI: context.register(context.obj({})),
  });
  catalog.set(PDFName.of('DSS'), context.register(store));
  const base = newPath();
  writeFileSync(base, await draft.save({ useObjectStreams: false }));
  const signed = await sign(base, 'cdcs');
  const { path } = await addData(signed);
  const update = readFileSync(path).subarray(readFileSync(signed).length).toString('latin1');
  expect(update).not.toContain('/Catalog');
  expect(update).not.toContain('/Certs');
  expect((await storeOf(path)).certificates.map(sha256)).toContain(
    sha256(derOfPem(join(pki.dir, 'ldld-huyen.pem'))),
  );
  expect((await storeOf(path)).certificates).toHaveLength(5);
  expectSound(path, signed, 1);
});

test('our checker: levels as they are; in 2031 only what was stamped outlives its certificate', async () => {
  const signed = await sign(await makeDraft(newPath()), 'cdcs');
  const levels = ['B-T', 'B-LT', 'B-LTA'] as const;
  const raised: string[] = [];
  for (const level of levels) raised.push((await raise(signed, level)).path);
  const root = [derOfPem(pki.root)];
  const states = async (now: number): Promise<readonly unknown[]> => {
    const reports = [];
    for (const path of [signed, ...raised]) reports.push(await checkFile(path, root, { now }));
    return reports.map(({ signatures: [first] }) => [first?.level, first?.verdict, first?.problems]);
  };
  expect(await states(Date.now() + 1000)).toEqual([
    ['B-B', 'valid', []],
    ...levels.map((level) => [level, 'valid', []]),
  ]);
  expect(await states(Date.UTC(2031, 0, 1))).toEqual([
    ['B-B', 'indeterminate', ['CERT_EXPIRED']],
    ...levels.map((level) => [level, 'valid', []]),
  ]);
});

test('the store of a B-LT file is enough: our checker finds the status in it, without network and other lists', async () => {
  const stamped = await sign(await makeDraft(newPath()), 'cdcs', { timestamp: true });
  const { path } = await addData(stamped);
  services.requests.length = 0;
  const states = [];
  for (const file of [stamped, path]) {
    const { verdict, signatures } = await checkFile(file, [derOfPem(pki.root)], {
      now: Date.now(),
      crls: [],
    });
    states.push([verdict, signatures[0]?.level, signatures[0]?.path?.revocation.map(({ source }) => source)]);
  }
  expect(states).toEqual([
    ['indeterminate', 'B-T', ['none', 'none']],
    ['valid', 'B-LT', ['ocsp', 'crl']],
  ]);
  expect(services.requests).toEqual([]);
});

test('revoked before the timestamp: the store holds the proof, and our checker says so', async () => {
  const signed = await sign(await makeDraft(newPath()), 'ldld-huyen', { timestamp: true });
  await services.revoke('ldld-huyen', Date.now() - 3_600_000);
  const { path, result } = await addData(signed);
  expect(result.missing).toEqual([]);
  const { signatures } = await checkFile(path, [derOfPem(pki.root)], { now: Date.now(), crls: [] });
  expect([signatures[0]?.verdict, signatures[0]?.problems]).toEqual(['invalid', ['CERT_REVOKED']]);
});

describe('services that fail', () => {
  test('OCSP down: the revocation list is taken instead', async () => {
    const signed = await sign(await makeDraft(newPath()), 'cdcs');
    services.faults.ocsp = 'down';
    const { result } = await addData(signed);
    expect(result).toEqual({ certificates: 3, crls: 2, ocsps: 0, missing: [] });
  });

  test.each([
    'not-a-responder',
    'try-later',
    'garbage',
    'error-500',
    'oversized',
    'redirect-to-file',
  ] as const)(
    'OCSP answers wrongly (%s): its answer is not kept, and the revocation list is taken instead',
    async (fault) => {
      const signed = await sign(await makeDraft(newPath()), 'cdcs');
      services.faults.ocsp = fault;
      const { result } = await addData(signed);
      expect([result.ocsps, result.missing.length === 0 || result.crls === 0]).toEqual([0, true]);
    },
  );

  test('an answer that proves nothing is not handed on', async () => {
    services.faults.ocsp = 'not-a-responder';
    const read = (id: string): Certificate =>
      readCertificate(derOfPem(join(pki.dir, `${id}.pem`)), nodeCrypto);
    const { ocsps, crls, missing } = await fetchValidationData({
      crypto: nodeCrypto,
      http: network(),
      certificates: [read('cdcs')],
      pool: [read('issuing')],
      anchors: [read('root')],
      now: Date.now(),
      known: { crls: [], ocsps: [] },
    });
    expect([ocsps.length, crls.length, missing]).toEqual([0, 2, []]);
  });

  test('everything down, or no network: what is missing is named, and nobody is asked twice', async () => {
    const signed = await sign(await makeDraft(newPath()), 'cdcs');
    Object.assign(services.faults, { ocsp: 'down', files: 'down' });
    services.requests.length = 0;
    const { path, result } = await addData(signed);
    expect(result.missing).toEqual([
      'Công đoàn cơ sở thử nghiệm',
      'Tổ chức chứng thực thử nghiệm Công Văn G1',
    ]);
    expect(services.requests).toEqual(['/ocsp', '/issuing.crl', '/root.crl']);
    expectSound(path, signed, 1);
    services.requests.length = 0;
    const offline = await addData(signed, validationOptions(null));
    expect([offline.result.missing, services.requests]).toEqual([result.missing, []]);
  });

  test('an intermediate that the signature does not carry is fetched by caIssuers', async () => {
    const output = newPath();
    const signer = { ...signerOf(pki, 'cdcs'), chain: [] };
    await transformFile(await makeDraft(newPath()), output, (source, sink) =>
      signPdf(source, sink, {
        crypto: nodeCrypto,
        fonts,
        signer,
        time: Date.now(),
        field: 'ky',
        placement: null,
        appearance: null,
      }),
    );
    services.requests.length = 0;
    const { result } = await addData(output);
    expect([result.missing, result.certificates]).toEqual([[], 4]);
    expect(services.requests).toEqual(['/issuing.cer', '/ocsp', '/root.crl']);
  });

  test('a revocation list at hand is used without asking for it', async () => {
    const signed = await sign(await makeDraft(newPath()), 'cdcs');
    const crls = ['root', 'issuing'].map((id) =>
      execFileSync('openssl', ['crl', '-in', join(pki.dir, `${id}.crl.pem`), '-outform', 'DER']),
    );
    services.requests.length = 0;
    const { result } = await addData(signed, { ...validationOptions(), known: { crls, ocsps: [] } });
    expect([result.crls, result.missing, services.requests]).toEqual([2, [], []]);
  });

  test('a file without a signature has nothing to keep: NO_SIGNATURE', async () => {
    const draft = await makeDraft(newPath());
    await expect(addData(draft)).rejects.toMatchObject({ code: 'NO_SIGNATURE' });
    await expect(raise(draft, 'B-T')).rejects.toMatchObject({ code: 'NO_SIGNATURE' });
  });
});

describe('raising a file to a level in one go', () => {
  test.each([
    ['B-T', 1, null],
    ['B-LT', 1, 5],
    ['B-LTA', 2, 5],
  ] as const)('%s from B-B: %i timestamps', async (level, timestampsAdded, certificates) => {
    const signed = await sign(await makeDraft(newPath()), 'cdcs');
    const { path, result } = await raise(signed, level);
    expect([result.timestampsAdded, result.validationData?.certificates ?? null]).toEqual([
      timestampsAdded,
      certificates,
    ]);
    expectSound(path, signed, 1);
  });

  test('a file with a signature timestamp needs no other one for B-LT, and nothing at all for B-T', async () => {
    const signed = await sign(await makeDraft(newPath()), 'cdcs', { timestamp: true });
    expect((await raise(signed, 'B-LT')).result.timestampsAdded).toBe(0);
    const { path } = await raise(signed, 'B-T');
    expect(readFileSync(path).equals(readFileSync(signed))).toBe(true);
  });

  test.each([
    ['down', 'TSA_UNREACHABLE'],
    ['error-500', 'TSA_UNREACHABLE'],
    ['slow', 'TSA_UNREACHABLE'],
    ['oversized', 'TSA_UNREACHABLE'],
    ['rejection', 'TSA_REJECTED'],
    ['garbage', 'TSA_BAD_RESPONSE'],
    ['wrong-nonce', 'TSA_BAD_RESPONSE'],
    ['wrong-imprint', 'TSA_BAD_RESPONSE'],
    ['expired-certificate', 'TSA_BAD_RESPONSE'],
  ] as const)(
    'the authority fails (%s): %s, no file or piece is left, the input is as it was',
    async (fault, code) => {
      const draft = await makeDraft(newPath());
      const signed = await sign(draft, 'cdcs', { timestamp: true });
      const before = sha256(readFileSync(signed));
      services.faults.tsa = fault;
      const kept = readdirSync(dir).sort();
      // The last of the two steps fails here, when a piece lies between them.
      await expect(raise(signed, 'B-LTA')).rejects.toMatchObject({ code });
      await expect(sign(draft, 'cdcs', { timestamp: true })).rejects.toMatchObject({ code });
      await expect(addTimestamp(signed)).rejects.toMatchObject({ code });
      expect(readdirSync(dir).sort()).toEqual(kept);
      expect(sha256(readFileSync(signed))).toBe(before);
    },
  );
});
