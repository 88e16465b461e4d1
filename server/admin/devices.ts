import { AppError } from '@shared/result/result';
import type { Database, SqlValue } from '../storage/port';
import { devicesOfServer, isAwaited } from '../storage/sql-operations';

export type DeviceRecord = {
  readonly id: string;
  readonly unit: string;
  readonly name: string;
  readonly status: string;
  readonly last_n: number;
  readonly last_seen: string;
  /** The server was restored, and gives no book of the unit away before it has heard this device. */
  readonly awaited: boolean;
};

/** The devices of one unit, or of all where `unit` is ''. */
export function listDevices(database: Database, unit: string): Promise<readonly DeviceRecord[]> {
  return database.transaction('snapshot', (session) =>
    session.query<DeviceRecord>(
      `select d.id, d.unit, d.name, d.status, d.last_n,
         to_char(d.last_seen at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as last_seen, ${isAwaited} as awaited
       from ${devicesOfServer} where $1 = '' or d.unit = $1 order by d.unit, d.enrolled_at, d.id`,
      [unit],
    ),
  );
}

/** Gives a device another name. NOT_FOUND for an unknown one, INVALID_INPUT for a name of no or over 100 letters. */
export async function renameDevice(database: Database, id: string, name: string): Promise<void> {
  if (name.trim() === '' || name.length > 100) throw new AppError('INVALID_INPUT', '--name');
  await change(database, id, 'update device set name = $2 where id = $1 returning id', [id, name]);
}

/** Shuts a device out for good; its books stay with it until they are given free. NOT_FOUND for an unknown one. */
export async function revokeDevice(database: Database, id: string): Promise<void> {
  await change(database, id, `update device set status = 'revoked' where id = $1 returning id`, [id]);
}

async function change(
  database: Database,
  id: string,
  statement: string,
  values: readonly SqlValue[],
): Promise<void> {
  const changed = await database.transaction('read-write', (session) => session.query(statement, values));
  if (changed.length === 0) throw new AppError('NOT_FOUND', `device ${id}`);
}
