import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createHttpPort } from '../../../electron/network/http-port';
import { nodeCrypto } from '../../../shared/node/crypto-port';
import { equalBytes } from '../../../shared/signing/bytes';
import { DerError, httpTimestampClient, type SigningHash } from '../../../shared/signing/index';
import { checkTimestampToken, readTimestampToken } from '../../../shared/signing/timestamps/timestamp-token';
import { derOfPem, makePki, makeWorkDir, removeWorkDir, type TestPki } from './fixtures';
import { mutations } from './services/mutations';
import { type Faults, type Services, startServices } from './services/services';

const dir = makeWorkDir();
const data = Buffer.from('Kế hoạch kiểm tra đồng cấp năm 2026');
let pki: TestPki;
let services: Services;

beforeAll(async () => {
  pki = await makePki(join(dir, 'pki'));
  services = await startServices(pki);
});
afterEach(() => {
  services.faults.tsa = null;
});
afterAll(async () => {
  await services.stop();
  removeWorkDir(dir);
});

const digest = (hash: string): Uint8Array => new Uint8Array(createHash(hash).update(data).digest());

function stamp(
  hash: SigningHash = 'sha256',
  options: {
    anchors?: readonly Uint8Array[];
    now?: number;
    url?: string;
    timeLimit?: number | undefined;
  } = {},
): Promise<Uint8Array> {
  const client = httpTimestampClient({
    crypto: nodeCrypto,
    http: createHttpPort(options.timeLimit),
    url: options.url ?? services.tsaUrl,
    now: () => options.now ?? Date.now(),
    ...(options.anchors ? { anchors: options.anchors } : {}),
  });
  return client({ hash, digest: digest(hash) });
}

describe('RFC 3161: a timestamp from an authority', () => {
  test.each(['sha256', 'sha384', 'sha512'] as const)(
    'openssl ts -verify accepts the token, %s',
    async (hash) => {
      const token = await stamp(hash, { anchors: [derOfPem(pki.root)] });
      const files = { token: join(dir, 'token.der'), data: join(dir, 'data.bin') };
      writeFileSync(files.token, token);
      writeFileSync(files.data, data);
      const chain = ['-CAfile', pki.root, '-untrusted', pki.issuing];
      const verify = ['ts', '-verify', '-data', files.data, '-in', files.token, '-token_in', ...chain];
      expect(execFileSync('openssl', verify, { encoding: 'utf8' })).toContain('Verification: OK');
    },
  );

  test('the token says when it was made, and two tokens have two serial numbers and nonces', async () => {
    const [one, two] = [await stamp(), await stamp()].map((bytes) => readTimestampToken(bytes, nodeCrypto));
    expect(Math.abs((one?.genTime ?? 0) - Date.now())).toBeLessThan(60_000);
    expect(one?.policy).toBe('1.2.3.4.1');
    expect(one?.nonce).not.toEqual(two?.nonce);
    expect(one?.serial).not.toEqual(two?.serial);
  });

  test('section 2.4.2: a token of other data does not prove the time of these', async () => {
    const token = readTimestampToken(await stamp(), nodeCrypto);
    const same = await checkTimestampToken(nodeCrypto, token, digest);
    const other = await checkTimestampToken(nodeCrypto, token, () => new Uint8Array(32));
    expect([same.problems, other.problems]).toEqual([[], ['IMPRINT_MISMATCH']]);
  });
});

describe('RFC 3161, section 2.4.2: what is wrong with an authority has its code', () => {
  test.each<[NonNullable<Faults['tsa']>, string, string]>([
    ['down', 'TSA_UNREACHABLE', 'ECONNRESET'],
    ['error-500', 'TSA_UNREACHABLE', 'HTTP 500'],
    ['slow', 'TSA_UNREACHABLE', 'timeout'],
    ['oversized', 'TSA_UNREACHABLE', 'answer too large'],
    ['redirect-to-file', 'TSA_UNREACHABLE', 'not an HTTP address'],
    ['rejection', 'TSA_REJECTED', 'Bad request version.'],
    ['garbage', 'TSA_BAD_RESPONSE', ''],
    ['wrong-nonce', 'TSA_BAD_RESPONSE', 'nonce'],
    ['wrong-imprint', 'TSA_BAD_RESPONSE', 'IMPRINT_MISMATCH'],
    ['expired-certificate', 'TSA_BAD_RESPONSE', 'EXPIRED'],
    ['signed-by-another', 'TSA_BAD_RESPONSE', 'WRONG_EXTENDED_KEY_USAGE'],
    ['signed-by-two', 'TSA_BAD_RESPONSE', 'SIGNER_INFO_COUNT'],
    ['signer-not-named', 'TSA_BAD_RESPONSE', 'NO_SIGNING_CERTIFICATE_ATTRIBUTE'],
  ])('%s: %s %s', async (fault, code, detail) => {
    services.faults.tsa = fault;
    const timeLimit = fault === 'slow' ? 1500 : undefined;
    const failure = (await stamp('sha256', { timeLimit }).catch((error: unknown) => error)) as {
      code?: string;
      detail?: string;
    };
    expect([failure.code, detail === '' ? '' : failure.detail]).toEqual([code, detail]);
  });

  test('nobody listens: TSA_UNREACHABLE', async () => {
    await expect(stamp('sha256', { url: 'http://127.0.0.1:9/tsa' })).rejects.toMatchObject({
      code: 'TSA_UNREACHABLE',
      detail: 'ECONNREFUSED',
    });
  });

  test('an authority below another root than the chosen ones is refused', async () => {
    const foreign = derOfPem(join(pki.dir, 'cdcs.pem'));
    await expect(stamp('sha256', { anchors: [foreign] })).rejects.toMatchObject({
      code: 'TSA_BAD_RESPONSE',
      detail: 'NO_PATH_TO_ANCHOR',
    });
  });

  test('a time more than a day away from our clock is refused, less is accepted', async () => {
    const day = 24 * 3600_000;
    await expect(stamp('sha256', { now: Date.now() + day + 60_000 })).rejects.toMatchObject({
      detail: 'time',
    });
    await expect(stamp('sha256', { now: Date.now() - day - 60_000 })).rejects.toMatchObject({
      detail: 'time',
    });
    await expect(stamp('sha256', { now: Date.now() + day - 60_000 })).resolves.toBeInstanceOf(Uint8Array);
  });
});

test('3,000 mutated tokens: refused as malformed or found wrong, unless what changed is outside what is signed', async () => {
  const token = await stamp();
  const accepted: Uint8Array[] = [];
  for (const mutated of mutations(token, 3000, 20_261_121)) {
    try {
      const read = readTimestampToken(mutated, nodeCrypto);
      const { problems, signer } = await checkTimestampToken(nodeCrypto, read, digest);
      if (problems.length === 0 && signer) accepted.push(mutated);
    } catch (error) {
      expect(error).toBeInstanceOf(DerError);
    }
  }
  const original = readTimestampToken(token, nodeCrypto);
  for (const mutated of accepted) {
    const read = readTimestampToken(mutated, nodeCrypto);
    const [before, after] = [original.signedData, read.signedData];
    expect(equalBytes(before.content ?? mutated, after.content ?? token)).toBe(true);
    expect(after.signerInfos[0]?.attributesDer).toEqual(before.signerInfos[0]?.attributesDer);
    expect(after.signerInfos[0]?.signature).toEqual(before.signerInfos[0]?.signature);
  }
  expect(accepted.length).toBeLessThan(600);
});
