import type { UnitDevice } from '@shared/sync/protocol';
import type { Database } from '../storage/port';

/** Every device that was ever enrolled for a unit: slips that a lost one signed can still be told from forged ones. */
export function readUnitDevices(database: Database, unit: string): Promise<readonly UnitDevice[]> {
  return database.transaction('snapshot', (session) =>
    session.query<UnitDevice>(
      'select id, name, status, public_key as "publicKey" from device where unit = $1 order by enrolled_at, id',
      [unit],
    ),
  );
}
