import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  sign,
} from 'node:crypto';
import { AppError } from '@shared/result/result';
import type {
  EnrolResponse,
  enrolRequestSchema,
  replaceKeyRequestSchema,
  tokenRequestSchema,
} from '@shared/sync/protocol';
import type { z } from 'zod';
import type { SecretFile } from './secret-file';

/** What this workstation knows of itself after enrolment; kept sealed in the profile. */
export type DeviceRecord = EnrolResponse & {
  readonly server: string;
  readonly name: string;
  /** PKCS#8 DER of the device key, base64. It never leaves this file and this process. */
  readonly privateKey: string;
  readonly revoked: boolean;
  /**
   * The key that takes the place of `privateKey` when the server has agreed: this machine was made of a backup, and the
   * machine that the backup came from must be refused from then on.
   */
  readonly nextPrivateKey?: string;
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
      privateKey: exported(privateKey),
      revoked: false,
    });
  }

  /** Asks the server to take this device back under its id and key. NOT_ENROLLED where it never had one. */
  async enrolAgain(
    enrolAt: (record: DeviceRecord, publicKey: PublicKey) => Promise<EnrolResponse>,
  ): Promise<void> {
    if (this.record === null) throw new AppError('NOT_ENROLLED');
    const { x = '', y = '' } = createPublicKey(openKey(this.record.privateKey)).export({ format: 'jwk' });
    const answer = await enrolAt(this.record, { kty: 'EC', crv: 'P-256', x, y });
    await this.keep({ ...this.record, ...answer, revoked: false });
  }

  /** This machine takes the place of the one whose identity it has: it will ask for another key. */
  async takeOver(): Promise<void> {
    if (this.record === null || this.record.nextPrivateKey !== undefined) return;
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    await this.keep({ ...this.record, nextPrivateKey: exported(privateKey) });
  }

  /** A request to replace the key, signed with the present one; null when there is nothing to replace. */
  replaceKeyRequest(nowMs: number): z.infer<typeof replaceKeyRequestSchema> | null {
    if (this.record?.nextPrivateKey === undefined) return null;
    const { deviceId, nextPrivateKey } = this.record;
    const nonce = randomBytes(18).toString('base64url');
    const { x = '', y = '' } = createPublicKey(openKey(nextPrivateKey)).export({ format: 'jwk' });
    const signature = signWith(this.record, `${deviceId}.${nowMs}.${nonce}.${x}.${y}`);
    return { deviceId, ts: nowMs, nonce, publicKey: { kty: 'EC', crv: 'P-256', x, y }, signature };
  }

  /** The server has taken the new key. */
  async keyReplaced(): Promise<void> {
    if (this.record?.nextPrivateKey === undefined) return;
    const { nextPrivateKey, ...record } = this.record;
    await this.keep({ ...record, privateKey: nextPrivateKey });
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
  const key = openKey(record.privateKey);
  return sign('sha256', Buffer.from(text, 'utf8'), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url');
}

const exported = (key: KeyObject): string => key.export({ type: 'pkcs8', format: 'der' }).toString('base64');

function openKey(exportedKey: string): KeyObject {
  return createPrivateKey({ key: Buffer.from(exportedKey, 'base64'), type: 'pkcs8', format: 'der' });
}
