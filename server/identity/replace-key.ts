import { AppError } from '@shared/result/result';
import type { Database } from '../storage/port';
import { type DevicePublicKey, deviceSigned, openDeviceKey } from './device-key';
import { clockWindowMs } from './token';

export type ReplaceKeyRequest = {
  readonly deviceId: string;
  readonly ts: number;
  readonly nonce: string;
  readonly publicKey: DevicePublicKey;
  /** By the key that is replaced. */
  readonly signature: string;
};

type DeviceRow = { readonly status: string; readonly public_key: DevicePublicKey };

/**
 * Gives a device another key: a machine made of its backup takes its place, and whoever has the old key is refused from
 * now on. Asked again for the same key it changes nothing, so that an answer lost on the way costs nothing. Errors:
 * INVALID_INPUT, NOT_ENROLLED, DEVICE_REVOKED, FORBIDDEN (`clock`, `signature`).
 */
export function replaceDeviceKey(database: Database, request: ReplaceKeyRequest, now: number): Promise<void> {
  const { deviceId, ts, nonce, publicKey, signature } = request;
  const { kty, crv, x, y } = publicKey;
  openDeviceKey(publicKey);
  return database.transaction('read-write', async (session) => {
    const rows = await session.query<DeviceRow>(
      'select status, public_key from device where id = $1 for update',
      [deviceId],
    );
    const device = rows[0];
    if (device === undefined) throw new AppError('NOT_ENROLLED');
    if (device.status !== 'active') throw new AppError('DEVICE_REVOKED');
    if (device.public_key.x === x && device.public_key.y === y) return;
    if (Math.abs(now - ts) > clockWindowMs) throw new AppError('FORBIDDEN', 'clock');
    const text = `${deviceId}.${ts}.${nonce}.${x}.${y}`;
    if (!deviceSigned(device.public_key, text, signature)) throw new AppError('FORBIDDEN', 'signature');
    await session.query('update device set public_key = $2::jsonb, key_since = $3 where id = $1', [
      deviceId,
      JSON.stringify({ kty, crv, x, y }),
      new Date(now).toISOString(),
    ]);
  });
}
