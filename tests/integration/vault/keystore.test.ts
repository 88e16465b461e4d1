import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { chmod, mkdtemp, readFile, rm, stat, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openKeystore, type SystemKeyStore, systemProtects } from '../../../electron/main/services/keystore';
import { hasContent } from '../../../electron/vault/content-folder';
import { openVault } from '../../../electron/vault/vault';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'cong-van-keys-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

/** What a Linux machine without a key ring answers (seen on Electron 33). */
const noStore: SystemKeyStore = {
  isEncryptionAvailable: () => false,
  getSelectedStorageBackend: () => 'basic_text',
  encryptString: () => {
    throw new Error('not available');
  },
  decryptString: () => {
    throw new Error('not available');
  },
};

/** A key ring with a key of its own, as gnome-keyring holds one. */
function keyRing(): SystemKeyStore {
  const key = randomBytes(32);
  const nonce = Buffer.alloc(12);
  return {
    isEncryptionAvailable: () => true,
    getSelectedStorageBackend: () => 'gnome_libsecret',
    encryptString: (text) => {
      const cipher = createCipheriv('aes-256-gcm', key, nonce);
      return Buffer.concat([cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
    },
    decryptString: (bytes) => {
      const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: 16 });
      decipher.setAuthTag(bytes.subarray(-16));
      return decipher.update(bytes.subarray(0, -16), undefined, 'utf8') + decipher.final('utf8');
    },
  };
}

const open = (system: SystemKeyStore, hasData = false) =>
  openKeystore({ dir: join(dir, 'keys'), system, platform: 'linux', hasProtectedData: async () => hasData });
const keyPath = () => join(dir, 'keys', 'master.key');

describe('keystore', () => {
  it('without a system key store: a key file that only its owner reads, and the status says so', async () => {
    const keys = await open(noStore);
    expect(keys.status()).toEqual({ protection: 'file' });
    expect((await stat(keyPath())).mode & 0o777).toBe(0o600);
    await chmod(keyPath(), 0o644);
    const again = await open(noStore, true);
    expect(again.masterKey()).toEqual(keys.masterKey());
    expect((await stat(keyPath())).mode & 0o777).toBe(0o600);
  });

  it('with one: the key is not in the file', async () => {
    const ring = keyRing();
    const keys = await open(ring);
    expect(keys.status()).toEqual({ protection: 'os' });
    expect(await readFile(keyPath(), 'utf8')).not.toContain(Buffer.from(keys.masterKey()).toString('base64'));
    expect((await open(ring, true)).masterKey()).toEqual(keys.masterKey());
  });

  it('a file-guarded key moves into the system key store when there is one', async () => {
    const before = await open(noStore);
    const ring = keyRing();
    const after = await open(ring, true);
    expect([after.status().protection, after.masterKey()]).toEqual(['os', before.masterKey()]);
    expect(await readFile(keyPath(), 'utf8')).not.toContain(
      Buffer.from(before.masterKey()).toString('base64'),
    );
  });

  it.each(['basic_text', 'unknown'])('on Linux the backend %s does not count', (backend) => {
    const system = { ...keyRing(), getSelectedStorageBackend: () => backend };
    expect(systemProtects(system, 'linux')).toBe(false);
    expect(systemProtects(system, 'win32')).toBe(true);
  });

  it('the key store is gone or another one: KEY_STORE_LOCKED, the key file stays as it is', async () => {
    await open(keyRing());
    const before = await readFile(keyPath(), 'utf8');
    for (const system of [noStore, keyRing()]) {
      await expect(open(system)).rejects.toMatchObject({ code: 'KEY_STORE_LOCKED' });
    }
    expect(await readFile(keyPath(), 'utf8')).toBe(before);
  });

  it.each(['', '{}', '{"version":1,"protection":"file","key":"AAAA","check":"x"}', 'ÿþ'])(
    'a damaged key file (%s) → KEY_STORE_LOCKED, never a new key',
    async (text) => {
      await open(noStore);
      await writeFile(keyPath(), text);
      await expect(open(noStore)).rejects.toMatchObject({ code: 'KEY_STORE_LOCKED' });
      expect(await readFile(keyPath(), 'utf8')).toBe(text);
    },
  );

  it('one changed character of the key → KEY_STORE_LOCKED', async () => {
    await open(noStore);
    const file = JSON.parse(await readFile(keyPath(), 'utf8')) as { key: string };
    const key = Buffer.from(file.key, 'base64');
    key[5] = (key[5] ?? 0) ^ 1;
    await writeFile(keyPath(), JSON.stringify({ ...file, key: key.toString('base64') }));
    await expect(open(noStore)).rejects.toMatchObject({ code: 'KEY_STORE_LOCKED' });
  });

  it('a missing key with blobs in the vault → KEY_STORE_LOCKED; without any, a first start', async () => {
    const vaultDir = join(dir, 'vault');
    const openFor = () =>
      openKeystore({
        dir: join(dir, 'keys'),
        system: noStore,
        platform: 'linux',
        hasProtectedData: () => hasContent(vaultDir),
      });
    const keys = await openFor();
    await unlink(keyPath());
    const second = await openFor();
    expect(second.masterKey()).not.toEqual(keys.masterKey());
    const vault = await openVault({ dir: vaultDir, masterKey: second.masterKey() });
    await vault.put(join(dir, 'keys', 'master.key'));
    await unlink(keyPath());
    await expect(openFor()).rejects.toMatchObject({ code: 'KEY_STORE_LOCKED' });
  });

  it('secrets come back only whole, for their purpose and under their key', async () => {
    const keys = await open(noStore);
    const secret = randomBytes(100);
    const sealed = keys.protect(secret, 'device key');
    expect(Buffer.from(keys.unprotect(sealed, 'device key')).equals(secret)).toBe(true);
    expect(Buffer.from(sealed).includes(secret.subarray(0, 16))).toBe(false);
    expect(() => keys.unprotect(sealed, 'token')).toThrow('KEY_STORE_LOCKED');
    for (let i = 0; i < sealed.length; i++) {
      const changed = new Uint8Array(sealed);
      changed[i] = (changed[i] ?? 0) ^ 1;
      expect(() => keys.unprotect(changed, 'device key')).toThrow('KEY_STORE_LOCKED');
    }
    expect(() => keys.unprotect(sealed.subarray(0, 20), 'device key')).toThrow('KEY_STORE_LOCKED');
  });
});
