import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '@shared/result/result';
import { derBlocks, type PemLabel } from '@shared/signing/index';
import type { Trust } from '../admin/check-signatures';

/** Reads the certificates and revocation lists (DER or PEM) of two folders; '' for none. INVALID_INPUT when one is not there. */
export async function readTrust(anchors: string, crls: string): Promise<Trust> {
  return { anchors: await readFolder(anchors, 'CERTIFICATE'), crls: await readFolder(crls, 'X509 CRL') };
}

async function readFolder(folder: string, label: PemLabel): Promise<readonly Uint8Array[]> {
  if (folder === '') return [];
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    throw new AppError('INVALID_INPUT', error instanceof Error ? error.message : folder);
  });
  const names = entries.filter((entry) => entry.isFile()).map(({ name }) => name);
  const files = await Promise.all(names.sort().map((name) => readFile(path.join(folder, name))));
  return files.flatMap((file) => derBlocks(new Uint8Array(file), label));
}
