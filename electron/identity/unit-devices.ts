import { createPublicKey, type JsonWebKey, verify } from 'node:crypto';
import type { UnitDevice } from '@shared/sync/protocol';
import type { SecretFile } from './secret-file';

/** The machines of the unit as the server named them last; `clockAheadMs`: how far this clock then was ahead of it. */
export type UnitDevicesRecord = {
  readonly devices: readonly UnitDevice[];
  readonly clockAheadMs: number;
};

/** Knows the machines of the office by name and key, so that a slip can be checked with no network. */
export class UnitDevices {
  private readonly file: SecretFile<UnitDevicesRecord>;

  constructor(file: SecretFile<UnitDevicesRecord>) {
    this.file = file;
  }

  replace(record: UnitDevicesRecord): Promise<void> {
    return this.file.write(record);
  }

  /** Empty before the server was reached once. */
  async read(): Promise<UnitDevicesRecord> {
    return (await this.file.read()) ?? { devices: [], clockAheadMs: 0 };
  }

  /** The same of a machine that has not been shut out since: what is asked for now, and not what was given once. */
  async signedByActive(device: string, text: string, proof: string): Promise<boolean> {
    const { devices } = await this.read();
    const active = devices.some(({ id, status }) => id === device && status === 'active');
    return active && (await this.signed(device, text, proof));
  }

  /** Whether a machine of the unit signed this text: ECDSA P-256 with SHA-256, IEEE P1363 form, base64url. */
  async signed(device: string, text: string, proof: string): Promise<boolean> {
    const { devices } = await this.read();
    const known = devices.find(({ id }) => id === device);
    if (known === undefined) return false;
    const key = createPublicKey({ key: { ...known.publicKey } as JsonWebKey, format: 'jwk' });
    return verify(
      'sha256',
      Buffer.from(text, 'utf8'),
      { key, dsaEncoding: 'ieee-p1363' },
      Buffer.from(proof, 'base64url'),
    );
  }
}
