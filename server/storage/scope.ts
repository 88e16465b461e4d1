import { provinceBucket, unitBucket } from '@shared/domain/exchange';
import type { Session } from './port';

/** The buckets a device of a unit may read: what belongs to or was sent to its unit, and the directory of units. */
export function readableBuckets(unit: string): readonly string[] {
  return [provinceBucket, unitBucket(unit)];
}

/** From here to the end of the transaction the row policies admit only what this unit may see and write. */
export async function actForUnit(session: Session, unit: string): Promise<void> {
  await setScope(session, unit, readableBuckets(unit).join(','));
}

/** From here to the end of the transaction the server acts for itself: exchange, feed, administration. */
export async function actForServer(session: Session): Promise<void> {
  await setScope(session, '*', '');
}

async function setScope(session: Session, unit: string, buckets: string): Promise<void> {
  await session.query("select set_config('app.unit', $1, true), set_config('app.buckets', $2, true)", [
    unit,
    buckets,
  ]);
}
