import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { chmod, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '@shared/result/result';
import { makeFolder, replaceFile } from '../../vault/durable';
import { isMissing, toFileError } from '../../vault/file-errors';
import { deriveKey } from '../../vault/key-wrap';

/** The part of Electron's `safeStorage` that is used; ask it only after `ready`. */
export type SystemKeyStore = {
  isEncryptionAvailable(): boolean;
  /** Linux only. */
  getSelectedStorageBackend?(): string;
  encryptString(text: string): Buffer;
  decryptString(encrypted: Buffer): string;
};

/** `os`: the system's key store guards the key. `file`: only file permissions do, and the user must see that. */
export type Protection = 'os' | 'file';

export type Keystore = {
  status(): { readonly protection: Protection };
  /** The 32-byte master key of the profile. Derive from it; never use it directly. */
  masterKey(): Uint8Array;
  /** Encrypts a secret for storage. `purpose` must be the same to get it back. */
  protect(secret: Uint8Array, purpose?: string): Uint8Array;
  /** Gives back a protected secret; KEY_STORE_LOCKED when it was changed or made by another key or purpose. */
  unprotect(sealed: Uint8Array, purpose?: string): Uint8Array;
};

export type KeystoreInput = {
  /** The profile's folder for keys; made when missing. */
  readonly dir: string;
  readonly system: SystemKeyStore;
  readonly platform: NodeJS.Platform;
  /** Whether anything exists that only the old key opens: then a missing key is an error, not a new start. */
  readonly hasProtectedData: () => Promise<boolean>;
};

type KeyFile = {
  readonly version: 1;
  readonly protection: Protection;
  readonly key: string;
  readonly check: string;
};

const keyName = 'master.key';
const keyLength = 32;
const sealVersion = 1;

/**
 * Opens the profile's key, or makes it on the first start. A key that only a file guards moves into the
 * system's key store as soon as there is one. Throws KEY_STORE_LOCKED when the key is missing although data
 * need it, damaged, or held by a key store that is not there now; a new key is never made in its place.
 */
export async function openKeystore(input: KeystoreInput): Promise<Keystore> {
  const path = join(input.dir, keyName);
  const available = systemProtects(input.system, input.platform);
  const file = await readKeyFile(path);
  if (file === undefined) {
    if (await input.hasProtectedData()) throw locked('key missing');
    await makeFolder(input.dir);
    return keystoreOver(await writeKey(path, randomBytes(keyLength), input.system, available));
  }
  const key = openKey(file, input.system, available);
  if (file.protection === 'file' && available)
    return keystoreOver(await writeKey(path, key, input.system, true));
  if (input.platform !== 'win32') await chmod(path, 0o600);
  return keystoreOver({ key, protection: file.protection });
}

/**
 * Puts the key of a backup into a folder for keys that has none yet. It lies in a file until the keystore is opened
 * there, which moves it into the system's key store where there is one.
 */
export async function writeRestoredKey(dir: string, key: Uint8Array): Promise<void> {
  await makeFolder(dir);
  const bytes = Buffer.from(key);
  const file: KeyFile = {
    version: 1,
    protection: 'file',
    key: bytes.toString('base64'),
    check: checkOf(bytes),
  };
  await replaceFile(join(dir, keyName), JSON.stringify(file), 0o600);
}

/**
 * Whether the system really guards secrets. On Linux `basic_text` is a fixed password known to everybody, and
 * `unknown` is what Electron says before it has looked.
 */
export function systemProtects(system: SystemKeyStore, platform: NodeJS.Platform): boolean {
  if (!system.isEncryptionAvailable()) return false;
  if (platform !== 'linux') return true;
  const backend = system.getSelectedStorageBackend?.() ?? 'unknown';
  return backend !== 'basic_text' && backend !== 'unknown';
}

async function readKeyFile(path: string): Promise<KeyFile | undefined> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw locked('key unreadable');
  }
  const file = parseJson(text);
  if (!isKeyFile(file)) throw locked('key damaged');
  return file;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw locked('key damaged');
  }
}

function isKeyFile(value: unknown): value is KeyFile {
  if (typeof value !== 'object' || value === null) return false;
  const { version, protection, key, check } = value as Record<string, unknown>;
  const known = protection === 'os' || protection === 'file';
  return version === 1 && known && typeof key === 'string' && typeof check === 'string';
}

function openKey(file: KeyFile, system: SystemKeyStore, available: boolean): Buffer {
  const stored = Buffer.from(file.key, 'base64');
  if (file.protection === 'os' && !available) throw locked('system key store not available');
  const key = file.protection === 'os' ? decryptKey(stored, system) : stored;
  if (key.length !== keyLength || checkOf(key) !== file.check) throw locked('key damaged');
  return key;
}

function decryptKey(stored: Buffer, system: SystemKeyStore): Buffer {
  try {
    return Buffer.from(system.decryptString(stored), 'base64');
  } catch {
    throw locked('system key store refused');
  }
}

async function writeKey(path: string, key: Buffer, system: SystemKeyStore, available: boolean) {
  const protection: Protection = available ? 'os' : 'file';
  const stored = available ? system.encryptString(key.toString('base64')) : key;
  const file: KeyFile = { version: 1, protection, key: stored.toString('base64'), check: checkOf(key) };
  try {
    await replaceFile(path, JSON.stringify(file), 0o600);
  } catch (error) {
    throw toFileError(error);
  }
  return { key, protection };
}

/** Tells a damaged key from the right one without giving anything away about it. */
function checkOf(key: Buffer): string {
  return deriveKey(key, 'key check 1').toString('base64');
}

function keystoreOver({ key, protection }: { key: Buffer; protection: Protection }): Keystore {
  const sealingKey = deriveKey(key, 'secret sealing key 1');
  const options = { authTagLength: 16 } as const;
  return {
    status: () => ({ protection }),
    masterKey: () => new Uint8Array(key),
    protect(secret, purpose = '') {
      const nonce = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', sealingKey, nonce, options);
      cipher.setAAD(Buffer.from(purpose, 'utf8'));
      const text = cipher.update(secret);
      cipher.final();
      return new Uint8Array(Buffer.concat([Buffer.of(sealVersion), nonce, text, cipher.getAuthTag()]));
    },
    unprotect(sealed, purpose = '') {
      if (sealed.length < 29 || sealed[0] !== sealVersion) throw locked('secret damaged');
      const decipher = createDecipheriv('aes-256-gcm', sealingKey, sealed.subarray(1, 13), options);
      decipher.setAAD(Buffer.from(purpose, 'utf8'));
      decipher.setAuthTag(sealed.subarray(sealed.length - 16));
      const secret = decipher.update(sealed.subarray(13, sealed.length - 16));
      try {
        decipher.final();
      } catch {
        throw locked('secret damaged');
      }
      return new Uint8Array(secret);
    },
  };
}

function locked(detail: string): AppError {
  return new AppError('KEY_STORE_LOCKED', detail);
}
