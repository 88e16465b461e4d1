import { createPublicKey, type JsonWebKey, type KeyObject, verify } from 'node:crypto';
import { AppError } from '@shared/result/result';

/** Public half of a device key, as the device sent it. */
export type DevicePublicKey = {
  readonly kty: 'EC';
  readonly crv: 'P-256';
  readonly x: string;
  readonly y: string;
};

/** Opens a device key; INVALID_INPUT when it is no point of P-256. */
export function openDeviceKey(jwk: DevicePublicKey): KeyObject {
  try {
    return createPublicKey({ key: { ...jwk } as JsonWebKey, format: 'jwk' });
  } catch (error) {
    throw new AppError('INVALID_INPUT', error instanceof Error ? error.name : 'key');
  }
}

/** Whether the device signed this text: ECDSA P-256 with SHA-256, IEEE P1363 form, base64url. */
export function deviceSigned(jwk: DevicePublicKey, text: string, signature: string): boolean {
  return verify(
    'sha256',
    Buffer.from(text, 'utf8'),
    { key: openDeviceKey(jwk), dsaEncoding: 'ieee-p1363' },
    Buffer.from(signature, 'base64url'),
  );
}
