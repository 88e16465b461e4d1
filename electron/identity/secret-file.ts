import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { Serial } from '@shared/sync/serial';
import { replaceFile } from '../vault/durable';
import { isMissing } from '../vault/file-errors';

/** The part of the keystore that seals small secrets. */
export type SecretSeal = {
  protect(secret: Uint8Array, purpose?: string): Uint8Array;
  unprotect(sealed: Uint8Array, purpose?: string): Uint8Array;
};

/** One JSON value kept sealed in a file of the profile. */
export type SecretFile<T> = {
  /** Gives null before anything was written; KEY_STORE_LOCKED when the file cannot be opened with this key. */
  read(): Promise<T | null>;
  /** Replaces the file as a whole: afterwards it holds the old value or the new one. Writes follow one another. */
  write(value: T): Promise<void>;
};

/** Opens the sealed file `name` in `dir`; `name` is also the purpose, so that files cannot be exchanged. */
export function secretFile<T>(dir: string, name: string, seal: SecretSeal): SecretFile<T> {
  const file = path.join(dir, name);
  // Two writes at once would share one temporary name, and the second rename would find nothing.
  const turn = new Serial();
  return {
    async read() {
      try {
        const plain = seal.unprotect(await readFile(file), name);
        return JSON.parse(Buffer.from(plain).toString('utf8')) as T;
      } catch (error) {
        if (isMissing(error)) return null;
        throw error;
      }
    },
    write(value) {
      const sealed = Buffer.from(seal.protect(Buffer.from(JSON.stringify(value), 'utf8'), name));
      return turn.run(() => replaceFile(file, sealed));
    },
  };
}
