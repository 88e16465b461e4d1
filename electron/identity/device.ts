import { createPrivateKey, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { AppError } from '@shared/result/result';
import type { EnrolResponse, enrolRequestSchema, tokenRequestSchema } from '@shared/sync/protocol';
import type { z } from 'zod';
import type { SecretFile } from './secret-file';

/** What this workstation knows of itself after enrolment; kept sealed in the profile. */
export type DeviceRecord = EnrolResponse & {
  readonly server: string;
  readonly name: string;
  /** PKCS#8 DER of the device key, base64. It never leaves this file and this process. */
  readonly privateKey: string;
  readonly revoked: boolean;
};

export type PublicKey = z.infer<typeof enrolRequestSchema>['publicKey'];

/** The identity of this workstation: its key, and the server and unit it was enrolled for. */
export class Device {
  private readonly file: SecretFile<DeviceRecord>;
  private record: DeviceRecord | null;

  private constructor(file: SecretFile<DeviceRecord>, record: DeviceRecord | null) {
    this.file = file;
    this.record = record;
  }

  /** `server`, where given, is the address the province's server has moved to; the identity stays. */
  static async open(file: SecretFile<DeviceRecord>, server?: string): Promise<Device> {
    const record = await file.read();
    return new Device(file, record === null || server === undefined ? record : { ...record, server });
  }

  current(): DeviceRecord | null {
    return this.record;
  }

  /** Makes the key, lets `enrolAt` ask the server with its public half, and keeps what came of it. */
  async enrol(
    server: string,
    name: string,
    enrolAt: (publicKey: PublicKey) => Promise<EnrolResponse>,
  ): Promise<void> {
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
    const answer = await enrolAt({ kty: 'EC', crv: 'P-256', x, y });
    await this.keep({
      ...answer,
      server,
      name,
      privateKey: privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64'),
      revoked: false,
    });
  }

  async markRevoked(): Promise<void> {
    if (this.record !== null && !this.record.revoked) await this.keep({ ...this.record, revoked: true });
  }

  /** A signed request for a short-lived token; null while the workstation is not enrolled. */
  tokenRequest(nowMs: number): z.infer<typeof tokenRequestSchema> | null {
    if (this.record === null) return null;
    const { deviceId } = this.record;
    const nonce = randomBytes(18).toString('base64url');
    const signature = signWith(this.record, `${deviceId}.${nowMs}.${nonce}`);
    return { deviceId, ts: nowMs, nonce, signature };
  }

  /** This device's signature of a text. NOT_ENROLLED without an identity. */
  sign(text: string): string {
    if (this.record === null) throw new AppError('NOT_ENROLLED');
    return signWith(this.record, text);
  }

  private async keep(record: DeviceRecord): Promise<void> {
    await this.file.write(record);
    this.record = record;
  }
}

function signWith(record: DeviceRecord, text: string): string {
  const key = createPrivateKey({
    key: Buffer.from(record.privateKey, 'base64'),
    type: 'pkcs8',
    format: 'der',
  });
  return sign('sha256', Buffer.from(text, 'utf8'), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url');
}
