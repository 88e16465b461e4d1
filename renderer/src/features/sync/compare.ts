import { provinceBucket, unitBucket } from '@shared/domain/exchange';
import type { Workplace } from '../../data';
import { invoke } from '../../platform/desktop';

export type Side = { readonly count: number; readonly digest: string };
export type Comparison = {
  readonly part: 'province' | 'unit';
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
  const parts = [
    { part: 'province', bucket: provinceBucket },
    { part: 'unit', bucket: unitBucket(unit) },
  ] as const;
  const found: Comparison[] = [];
  for (const { part, bucket } of parts) {
    const there = await invoke('net:digest', { bucket });
    const here = await store.digest(bucket);
    found.push({
      part,
      here,
      there: { count: there.count, digest: there.digest },
      equal: here.count === there.count && here.digest === there.digest,
    });
  }
  return found;
}
