import type { Unit } from '@shared/schema/people';
import type { Database } from '../storage/port';
import { actForServer } from '../storage/scope';

/**
 * When a unit was last in touch with the server. `lastSeen` in milliseconds, null when no device of it ever was; a
 * device is seen when it pushes, and within ten minutes of every pull, for which it needs a fresh token.
 */
export type UnitActivity = {
  readonly unit: string;
  readonly name: string;
  readonly devices: number;
  readonly lastSeen: number | null;
};

/** Every unit that was not merged into another one, with its devices that are not revoked. */
export function unitActivity(database: Database): Promise<readonly UnitActivity[]> {
  return database.transaction('snapshot', async (session) => {
    await actForServer(session);
    const rows = await session.query<{ data: Unit; devices: number; seen: number | null }>(
      `select e.data, count(d.id) as devices, floor(extract(epoch from max(d.last_seen)) * 1000)::bigint as seen
       from entity e left join device d on d.unit = e.id and d.status = 'active'
       where e.coll = 'units' and coalesce(e.data ->> 'successor', '') = ''
       group by e.id, e.coll, e.data order by e.id`,
    );
    return rows.map(({ data, devices, seen }) => ({
      unit: data.id,
      name: data.name,
      devices,
      lastSeen: seen,
    }));
  });
}
