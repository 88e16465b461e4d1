import { AppError } from '@shared/result/result';
import type { Database, Session } from '../storage/port';
import { actForServer } from '../storage/scope';

/** That the devices of `unit` may read what belongs to or was sent to `readable`. */
export type Grant = { readonly unit: string; readonly readable: string };

export function listGrants(database: Database): Promise<readonly Grant[]> {
  return database.transaction('snapshot', (session) =>
    session.query<Grant>('select unit, readable from unit_grant order by unit, readable'),
  );
}

/** NOT_FOUND when one of the units does not exist, INVALID_INPUT when they are the same. Twice is once. */
export async function addGrant(database: Database, grant: Grant): Promise<void> {
  if (grant.unit === grant.readable) throw new AppError('INVALID_INPUT', 'a unit reads its own rows anyway');
  await database.transaction('read-write', async (session) => {
    await actForServer(session);
    for (const unit of [grant.unit, grant.readable]) await refuseUnknown(session, unit);
    await writeGrant(session, grant);
  });
}

/** Writes a grant within a transaction; one that is there already stays. */
export async function writeGrant(session: Session, { unit, readable }: Grant): Promise<void> {
  await session.query('insert into unit_grant (unit, readable) values ($1, $2) on conflict do nothing', [
    unit,
    readable,
  ]);
}

/** NOT_FOUND when there is no such grant. */
export async function removeGrant(database: Database, { unit, readable }: Grant): Promise<void> {
  const removed = await database.transaction('read-write', (session) =>
    session.query('delete from unit_grant where unit = $1 and readable = $2 returning unit', [
      unit,
      readable,
    ]),
  );
  if (removed.length === 0) throw new AppError('NOT_FOUND', `grant of ${readable} to ${unit}`);
}

async function refuseUnknown(session: Session, unit: string): Promise<void> {
  const [row] = await session.query("select 1 from entity where coll = 'units' and id = $1", [unit]);
  if (row === undefined) throw new AppError('NOT_FOUND', `unit ${unit}`);
}
