import { randomBytes, scryptSync } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { PinVerifier } from '@shared/sync/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { secretFile } from '../../../electron/identity/secret-file';
import { SignIn, type SignInRecord } from '../../../electron/identity/sign-in';
import { type Keystore, openKeystore } from '../../../electron/main/services/keystore';

let dir: string;
let keystore: Keystore;
let now: number;

const pin = '246810';
const clerk = 'coso-a-vt';
const leader = 'coso-a-ct';

/** A verifier as the server makes it; the cost is low only to keep the tests quick. */
function verifier(person: string, of = pin): PinVerifier {
  const salt = randomBytes(16);
  const hash = scryptSync(of, salt, 32, { N: 1024, r: 8, p: 1 });
  return { person, salt: salt.toString('base64'), hash: hash.toString('base64'), cost: 1024 };
}

/** A start of the program: everything it knows comes from the sealed file. */
const start = (): SignIn => new SignIn(secretFile<SignInRecord>(dir, 'sign-in', keystore), () => now);

const codeOf = (attempt: Promise<void>): Promise<string> =>
  attempt.then(
    () => 'ok',
    (error: { readonly code?: string; readonly detail?: string }) =>
      `${error.code} ${error.detail ?? ''}`.trim(),
  );

beforeEach(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'cong-van-sign-in-'));
  now = Date.parse('2026-11-21T08:00:00+07:00');
  keystore = await openKeystore({
    dir,
    platform: 'linux',
    hasProtectedData: async () => false,
    system: {
      isEncryptionAvailable: () => false,
      getSelectedStorageBackend: () => 'basic_text',
      encryptString: () => Buffer.alloc(0),
      decryptString: () => '',
    },
  });
  await start().replacePins([verifier(clerk), verifier(leader)]);
});
afterEach(() => rm(dir, { recursive: true, force: true }));

describe('sổ của máy bị mất: two people prove themselves', () => {
  const attempt = (ofClerk: string, ofLeader: string): Promise<string> =>
    codeOf(
      start().checkEach([
        { person: clerk, pin: ofClerk },
        { person: leader, pin: ofLeader },
      ]),
    );

  it('says whose PIN was wrong, is locked or is not known here', async () => {
    expect(await attempt(pin, pin)).toBe('ok');
    expect(await attempt('000000', pin)).toBe(`WRONG_PIN ${clerk}`);
    for (let tries = 0; tries < 4; tries += 1)
      expect(await attempt(pin, '000000')).toBe(`WRONG_PIN ${leader}`);
    expect(await attempt(pin, '000000')).toBe(`PIN_LOCKED ${leader}`);
    await start().replacePins([verifier(clerk)]);
    expect(await attempt(pin, pin)).toBe(`NOT_FOUND ${leader}`);
  });
});

describe('signing in with a PIN, with no server anywhere', () => {
  it('lets the right PIN in and counts wrong ones down to a pause', async () => {
    const signIn = start();
    const answers: string[] = [];
    for (let attempt = 0; attempt < 5; attempt += 1)
      answers.push(await codeOf(signIn.check(clerk, '000000')));
    expect(answers).toEqual(['WRONG_PIN 4', 'WRONG_PIN 3', 'WRONG_PIN 2', 'WRONG_PIN 1', 'PIN_LOCKED 30']);
    expect(await codeOf(signIn.check(clerk, pin))).toBe('PIN_LOCKED 30');
    expect(await codeOf(signIn.check(leader, pin))).toBe('ok');
    now += 30_000;
    expect(await codeOf(signIn.check(clerk, pin))).toBe('ok');
    expect(await codeOf(signIn.check(clerk, '000000'))).toBe('WRONG_PIN 4');
  });

  it('doubles the pause with each further wrong PIN, up to a quarter of an hour', async () => {
    const signIn = start();
    for (let attempt = 0; attempt < 4; attempt += 1) await codeOf(signIn.check(clerk, '000000'));
    const pauses: string[] = [];
    for (let attempt = 0; attempt < 7; attempt += 1) {
      pauses.push(await codeOf(signIn.check(clerk, '000000')));
      now += 15 * 60_000;
    }
    expect(pauses.map((answer) => Number(answer.split(' ')[1]))).toEqual([30, 60, 120, 240, 480, 900, 900]);
  });

  it('a restart gives no fresh tries and does not end a pause', async () => {
    for (let attempt = 0; attempt < 5; attempt += 1) await codeOf(start().check(clerk, '000000'));
    now += 29_000;
    expect(await codeOf(start().check(clerk, pin))).toBe('PIN_LOCKED 1');
    now += 1_000;
    expect(await codeOf(start().check(clerk, '000000'))).toBe('PIN_LOCKED 60');
  });

  it('many guesses at once are counted one by one', async () => {
    const signIn = start();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => codeOf(signIn.check(clerk, '000000'))),
    );
    expect(answers.filter((answer) => answer.startsWith('WRONG_PIN'))).toHaveLength(4);
    expect(answers.filter((answer) => answer.startsWith('PIN_LOCKED'))).toHaveLength(16);
  });

  it('PINs that come from the server in the middle of a sign-in lose nothing and fail nothing', async () => {
    const signIn = start();
    await codeOf(signIn.check(leader, '000000'));
    const renewed = [verifier(clerk), verifier(leader), verifier('coso-a-cv')];
    const answers = await Promise.all([
      codeOf(signIn.check(clerk, pin)),
      codeOf(signIn.replacePins(renewed)),
      codeOf(signIn.check(clerk, pin)),
      codeOf(signIn.replacePins(renewed)),
    ]);
    expect(answers).toEqual(['ok', 'ok', 'ok', 'ok']);
    expect(await start().knows('coso-a-cv')).toBe(true);
    expect(await codeOf(start().check(leader, '000000'))).toBe('WRONG_PIN 3');
  });

  it('the sealed file shows neither people nor verifiers', async () => {
    await start().check(clerk, pin);
    for (const name of await readdir(dir)) {
      expect((await readFile(path.join(dir, name))).includes(clerk)).toBe(false);
    }
  });
});

describe('whose work may leave this workstation', () => {
  it('only that of people who have signed in here, whatever a restart or the server does', async () => {
    const refused = { code: 'FORBIDDEN', detail: 'actor' };
    await expect(start().refuseStrangers([clerk])).rejects.toMatchObject(refused);
    await codeOf(start().check(clerk, '000000'));
    await expect(start().refuseStrangers([clerk])).rejects.toMatchObject(refused);
    await start().check(clerk, pin);
    await start().refuseStrangers([clerk, clerk]);
    await expect(start().refuseStrangers([clerk, leader])).rejects.toMatchObject(refused);
    await start().replacePins([verifier(leader)]);
    await start().refuseStrangers([clerk]);
  });
});

describe('a sealed file', () => {
  it('two writes at once follow one another: both succeed, the later one stays', async () => {
    const file = secretFile<number>(dir, 'counter', keystore);
    await Promise.all(Array.from({ length: 20 }, (_, value) => file.write(value)));
    expect(await file.read()).toBe(19);
    expect(await readdir(dir)).not.toContain('counter.new');
  });
});
