import { provinceBucket, unitBucket } from '@shared/domain/exchange';
import type { Workplace } from '../../../data';
import { invoke } from '../../../platform/desktop';

export type Side = { readonly count: number; readonly digest: string };
export type Comparison = {
  readonly bucket: string;
  readonly here: Side;
  readonly there: Side;
  readonly equal: boolean;
};

/**
 * Compares the rows of this device with those of the server, part by part, by count and running digest. Errors:
 * OFFLINE, SERVER_UNREACHABLE.
 */
export async function compareWithServer(
  { store }: Pick<Workplace, 'store'>,
  unit: string,
): Promise<readonly Comparison[]> {
  const read = Object.keys(await store.replica.cursors());
  const found: Comparison[] = [];
  for (const bucket of new Set([provinceBucket, unitBucket(unit), ...read])) {
    const there = await invoke('net:digest', { bucket });
    const here = await store.digest(bucket);
    found.push({
      bucket,
      here,
      there: { count: there.count, digest: there.digest },
      equal: here.count === there.count && here.digest === there.digest,
    });
  }
  return found;
}
