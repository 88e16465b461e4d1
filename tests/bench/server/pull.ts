import type { LoadedServer } from './loaded-server';

type Answer = {
  readonly epoch: string;
  readonly buckets: readonly { readonly bucket: string; readonly next: number; readonly more: boolean }[];
};

/**
 * Pulls a whole bucket page by page, as a new device does; gives documents and milliseconds from the first request to
 * the last answer. `encoding` is `gzip` or `identity`.
 */
export async function measureServerPull(
  { devices, unit }: LoadedServer,
  encoding: string,
  limit: number,
): Promise<{ readonly documents: number; readonly ms: number }> {
  const [device] = devices;
  if (device === undefined) throw new Error('a pull needs a device');
  const bucket = `unit:${unit}`;
  const started = performance.now();
  let cursor = 0;
  for (let more = true, epoch = ''; more; ) {
    const response = await device.raw('/v1/sync/pull', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'accept-encoding': encoding },
      body: JSON.stringify({ epoch, cursors: cursor === 0 ? {} : { [bucket]: cursor }, limit }),
    });
    if (!response.ok) throw new Error(`pull: ${response.status}`);
    const answer = (await response.json()) as Answer;
    const page = answer.buckets.find((one) => one.bucket === bucket);
    epoch = answer.epoch;
    cursor = page?.next ?? 0;
    more = page?.more ?? false;
  }
  return { documents: cursor, ms: performance.now() - started };
}
