import { AppError } from '@shared/result/result';
import { endpoints } from '@shared/sync/protocol';
import type { PartialContent, Vault } from '../vault/vault';
import { idleGuard, type TransferProgress, whileItMoves } from './moving';
import type { ServerClient } from './server-client';

export type DownloadParts = {
  readonly client: ServerClient;
  readonly vault: Pick<Vault, 'has' | 'partial'>;
};

/**
 * Downloads one file into the vault. It is there only when its SHA-256 is the one asked for: HASH_MISMATCH otherwise, and
 * nothing of it is kept. It goes on where it broke, also after a restart. Errors besides: SERVER_UNREACHABLE, DISK_FULL,
 * IO, CANCELLED, those of {@link ServerClient}.
 */
export async function downloadFile(
  { client, vault }: DownloadParts,
  sha256: string,
  onProgress: TransferProgress,
  stopped: AbortSignal,
): Promise<void> {
  if (await vault.has(sha256)) return;
  const content = await vault.partial(sha256);
  const moved = (total: number): void =>
    onProgress({ sha256, done: content.size(), total, direction: 'down' });
  try {
    await whileItMoves(() => fetchRest(client, content, { sha256, moved, stopped }), content.size, stopped);
  } catch (error) {
    // A disk without room needs what there is for people's work.
    const full = error instanceof AppError && error.code === 'DISK_FULL';
    await (full ? content.discard() : content.suspend());
    throw error;
  }
  await content.finish();
}

type Fetching = {
  readonly sha256: string;
  readonly moved: (total: number) => void;
  readonly stopped: AbortSignal;
};

async function fetchRest(client: ServerClient, content: PartialContent, fetching: Fetching): Promise<void> {
  const { sha256, moved, stopped } = fetching;
  const guard = idleGuard(stopped);
  try {
    const answer = await askFrom(client, sha256, content.size(), guard.signal);
    if (answer === null) return;
    const total = content.size() + lengthOf(answer, content.size());
    for await (const piece of piecesOf(answer)) {
      guard.moved();
      await content.write(piece);
      moved(total);
      if (stopped.aborted) throw new AppError('CANCELLED');
    }
    if (content.size() < total) throw new AppError('SERVER_UNREACHABLE', 'torn');
  } finally {
    guard.close();
  }
}

/** The bytes from a place on; null when there are none: then the whole is here, or was never right. */
async function askFrom(
  client: ServerClient,
  sha256: string,
  from: number,
  signal: AbortSignal,
): Promise<Response | null> {
  const headers = { range: `bytes=${from}-`, 'if-range': `"${sha256}"` };
  try {
    return await client.call(`${endpoints.files}/${sha256}`, {
      method: 'GET',
      headers: from === 0 ? {} : headers,
      signal,
    });
  } catch (error) {
    if (from > 0 && error instanceof AppError && error.detail === 'range') return null;
    throw error;
  }
}

/** How many bytes this answer brings; SERVER_REFUSED unless they begin where we are. */
function lengthOf({ status, headers }: Response, from: number): number {
  const length = Number(headers.get('content-length') ?? Number.NaN);
  if (Number.isNaN(length)) throw new AppError('SERVER_REFUSED', 'content-length');
  const begins = status === 206 && headers.get('content-range')?.startsWith(`bytes ${from}-`) === true;
  if (from > 0 && !begins) throw new AppError('SERVER_REFUSED', 'content-range');
  return length;
}

/** The line may break at any byte; what our own disk says is not among these errors. */
async function* piecesOf({ body }: Response): AsyncGenerator<Uint8Array> {
  const reader = body?.getReader();
  if (reader === undefined) return;
  try {
    for (;;) {
      const { done, value } = await reader.read().catch(() => {
        throw new AppError('SERVER_UNREACHABLE', 'torn');
      });
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}
