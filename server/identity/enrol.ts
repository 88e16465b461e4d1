import { AppError } from '@shared/result/result';
import type { Unit } from '@shared/schema/people';
import type { EnrolResponse } from '@shared/sync/protocol';
import type { Database, Session } from '../storage/port';
import { sqlTransaction } from '../storage/sql-transaction';
import { type DevicePublicKey, openDeviceKey } from './device-key';
import { hashEnrolCode } from './enrol-codes';

export type EnrolRequest = {
  readonly code: string;
  readonly name: string;
  readonly publicKey: DevicePublicKey;
  /** The id that the device had on this server before it was restored; its kept work names it. */
  readonly deviceId?: string | undefined;
};

type CodeRow = { readonly unit: string; readonly device: string | null; readonly live: boolean };

/**
 * Enrols a device for the unit of a one-time code. The same key with the same code again gives the same device, so
 * that an answer lost on the way costs nothing. A device that the server has forgotten gets its id back; one that the server
 * knows keeps its key. ENROL_CODE_INVALID for an unknown, used or expired code, or the id of another device (`device`).
 */
export function enrolDevice(
  database: Database,
  serverId: string,
  request: EnrolRequest,
  now: number,
  newDeviceId: () => string,
): Promise<EnrolResponse> {
  openDeviceKey(request.publicKey);
  const hash = hashEnrolCode(request.code);
  const at = new Date(now).toISOString();
  return database.transaction('read-write', async (session) => {
    const tx = sqlTransaction(session);
    await tx.actForServer();
    const codes = await session.query<CodeRow>(
      'select unit, device, expires_at > $2::timestamptz as live from enrol_code where hash = $1 for update',
      [hash, at],
    );
    const code = codes[0];
    if (code === undefined) throw new AppError('ENROL_CODE_INVALID');
    const unit = await tx.readRow('units', code.unit);
    if (unit === null) throw new AppError('ENROL_CODE_INVALID', 'unit');
    const deviceId =
      code.device === null
        ? await addDevice(session, hash, code, request, at, request.deviceId ?? newDeviceId())
        : await enrolledBefore(session, code.device, request.publicKey);
    return response(deviceId, serverId, unit);
  });
}

async function addDevice(
  session: Session,
  hash: string,
  code: CodeRow,
  request: EnrolRequest,
  at: string,
  id: string,
): Promise<string> {
  if (!code.live) throw new AppError('ENROL_CODE_INVALID', 'expired');
  const { kty, crv, x, y } = request.publicKey;
  const added = await session.query<{ id: string }>(
    `insert into device (id, unit, name, public_key, status, enrolled_at, last_seen, heard_epoch)
     select $1, $2, $3, $4::jsonb, 'active', $5, $5, case when $6 then epoch end from server
     on conflict (id) do nothing returning id`,
    [id, code.unit, request.name, JSON.stringify({ kty, crv, x, y }), at, request.deviceId === undefined],
  );
  if (added.length === 0) throw new AppError('ENROL_CODE_INVALID', 'device');
  await session.query('update enrol_code set device = $2 where hash = $1', [hash, id]);
  return id;
}

async function enrolledBefore(session: Session, device: string, key: DevicePublicKey): Promise<string> {
  const rows = await session.query<{ public_key: DevicePublicKey; status: string }>(
    'select public_key, status from device where id = $1',
    [device],
  );
  const known = rows[0];
  const same = known?.status === 'active' && known.public_key.x === key.x && known.public_key.y === key.y;
  if (!same) throw new AppError('ENROL_CODE_INVALID', 'used');
  return device;
}

function response(deviceId: string, serverId: string, unit: Unit): EnrolResponse {
  return { deviceId, serverId, unit: unit.id, unitName: unit.name };
}
