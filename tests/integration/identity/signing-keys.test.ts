import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { secretFile } from '../../../electron/identity/secret-file';
import { openKeystore } from '../../../electron/main/services/keystore';
import {
  type NewKey,
  SigningKeys,
  type SigningKeysRecord,
} from '../../../electron/main/services/signing-keys';

const folder = mkdtempSync(path.join(tmpdir(), 'cv-keys-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function file(name: string) {
  const seal = await openKeystore({
    dir: folder,
    system: {
      isEncryptionAvailable: () => false,
      encryptString: (text) => Buffer.from(text),
      decryptString: (bytes) => bytes.toString(),
    },
    platform: 'linux',
    hasProtectedData: async () => false,
  });
  return secretFile<SigningKeysRecord>(folder, name, seal);
}

const facts = (serial: string, more: Partial<NewKey> = {}): NewKey => ({
  owner: 'person',
  holder: 'ct',
  subject: `Phạm Quốc Tuấn ${serial}`,
  issuer: 'CA',
  serial,
  notBefore: '2026-01-01T00:00:00.000Z',
  notAfter: '2028-01-01T00:00:00.000Z',
  source: { kind: 'file' },
  ...more,
});
const pkcs12 = new Uint8Array(randomBytes(64));
const token = { driver: '/usr/lib/p11.so', token: 'T1', keyId: '01' };
const always = () => true;

describe('nhiều chứng thư của một người', () => {
  test('the newest is the default, another may be made it, and removing it leaves one', async () => {
    const keys = new SigningKeys(await file('several'));
    const old = await keys.add(facts('01'), { pkcs12 });
    const fresh = await keys.add(facts('02', { source: { kind: 'token', label: 'T', driver: 'd' } }), {
      token,
    });
    expect((await keys.find('person', 'ct')).id).toBe(fresh.id);
    expect((await keys.find('person', 'ct', old.id)).id).toBe(old.id);
    await keys.prefer(old.id, always);
    expect((await keys.find('person', 'ct')).id).toBe(old.id);
    await keys.remove(old.id, always);
    expect((await keys.find('person', 'ct')).id).toBe(fresh.id);
    await keys.remove(fresh.id, always);
    await expect(keys.find('person', 'ct')).rejects.toThrow('NO_SIGNING_KEY');
  });

  test('the same certificate again takes the place of the old entry; others keep theirs', async () => {
    const keys = new SigningKeys(await file('again'));
    await keys.add(facts('01'), { pkcs12 });
    await keys.add(facts('01', { owner: 'organ', holder: 'huyen' }), { pkcs12 });
    await keys.add(facts('01'), { pkcs12 });
    expect((await keys.list()).map(({ owner, preferred }) => [owner, preferred])).toEqual([
      ['organ', true],
      ['person', true],
    ]);
  });

  test("nobody changes another's", async () => {
    const keys = new SigningKeys(await file('others'));
    const { id } = await keys.add(facts('01'), { pkcs12 });
    await expect(keys.remove(id, () => false)).rejects.toThrow('NOT_ALLOWED');
    await expect(keys.prefer('unknown', always)).rejects.toThrow('NOT_FOUND');
    expect(await keys.list()).toHaveLength(1);
  });
});

test('a list tells nothing of the containers, and the file is sealed', async () => {
  const keys = new SigningKeys(await file('sealed'));
  await keys.add(facts('01'), { pkcs12 });
  const base64 = Buffer.from(pkcs12).toString('base64');
  expect(JSON.stringify(await keys.list())).not.toContain(base64);
  expect(readFileSync(path.join(folder, 'sealed')).includes('Tuấn')).toBe(false);
});

test('a record of an earlier version is read: one file key for each holder, which is the default', async () => {
  const record = await file('earlier');
  const { owner, holder, subject, issuer, notAfter } = facts('01');
  await record.write({ keys: [{ id: 'cu', owner, holder, subject, issuer, notAfter, pkcs12: 'AA==' }] });
  expect(await new SigningKeys(record).find('person', 'ct')).toMatchObject({
    id: 'cu',
    serial: '',
    source: { kind: 'file' },
    preferred: true,
  });
});
