import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '@shared/result/result';
import { makeFolder, writeFully } from '../vault/durable';

const pieceLength = 1024 * 1024;

export type Copied = { readonly size: number; readonly digest: string };

/**
 * Copies a file durably and gives its size and SHA-256; with `target` null it is only read. Folders are made. CANCELLED
 * when the signal says so; what is half written then is the caller's to remove.
 */
export async function copyFile(source: string, target: string | null, signal?: AbortSignal): Promise<Copied> {
  const from = await open(source, 'r');
  try {
    if (target === null) return await pump(from, null, signal);
    await makeFolder(path.dirname(target));
    const to = await open(target, 'w', 0o600);
    try {
      const copied = await pump(from, to, signal);
      await to.sync();
      return copied;
    } finally {
      await to.close();
    }
  } finally {
    await from.close();
  }
}

type Handle = Awaited<ReturnType<typeof open>>;

async function pump(from: Handle, to: Handle | null, signal: AbortSignal | undefined): Promise<Copied> {
  const hash = createHash('sha256');
  const piece = Buffer.alloc(pieceLength);
  let size = 0;
  for (;;) {
    if (signal?.aborted === true) throw new AppError('CANCELLED');
    const { bytesRead } = await from.read(piece, 0, piece.length, size);
    if (bytesRead === 0) return { size, digest: hash.digest('hex') };
    const bytes = piece.subarray(0, bytesRead);
    hash.update(bytes);
    if (to !== null) await writeFully(to, [bytes], size);
    size += bytesRead;
  }
}
