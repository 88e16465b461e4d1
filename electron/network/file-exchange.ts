import { AppError } from '@shared/result/result';
import { endpoints, filesHaveResponseSchema, protocolHeaders } from '@shared/sync/protocol';
import { DetailedError, Upload } from 'tus-js-client';
import type { Vault } from '../vault/vault';
import type { ServerClient } from './server-client';

const chunkSize = 4 * 1024 * 1024;
const retryDelays = [500, 1_000, 3_000, 10_000];
/** How often a torn download is taken up again at the byte where it broke, without any progress in between. */
const downloadTries = 6;

export type TransferProgress = (progress: {
  readonly sha256: string;
  readonly done: number;
  readonly total: number;
  readonly direction: 'up' | 'down';
}) => void;

/** Which of these the server does not have yet. */
export async function missingOnServer(
  client: ServerClient,
  sha256: readonly string[],
): Promise<ReadonlySet<string>> {
  const answer = await client.post(endpoints.filesHave, { sha256 }, filesHaveResponseSchema);
  return new Set(answer.missing);
}

/** Uploads one file by tus; resolves when the server has verified its SHA-256. Torn connections are resumed. */
export async function uploadFile(
  client: ServerClient,
  vault: Vault,
  sha256: string,
  onProgress: TransferProgress,
): Promise<void> {
  const size = await vault.size(sha256);
  // One byte-exact reader for tus-js-client: pieces come straight from the encrypted store.
  const source = {
    size,
    slice: async (start: number, end: number) => ({
      value: await readAll(vault, sha256, start, Math.min(end, size)),
      done: end >= size,
    }),
    close: () => undefined,
  };
  await new Promise<void>((resolve, reject) => {
    const upload = new Upload(source as never, {
      endpoint: client.address(endpoints.filesUpload),
      uploadSize: size,
      chunkSize,
      retryDelays,
      metadata: { sha256, name: sha256 },
      headers: { ...protocolHeaders },
      fileReader: { openFile: async () => source as never },
      onBeforeRequest: async (request) => {
        const headers = await client.authorization();
        for (const [name, value] of Object.entries(headers)) request.setHeader(name, value);
      },
      onProgress: (done, total) => onProgress({ sha256, done, total: total ?? size, direction: 'up' }),
      onSuccess: () => resolve(),
      onError: (error) => reject(uploadFailure(error)),
    });
    upload.start();
  });
}

function uploadFailure(error: Error): AppError {
  const status = error instanceof DetailedError ? error.originalResponse?.getStatus() : undefined;
  if (status === undefined) return new AppError('SERVER_UNREACHABLE', 'upload');
  if (status === 460 || status === 422) return new AppError('HASH_MISMATCH', 'upload');
  return status === 429 || status === 503
    ? new AppError('SERVER_BUSY')
    : new AppError('SERVER_REFUSED', String(status));
}

async function readAll(vault: Vault, sha256: string, start: number, end: number): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for await (const piece of vault.read(sha256, { start, end })) pieces.push(piece);
  const bytes = Buffer.concat(pieces);
  // tus-js-client takes the length of a piece from `size`, as its own readers set it.
  return Object.assign(bytes, { size: bytes.length });
}

/**
 * Downloads one file into the vault. It is there only when its SHA-256 is the one asked for: HASH_MISMATCH otherwise,
 * and nothing is kept under that name.
 */
export async function downloadFile(
  client: ServerClient,
  vault: Vault,
  sha256: string,
  onProgress: TransferProgress,
): Promise<void> {
  if (await vault.has(sha256)) return;
  const stored = await vault.put(bytesFromServer(client, sha256, onProgress));
  if (stored.sha256 === sha256) return;
  if (!stored.existed) await vault.remove(stored.sha256);
  throw new AppError('HASH_MISMATCH', 'download');
}

async function* bytesFromServer(
  client: ServerClient,
  sha256: string,
  onProgress: TransferProgress,
): AsyncGenerator<Uint8Array> {
  let done = 0;
  let total = Number.POSITIVE_INFINITY;
  let failures = 0;
  while (done < total) {
    try {
      const response = await client.call(`${endpoints.files}/${sha256}`, {
        method: 'GET',
        headers: done === 0 ? {} : { range: `bytes=${done}-` },
      });
      if (done > 0 && response.status !== 206) throw new AppError('SERVER_REFUSED', 'range');
      total = done + Number(response.headers.get('content-length') ?? Number.NaN);
      if (Number.isNaN(total)) throw new AppError('SERVER_REFUSED', 'content-length');
      for await (const piece of response.body ?? []) {
        done += piece.length;
        failures = 0;
        onProgress({ sha256, done, total, direction: 'down' });
        yield piece;
      }
      if (total === 0) return;
    } catch (error) {
      if (error instanceof AppError && error.code !== 'SERVER_UNREACHABLE') throw error;
      failures += 1;
      if (failures >= downloadTries) throw new AppError('SERVER_UNREACHABLE', 'download');
    }
  }
}
