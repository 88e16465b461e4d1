import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { nodeCrypto } from '@shared/node/crypto-port';
import { AppError } from '@shared/result/result';
import { DerError, derBlocks, type PemLabel, readCertificate } from '@shared/signing';

/** A whole small file. Throws FILE_NOT_FOUND, IO. */
export async function readNamedFile(file: string): Promise<Uint8Array> {
  try {
    return new Uint8Array(await readFile(file));
  } catch (error) {
    throw fileError(error);
  }
}

/**
 * The certificates (PEM or DER) in the files of a folder; what is none is left out, since such folders hold other files as
 * well. Throws FILE_NOT_FOUND, IO.
 */
export async function readCertificates(folder: string): Promise<readonly Uint8Array[]> {
  return (await readBlocks(folder, 'CERTIFICATE')).filter(isCertificate);
}

/** Everything in a folder that may be a revocation list (PEM or DER) or an OCSP response (DER). Throws FILE_NOT_FOUND, IO. */
export function readRevocationData(folder: string): Promise<readonly Uint8Array[]> {
  return readBlocks(folder, 'X509 CRL');
}

async function readBlocks(folder: string, label: PemLabel): Promise<readonly Uint8Array[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    throw fileError(error);
  });
  const names = entries.filter((entry) => entry.isFile()).map(({ name }) => name);
  const files = await Promise.all(names.sort().map((name) => readNamedFile(path.join(folder, name))));
  return files.flatMap((file) => derBlocks(file, label));
}

function isCertificate(der: Uint8Array): boolean {
  try {
    readCertificate(der, nodeCrypto);
    return true;
  } catch (error) {
    if (error instanceof DerError) return false;
    throw error;
  }
}

function fileError(error: unknown): AppError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
  return new AppError(code === 'ENOENT' || code === 'ENOTDIR' ? 'FILE_NOT_FOUND' : 'IO', code);
}
