import { timingSafeEqual } from 'node:crypto';
import { AppError } from '@shared/result/result';
import type { SecretFile } from '../identity/secret-file';
import { deriveKey } from '../vault/key-wrap';
import { openSealed, sealBytes } from '../vault/sealed-bytes';
import { type Half, joinHalves, newHalves } from './recovery-halves';

/** A kit as this machine remembers it: never the recovery key, only the master key that it opens. */
export type Kit = {
  readonly kit: string;
  readonly madeAt: string;
  /** The master key of the profile under the recovery key, base64. */
  readonly wrapped: string;
};
export type KitRecord = {
  /** Typed in once after printing: the only one that backups are made for. */
  readonly proven: Kit | null;
  /** Printed, not yet typed in. */
  readonly printed: Kit | null;
};

const purpose = 'recovery of the master key 1';
const noKit: KitRecord = { proven: null, printed: null };

/**
 * The recovery kit (bộ khóa khôi phục): what opens a backup when this machine and its key store are gone. A new kit takes
 * the place of the old one only when both halves of it have been typed in.
 */
export class RecoveryKit {
  private readonly file: SecretFile<KitRecord>;
  private readonly masterKey: () => Uint8Array;

  constructor(file: SecretFile<KitRecord>, masterKey: () => Uint8Array) {
    this.file = file;
    this.masterKey = masterKey;
  }

  async status(): Promise<KitRecord> {
    return (await this.file.read()) ?? noKit;
  }

  /**
   * Makes a kit. `save` puts its halves, which are kept nowhere, on paper; a kit whose sheets could not be saved is
   * forgotten, so that nobody is asked to type it in. Errors: those of `save`.
   */
  async make(madeAt: string, save: (halves: readonly [Half, Half]) => Promise<void>): Promise<void> {
    const { key, halves } = newHalves();
    await save(halves);
    const kit: Kit = { kit: halves[0].kit, madeAt, wrapped: wrapMasterKey(key, this.masterKey()) };
    await this.file.write({ ...(await this.status()), printed: kit });
  }

  /** Both halves were typed in: from now on backups are made for this kit. KIT_MISMATCH. */
  async prove(a: Half, b: Half): Promise<void> {
    const { proven, printed } = await this.status();
    const kit = [printed, proven].find((known) => known?.kit === a.kit) ?? null;
    if (kit === null) throw new AppError('KIT_MISMATCH', 'unknown kit');
    const key = unwrapMasterKey(joinHalves(a, b), kit.wrapped);
    if (!timingSafeEqual(key, this.masterKey())) throw new AppError('KIT_MISMATCH', 'master key');
    await this.file.write({ proven: kit, printed: null });
  }
}

export function wrapMasterKey(recoveryKey: Uint8Array, masterKey: Uint8Array): string {
  return sealBytes(deriveKey(recoveryKey, purpose), masterKey, purpose).toString('base64');
}

/** KIT_MISMATCH when the recovery key is not the one it was wrapped with. */
export function unwrapMasterKey(recoveryKey: Uint8Array, wrapped: string): Uint8Array {
  const key = openSealed(deriveKey(recoveryKey, purpose), Buffer.from(wrapped, 'base64'), purpose);
  if (key === null || key.length !== 32) throw new AppError('KIT_MISMATCH', 'master key');
  return new Uint8Array(key);
}
