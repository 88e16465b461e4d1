import { provinceBucket, unitBucket } from '@shared/domain/exchange';
import type { SyncTransaction } from './port';

/**
 * The buckets that the devices of a unit may read: the directory of units, what belongs to or was sent to their unit,
 * and the same of units that were granted to it.
 */
export function bucketsFor(unit: string, grants: readonly string[]): readonly string[] {
  return [provinceBucket, unitBucket(unit), ...grants.map(unitBucket)];
}

/** {@link bucketsFor} by the grants as this transaction sees them. */
export async function readableBuckets(tx: SyncTransaction, unit: string): Promise<readonly string[]> {
  return bucketsFor(unit, await tx.grantsOf(unit));
}

/** Makes the transaction act for the devices of a unit; gives the buckets they may read. */
export async function actForReaders(tx: SyncTransaction, unit: string): Promise<readonly string[]> {
  const readable = await readableBuckets(tx, unit);
  await tx.actForUnit(unit, readable);
  return readable;
}
