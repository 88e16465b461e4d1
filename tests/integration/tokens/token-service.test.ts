import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  createTokenService,
  type ScannedCertificate,
  type TokenService,
  type UnlockedToken,
} from '../../../electron/main/services/token-service';
import type { SignatureScheme, SigningHash } from '../../../shared/signing/ports';
import { derOfPem, makePki, makeWorkDir, removeWorkDir, type TestPki } from '../signing/fixtures';
import {
  buildHelper,
  compileDriver,
  exists,
  type Helpers,
  makeToken,
  nodeHelpers,
  pin,
  type SoftToken,
  softHsm,
} from './fixtures';

const rsa = 'nguyen-thi-thuy-duong';
const ec = 'pham-ky-ec';
const keyIds: Readonly<Record<string, string>> = { [rsa]: 'a1', [ec]: 'b2' };
const limits = { listMs: 8_000, signMs: 8_000, idleMs: 60_000 };

let dir: string;
let pki: TestPki;
let program: string;
let token: SoftToken;
let helpers: Helpers;
let service: TokenService;

beforeAll(async () => {
  dir = makeWorkDir();
  pki = await makePki(join(dir, 'pki'));
  program = await buildHelper(join(dir, 'program'));
});
afterAll(() => removeWorkDir(dir));

let round = 0;
beforeEach(() => {
  const own = join(dir, `round-${++round}`);
  mkdirSync(own);
  token = makeToken(
    own,
    'Chữ ký số thử nghiệm',
    pki,
    Object.entries(keyIds).map(([id, keyId]) => ({ id, keyId })),
  );
  helpers = nodeHelpers(program, token.environment);
  service = createTokenService(helpers.start, async () => [], limits);
});
afterEach(async () => {
  await service.close();
  expect(helpers.children.filter(({ pid }) => exists(pid)).map(({ pid }) => pid)).toEqual([]);
});

const pinOctets = (text = pin): Uint8Array => new Uint8Array(Buffer.from(text));

async function scanned(id: string, driver = softHsm): Promise<ScannedCertificate> {
  const { certificates } = await service.scan([driver]);
  const found = certificates.find(({ keyId }) => keyId === keyIds[id]);
  if (found === undefined) throw new Error(`no certificate of ${id}`);
  return found;
}

async function unlock(id: string, driver = softHsm, secret = pinOctets()): Promise<UnlockedToken> {
  const { tokenSerial, keyId } = await scanned(id, driver);
  return service.unlock({ driver, tokenSerial, keyId, pin: secret });
}

const message = Buffer.from('Quyết định số 12/QĐ-LĐLĐ');
const digestOf = (hash: SigningHash): Uint8Array => new Uint8Array(createHash(hash).update(message).digest());

/** The judge is OpenSSL, with the certificate of the person. */
function opensslAccepts(
  id: string,
  hash: SigningHash,
  scheme: SignatureScheme,
  signature: Uint8Array,
): string {
  const file = (name: string): string => join(dir, name);
  writeFileSync(file('message'), message);
  writeFileSync(file('signature'), signature);
  const certificate = join(pki.dir, `${id}.pem`);
  writeFileSync(file('public'), execFileSync('openssl', ['x509', '-in', certificate, '-noout', '-pubkey']));
  const pss = ['-sigopt', 'rsa_padding_mode:pss', '-sigopt', 'rsa_pss_saltlen:digest'];
  const how = [`-${hash}`, ...(scheme === 'rsa-pss' ? pss : []), '-verify', file('public')];
  return execFileSync('openssl', ['dgst', ...how, '-signature', file('signature'), file('message')], {
    encoding: 'utf8',
  }).trim();
}

describe('what a token shows without a PIN', () => {
  test('certificates of persons with token, key and PIN state; those of authorities for the chain', async () => {
    const { drivers, certificates } = await service.scan([softHsm]);
    expect(drivers).toEqual([{ path: softHsm, name: 'libsofthsm2.so', problem: null }]);
    expect(certificates).toHaveLength(2);
    for (const id of [rsa, ec]) {
      const found = certificates.find(({ keyId }) => keyId === keyIds[id]);
      expect(found).toMatchObject({ driver: softHsm, tokenLabel: token.label, pinState: 'ok' });
      expect(found?.certificate).toEqual(derOfPem(join(pki.dir, `${id}.pem`)));
      expect(found?.others).toEqual([derOfPem(pki.issuing)]);
    }
  });

  test('no helper is left when nothing is unlocked, so that other programs can use the token', async () => {
    await service.scan([softHsm]);
    expect(helpers.children).toHaveLength(1);
    expect(exists(helpers.children[0]?.pid)).toBe(false);
  });

  test('drivers that fail stand beside those that work, each with its problem', async () => {
    const text = join(dir, 'readme.so');
    writeFileSync(text, 'không phải thư viện');
    const foreign = '/lib/x86_64-linux-gnu/libz.so.1';
    const missing = join(dir, 'missing.so');
    const hanging = compileDriver(dir, 'HANGS_IN_LIST');
    const { drivers, certificates } = await service.scan([
      text,
      foreign,
      missing,
      'relative.so',
      hanging,
      softHsm,
    ]);
    expect(drivers.map(({ problem }) => problem)).toEqual([
      'TOKEN_DRIVER_FAILED',
      'TOKEN_DRIVER_FAILED',
      'TOKEN_DRIVER_FAILED',
      'TOKEN_DRIVER_FAILED',
      'TIMEOUT',
      null,
    ]);
    expect(certificates).toHaveLength(2);
  });
});

describe('signatures that OpenSSL accepts', () => {
  const cases: readonly (readonly [string, SigningHash, SignatureScheme])[] = [
    [rsa, 'sha256', 'rsa-pkcs1'],
    [rsa, 'sha512', 'rsa-pkcs1'],
    [rsa, 'sha256', 'rsa-pss'],
    [rsa, 'sha384', 'rsa-pss'],
    [ec, 'sha256', 'ecdsa'],
    [ec, 'sha384', 'ecdsa'],
  ];
  test.each(cases)('%s %s %s', async (id, hash, scheme) => {
    const key = await unlock(id);
    expect(key.schemes).toEqual(id === ec ? ['ecdsa'] : ['rsa-pkcs1', 'rsa-pss']);
    const signature = await key.sign({ digest: digestOf(hash), hash, scheme });
    expect(opensslAccepts(id, hash, scheme, signature)).toBe('Verified OK');
  });

  test('many ECDSA signatures: r and s of every length', async () => {
    const key = await unlock(ec);
    const lengths = new Set<number>();
    for (let i = 0; i < 40; i++) {
      const signature = await key.sign({ digest: digestOf('sha256'), hash: 'sha256', scheme: 'ecdsa' });
      lengths.add(signature.length);
      expect(opensslAccepts(ec, 'sha256', 'ecdsa', signature)).toBe('Verified OK');
    }
    expect(lengths.size).toBeGreaterThan(1);
  });

  test('memory that JavaScript cleans up all the time is none that the driver still needs', async () => {
    const cleaning = ['--expose-gc', '--import', 'data:text/javascript,setInterval(gc,1)'];
    const careful = createTokenService(
      nodeHelpers(program, token.environment, cleaning).start,
      async () => [],
    );
    const { tokenSerial, keyId } = await scanned(rsa);
    const key = await careful.unlock({ driver: softHsm, tokenSerial, keyId, pin: pinOctets() });
    for (let i = 0; i < 100; i++) {
      const scheme = i % 2 === 0 ? 'rsa-pkcs1' : 'rsa-pss';
      const signature = await key.sign({ digest: digestOf('sha256'), hash: 'sha256', scheme });
      if (i >= 98) expect(opensslAccepts(rsa, 'sha256', scheme, signature)).toBe('Verified OK');
    }
    await careful.close();
  });

  test('a scheme that is not the key’s is refused', async () => {
    const key = await unlock(ec);
    const request = { digest: digestOf('sha256'), hash: 'sha256', scheme: 'rsa-pkcs1' } as const;
    await expect(key.sign(request)).rejects.toMatchObject({ code: 'TOKEN_REFUSED' });
  });
});

describe('the PIN', () => {
  const sign = { digest: digestOf('sha256'), hash: 'sha256', scheme: 'rsa-pkcs1' } as const;

  test('is zeroed, right or wrong', async () => {
    const right = pinOctets();
    const wrong = pinOctets('87654321');
    await unlock(rsa, softHsm, right);
    await expect(unlock(rsa, softHsm, wrong)).rejects.toMatchObject({ code: 'TOKEN_PIN_WRONG' });
    expect([...right, ...wrong].every((octet) => octet === 0)).toBe(true);
  });

  test('wrong: the token counts, warns before the last try, and locks', async () => {
    const driver = compileDriver(join(dir, `round-${round}`), 'LOCKS_AFTER_THREE');
    const { tokenSerial, keyId } = await scanned(rsa, driver);
    const attempt = (text: string) => service.unlock({ driver, tokenSerial, keyId, pin: pinOctets(text) });
    await expect(attempt('sai-0001')).rejects.toMatchObject({ code: 'TOKEN_PIN_WRONG', detail: 'low' });
    expect((await scanned(rsa, driver)).pinState).toBe('low');
    await expect(attempt('sai-0002')).rejects.toMatchObject({ code: 'TOKEN_PIN_WRONG', detail: 'final-try' });
    expect((await scanned(rsa, driver)).pinState).toBe('final-try');
    await expect(attempt('sai-0003')).rejects.toMatchObject({ code: 'TOKEN_PIN_LOCKED' });
    expect((await scanned(rsa, driver)).pinState).toBe('locked');
    await expect(attempt(pin)).rejects.toMatchObject({ code: 'TOKEN_PIN_LOCKED' });
  });

  test('wrong once, then right', async () => {
    await expect(unlock(rsa, softHsm, pinOctets('sai-0001'))).rejects.toMatchObject({
      code: 'TOKEN_PIN_WRONG',
    });
    await unlock(rsa);
  });

  test('asked once for thirty documents', async () => {
    const key = await unlock(rsa);
    for (let i = 0; i < 30; i++) {
      const signature = await key.sign(sign);
      expect(opensslAccepts(rsa, 'sha256', 'rsa-pkcs1', signature)).toBe('Verified OK');
    }
    expect(helpers.children).toHaveLength(2);
  });
});

describe('a token or driver that goes wrong harms nothing else', () => {
  const sign = { digest: digestOf('sha256'), hash: 'sha256', scheme: 'rsa-pkcs1' } as const;
  const expectUsable = async (): Promise<void> => {
    const key = await unlock(rsa);
    expect(opensslAccepts(rsa, 'sha256', 'rsa-pkcs1', await key.sign(sign))).toBe('Verified OK');
  };

  test('pulled out in mid-batch: TOKEN_REMOVED; plugged in again, the rest can be signed', async () => {
    const key = await unlock(rsa);
    await key.sign(sign);
    renameSync(token.folder, `${token.folder}-out`);
    await expect(key.sign(sign)).rejects.toMatchObject({ code: 'TOKEN_REMOVED' });
    await key.close();
    expect((await service.scan([softHsm])).certificates).toEqual([]);
    renameSync(`${token.folder}-out`, token.folder);
    await expectUsable();
  });

  test('a driver that only says that something failed: whether the token is still there decides', async () => {
    const pulled = await unlock(rsa, compileDriver(dir, 'PULLED_OUT_IN_SIGN'));
    await expect(pulled.sign(sign)).rejects.toMatchObject({ code: 'TOKEN_REMOVED', detail: 'C_Sign 0x30' });
    const refusing = await unlock(rsa, compileDriver(dir, 'REFUSES_TO_SIGN'));
    await expect(refusing.sign(sign)).rejects.toMatchObject({ code: 'TOKEN_REFUSED', detail: 'C_Sign 0x30' });
  });

  test('not plugged in, or without that key', async () => {
    const { tokenSerial, keyId } = await scanned(rsa);
    const open = (serial: string, id: string) =>
      service.unlock({ driver: softHsm, tokenSerial: serial, keyId: id, pin: pinOctets() });
    await expect(open('0000', keyId)).rejects.toMatchObject({ code: 'TOKEN_NOT_PRESENT' });
    await expect(open(tokenSerial, 'c3')).rejects.toMatchObject({ code: 'TOKEN_NO_KEY' });
  });

  test('a certificate whose private key is not on the token', async () => {
    const env = { ...process.env, ...token.environment };
    const login = ['--module', softHsm, '--token-label', token.label, '--login', '--pin', pin];
    execFileSync('pkcs11-tool', [...login, '--delete-object', '--type', 'privkey', '--id', 'a1'], { env });
    await expect(unlock(rsa)).rejects.toMatchObject({ code: 'TOKEN_NO_KEY' });
  });

  test('a driver that hangs while signing is killed: TIMEOUT, and the service goes on', async () => {
    const key = await unlock(rsa, compileDriver(dir, 'HANGS_IN_SIGN'));
    const helper = helpers.children.at(-1)?.pid;
    await expect(key.sign(sign)).rejects.toMatchObject({ code: 'TIMEOUT' });
    expect(exists(helper)).toBe(false);
    await expectUsable();
  });

  test('a driver that crashes while signing: WORKER_CRASHED, and the service goes on', async () => {
    const key = await unlock(rsa, compileDriver(dir, 'CRASHES_IN_SIGN'));
    await expect(key.sign(sign)).rejects.toMatchObject({ code: 'WORKER_CRASHED' });
    await expect(key.sign(sign)).rejects.toMatchObject({ code: 'WORKER_CRASHED' });
    await expectUsable();
  });

  test('kill -9 of a helper between two documents', async () => {
    const key = await unlock(rsa);
    await key.sign(sign);
    const child = helpers.children.at(-1);
    const gone = new Promise((resolve) => child?.once('exit', resolve));
    process.kill(child?.pid ?? 0, 'SIGKILL');
    await gone;
    await expect(key.sign(sign)).rejects.toMatchObject({ code: 'WORKER_CRASHED' });
    await expectUsable();
  });
});

describe('a key is open only as long as it is needed', () => {
  const sign = { digest: digestOf('sha256'), hash: 'sha256', scheme: 'rsa-pkcs1' } as const;

  test('closed by its owner', async () => {
    const key = await unlock(rsa);
    await key.close();
    expect(helpers.children.some(({ pid }) => exists(pid))).toBe(false);
    await expect(key.sign(sign)).rejects.toMatchObject({ code: 'CANCELLED' });
  });

  test('closed when the window locks', async () => {
    const key = await unlock(rsa);
    await service.lockAll();
    await expect(key.sign(sign)).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(helpers.children.some(({ pid }) => exists(pid))).toBe(false);
  });

  test('a window that locks while a PIN is under way gets no key', async () => {
    const { tokenSerial, keyId } = await scanned(rsa);
    const opening = service.unlock({ driver: softHsm, tokenSerial, keyId, pin: pinOctets() });
    await service.lockAll();
    await expect(opening).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(helpers.children.some(({ pid }) => exists(pid))).toBe(false);
  });

  test('closed by itself when nobody signs; each signature starts the time anew', async () => {
    const brief = createTokenService(helpers.start, async () => [], { ...limits, idleMs: 3_000 });
    const { tokenSerial, keyId } = await scanned(rsa);
    const key = await brief.unlock({ driver: softHsm, tokenSerial, keyId, pin: pinOctets() });
    for (let i = 0; i < 3; i++) {
      await new Promise((resolve) => setTimeout(resolve, 1_500));
      await key.sign(sign);
    }
    await expect.poll(() => helpers.children.some(({ pid }) => exists(pid)), { timeout: 30_000 }).toBe(false);
    await expect(key.sign(sign)).rejects.toMatchObject({ code: 'TIMEOUT' });
    await brief.close();
  });

  test('opening a token again checks the PIN again and ends the earlier opening', async () => {
    const first = await unlock(rsa);
    await expect(unlock(rsa, softHsm, pinOctets('87654321'))).rejects.toMatchObject({
      code: 'TOKEN_PIN_WRONG',
    });
    await expect(first.sign(sign)).rejects.toMatchObject({ code: 'CANCELLED' });
    const second = await unlock(ec);
    await second.sign({ ...sign, scheme: 'ecdsa' });
  });

  test('listing does not disturb an open key', async () => {
    const key = await unlock(rsa);
    expect((await service.scan([softHsm])).certificates).toHaveLength(2);
    await key.sign(sign);
    expect(helpers.children).toHaveLength(2);
  });
});
