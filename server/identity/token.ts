import { AppError } from '@shared/result/result';
import { type Database, sqlState, uniqueViolation } from '../storage/port';
import { type DevicePublicKey, deviceSigned } from './device-key';
import { signToken } from './jwt';

/** How far the clock of a device may be off, and how long a nonce is remembered. */
export const clockWindowMs = 10 * 60_000;
const tokenSeconds = 600;

export type TokenRequest = {
  readonly deviceId: string;
  readonly ts: number;
  readonly nonce: string;
  readonly signature: string;
};

/**
 * Gives an access token for ten minutes to a device that signs `deviceId.ts.nonce` with its key. Errors: NOT_ENROLLED
 * for an unknown device; FORBIDDEN (`clock`, `signature`, `replay`); DEVICE_REVOKED.
 */
export async function issueToken(
  database: Database,
  secret: string,
  request: TokenRequest,
  now: number,
): Promise<{ readonly access: string; readonly expiresAt: number }> {
  if (Math.abs(now - request.ts) > clockWindowMs) throw new AppError('FORBIDDEN', 'clock');
  const device = await readDevice(database, request.deviceId);
  if (device === null) throw new AppError('NOT_ENROLLED');
  const text = `${request.deviceId}.${request.ts}.${request.nonce}`;
  if (!deviceSigned(device.public_key, text, request.signature)) {
    // The old machine of a restored one must hear that it was replaced, not that something is wrong with it.
    if (device.replaced) throw new AppError('DEVICE_REVOKED', 'replaced');
    throw new AppError('FORBIDDEN', 'signature');
  }
  if (device.status !== 'active') throw new AppError('DEVICE_REVOKED');
  await useNonce(database, request, now);
  const iat = Math.floor(now / 1000);
  const claims = { sub: request.deviceId, unit: device.unit, iat, exp: iat + tokenSeconds };
  return { access: signToken(claims, secret), expiresAt: claims.exp * 1000 };
}

type DeviceRow = {
  readonly unit: string;
  readonly status: string;
  readonly public_key: DevicePublicKey;
  readonly replaced: boolean;
};

function readDevice(database: Database, id: string): Promise<DeviceRow | null> {
  return database.transaction('snapshot', async (session) => {
    const rows = await session.query<DeviceRow>(
      'select unit, status, public_key, key_since is not null as replaced from device where id = $1',
      [id],
    );
    return rows[0] ?? null;
  });
}

async function useNonce(database: Database, request: TokenRequest, now: number): Promise<void> {
  const at = new Date(now).toISOString();
  const old = new Date(now - 3 * clockWindowMs).toISOString();
  try {
    await database.transaction('read-write', async (session) => {
      await session.query('delete from nonce where device = $1 and at < $2', [request.deviceId, old]);
      await session.query('insert into nonce (device, nonce, at) values ($1, $2, $3)', [
        request.deviceId,
        request.nonce,
        at,
      ]);
      await session.query('update device set last_seen = $2 where id = $1', [request.deviceId, at]);
    });
  } catch (error) {
    if (sqlState(error) === uniqueViolation) throw new AppError('FORBIDDEN', 'replay');
    throw error;
  }
}
