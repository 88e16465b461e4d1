import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { nodeCrypto } from '@shared/node/crypto-port';
import { DerError, derBlocks, type PemLabel, readCertificate } from '@shared/signing/index';
import { pathFromCaller } from './caller-path';

/** The certificates of a folder (PEM or DER); what is none is left out, since such folders hold other files as well. */
export async function readCertificates(folder: string): Promise<readonly Uint8Array[]> {
  return (await readBlocks(folder, 'CERTIFICATE')).filter(isCertificate);
}

/** Everything in a folder that may be a revocation list or an OCSP response (PEM or DER). */
export function readRevocationData(folder: string): Promise<readonly Uint8Array[]> {
  return readBlocks(folder, 'X509 CRL');
}

async function readBlocks(folder: string, label: PemLabel): Promise<readonly Uint8Array[]> {
  const place = pathFromCaller(folder);
  const entries = await readdir(place, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isFile()).map(({ name }) => name);
  const files = await Promise.all(names.sort().map((name) => readFile(path.join(place, name))));
  return files.flatMap((file) => derBlocks(new Uint8Array(file), label));
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
