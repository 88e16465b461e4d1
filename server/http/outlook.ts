import type { Database } from '../storage/port';
import { actForServer } from '../storage/scope';
import { bucketsFor } from '../sync/readable';
import type { Outlook } from './connections';

/** Looks up, in one snapshot, what open connections of these devices have to follow. */
export function readOutlook(database: Database, devices: readonly string[]): Promise<Outlook> {
  return database.transaction('snapshot', async (session) => {
    await actForServer(session);
    const heads = await session.query<{ bucket: string; head: number }>('select bucket, head from bucket');
    const standings = await session.query<{ id: string; status: string; unit: string }>(
      'select id, status, unit from device where id = any($1::text[])',
      [devices],
    );
    const grants = await session.query<{ unit: string; readable: readonly string[] }>(
      'select unit, array_agg(readable order by readable) as readable from unit_grant group by unit',
    );
    const granted = new Map(grants.map(({ unit, readable }) => [unit, readable]));
    return {
      heads: new Map(heads.map(({ bucket, head }) => [bucket, head])),
      standings: new Map(standings.map(({ id, ...standing }) => [id, standing])),
      readable: (unit) => bucketsFor(unit, granted.get(unit) ?? []),
    };
  });
}
