import { AppError } from '@shared/result/result';
import type { Database } from '../storage/port';

export type DeviceRecord = {
  readonly id: string;
  readonly unit: string;
  readonly name: string;
  readonly status: string;
  readonly last_n: number;
  readonly last_seen: string;
};

export function listDevices(database: Database): Promise<readonly DeviceRecord[]> {
  return database.transaction('snapshot', (session) =>
    session.query<DeviceRecord>(
      `select id, unit, name, status, last_n,
         to_char(last_seen at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as last_seen
       from device order by unit, enrolled_at, id`,
    ),
  );
}

/** Shuts a device out for good; its books stay with it until they are given free. NOT_FOUND for an unknown one. */
export async function revokeDevice(database: Database, id: string): Promise<void> {
  const changed = await database.transaction('read-write', (session) =>
    session.query(`update device set status = 'revoked' where id = $1 returning id`, [id]),
  );
  if (changed.length === 0) throw new AppError('NOT_FOUND', `device ${id}`);
}
