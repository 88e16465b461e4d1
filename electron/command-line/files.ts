import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '@shared/result/result';
import { derBlocks } from '@shared/signing';

/** A whole small file. Throws FILE_NOT_FOUND, IO. */
export async function readNamedFile(file: string): Promise<Uint8Array> {
  try {
    return new Uint8Array(await readFile(file));
  } catch (error) {
    throw fileError(error);
  }
}

/** The certificates (PEM or DER) in the files of a folder. Throws FILE_NOT_FOUND, IO. */
export async function readCertificates(folder: string): Promise<readonly Uint8Array[]> {
  const names = await readdir(folder).catch((error: unknown) => {
    throw fileError(error);
  });
  const wanted = names.filter((name) => /\.(pem|crt|cer|der)$/i.test(name)).sort();
  const files = await Promise.all(wanted.map((name) => readNamedFile(path.join(folder, name))));
  return files.flatMap((file) => derBlocks(file, 'CERTIFICATE'));
}

function fileError(error: unknown): AppError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
  return new AppError(code === 'ENOENT' || code === 'ENOTDIR' ? 'FILE_NOT_FOUND' : 'IO', code);
}
