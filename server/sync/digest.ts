import { hashOf } from '@shared/node/sha256';
import { AppError } from '@shared/result/result';
import type { DigestResponse } from '@shared/sync/protocol';
import { type Author, activeDevice } from './author';
import type { RowState, SyncDatabase } from './port';
import { actForReaders } from './readable';

/** Count and digest of the live rows of a bucket at its present head. FORBIDDEN for a bucket that is not readable. */
export function readDigest(database: SyncDatabase, reader: Author, bucket: string): Promise<DigestResponse> {
  return database.transaction('snapshot', async (tx) => {
    activeDevice(await tx.readDevice(reader.device), reader);
    const readable = await actForReaders(tx, reader.unit);
    if (!readable.includes(bucket)) throw new AppError('FORBIDDEN', 'bucket');
    const rows = await tx.liveRevisions(bucket);
    const head = (await tx.headsOf([bucket])).get(bucket) ?? 0;
    return { bucket, count: rows.length, digest: digestOf(rows), head };
  });
}

/** XOR of the first 8 bytes of SHA-256(`coll|id|rev`), 16 hexadecimal digits. */
export function digestOf(rows: readonly RowState[]): string {
  let sum = 0n;
  for (const { coll, id, rev } of rows) {
    sum ^= BigInt(`0x${hashOf(`${coll}|${id}|${rev}`).slice(0, 16)}`);
  }
  return sum.toString(16).padStart(16, '0');
}
