import { AppError } from '@shared/result/result';
import type { Database, SqlValue } from '../storage/port';

export type DeviceRecord = {
  readonly id: string;
  readonly unit: string;
  readonly name: string;
  readonly status: string;
  readonly last_n: number;
  readonly last_seen: string;
};

/** The devices of one unit, or of all where `unit` is ''. */
export function listDevices(database: Database, unit: string): Promise<readonly DeviceRecord[]> {
  return database.transaction('snapshot', (session) =>
    session.query<DeviceRecord>(
      `select id, unit, name, status, last_n,
         to_char(last_seen at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as last_seen
       from device where $1 = '' or unit = $1 order by unit, enrolled_at, id`,
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
