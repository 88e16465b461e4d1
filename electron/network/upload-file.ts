import { AppError } from '@shared/result/result';
import { endpoints } from '@shared/sync/protocol';
import { toFileError } from '../vault/file-errors';
import type { Vault } from '../vault/vault';
import { missingOnServer } from './files-have';
import { idleGuard, type TransferProgress, whileItMoves } from './moving';
import type { ServerClient } from './server-client';
import type { UploadPlaces } from './upload-places';

/** Bytes of one request: what a break costs is less than this, and the rest of the pieces is never sent twice. */
const pieceSize = 2 * 1024 * 1024;
const tus = { 'tus-resumable': '1.0.0' };

export type UploadParts = {
  readonly client: ServerClient;
  readonly vault: Pick<Vault, 'size' | 'read'>;
  readonly places: UploadPlaces;
};

/**
 * Uploads one file by tus 1.0; resolves when the server has verified its SHA-256. It goes on where it broke, also after
 * a restart of the program or of the server. Errors: HASH_MISMATCH (the server threw the bytes away: the next upload
 * begins anew), SERVER_UNREACHABLE, SERVER_DISK_FULL, CANCELLED, those of the vault and of {@link ServerClient}.
 */
export async function uploadFile(
  parts: UploadParts,
  sha256: string,
  onProgress: TransferProgress,
  stopped: AbortSignal,
): Promise<void> {
  const total = await parts.vault.size(sha256);
  let done = 0;
  const moved = (offset: number): void => {
    done = Math.max(done, offset);
    onProgress({ sha256, done: offset, total, direction: 'up' });
  };
  try {
    await whileItMoves(
      () => sendRest(parts, { sha256, total, moved, stopped }),
      () => done,
      stopped,
    );
  } catch (error) {
    if (error instanceof AppError && error.code === 'HASH_MISMATCH') await parts.places.forget(sha256);
    throw error;
  }
  await parts.places.forget(sha256);
}

type Sending = {
  readonly sha256: string;
  readonly total: number;
  readonly moved: (offset: number) => void;
  readonly stopped: AbortSignal;
};

async function sendRest(parts: UploadParts, sending: Sending): Promise<void> {
  const { sha256, total } = sending;
  const known = await parts.places.find(sha256, parts.client.address('/'));
  let offset = known === null ? null : await offsetOf(parts.client, known);
  // The answer to the last piece may have been lost: an upload that is through is gone, or complete and being read.
  if (known !== null && (offset === null || offset === total) && (await isThere(parts.client, sha256)))
    return;
  const address = known !== null && offset !== null ? known : await begin(parts, sha256, total);
  // Of an empty file everything has come with its announcement.
  if (offset === null && total === 0) return;
  offset ??= 0;
  sending.moved(offset);
  // The request that brings the last byte answers after the verification; one without bytes asks for it again.
  do {
    const next = await sendPiece(parts, address, offset, sending);
    if (next <= offset && offset < total) throw new AppError('SERVER_REFUSED', 'no progress');
    offset = next;
    sending.moved(offset);
    if (sending.stopped.aborted && offset < total) throw new AppError('CANCELLED');
  } while (offset < total);
}

const isThere = async (client: ServerClient, sha256: string): Promise<boolean> =>
  !(await missingOnServer(client, [sha256])).has(sha256);

/** How many bytes the server has, or null when it has dropped the upload. */
async function offsetOf(client: ServerClient, address: string): Promise<number | null> {
  try {
    return offsetIn(await client.call(address, { method: 'HEAD', headers: tus }));
  } catch (error) {
    // An answer to HEAD has no body: the status is all there is.
    const gone = error instanceof AppError && (error.detail === '404' || error.detail === '410');
    if (gone) return null;
    throw error;
  }
}

async function begin({ client, places }: UploadParts, sha256: string, size: number): Promise<string> {
  const base64 = (text: string): string => Buffer.from(text, 'utf8').toString('base64');
  const answer = await client.call(endpoints.filesUpload, {
    method: 'POST',
    headers: {
      ...tus,
      'upload-length': String(size),
      'upload-metadata': `sha256 ${base64(sha256)},name ${base64(sha256)}`,
    },
  });
  const place = answer.headers.get('location');
  if (place === null) throw new AppError('SERVER_REFUSED', 'location');
  const address = new URL(place, client.address(endpoints.filesUpload)).toString();
  await places.keep(sha256, address).catch((error: unknown) => {
    throw toFileError(error);
  });
  return address;
}

async function sendPiece(
  { client, vault }: UploadParts,
  address: string,
  offset: number,
  { sha256, total, stopped }: Sending,
): Promise<number> {
  const bytes = await readPiece(vault, sha256, offset, Math.min(offset + pieceSize, total));
  const guard = idleGuard(stopped);
  try {
    const answer = await client.call(address, {
      method: 'PATCH',
      bytes,
      headers: {
        ...tus,
        'upload-offset': String(offset),
        'content-type': 'application/offset+octet-stream',
      },
      signal: guard.signal,
    });
    return offsetIn(answer);
  } finally {
    guard.close();
  }
}

async function readPiece(
  vault: Pick<Vault, 'read'>,
  sha256: string,
  start: number,
  end: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(end - start);
  let at = 0;
  for await (const piece of vault.read(sha256, { start, end })) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}

function offsetIn({ headers }: Response): number {
  const offset = Number(headers.get('upload-offset') ?? Number.NaN);
  if (!Number.isSafeInteger(offset)) throw new AppError('SERVER_REFUSED', 'upload-offset');
  return offset;
}
