import { nodeCrypto } from '@shared/node/crypto-port';
import { AppError } from '@shared/result/result';
import { type CrlDescription, DerError, derBlocks, describeCrl } from '@shared/signing';

/** More lists than this in one file are no list of one office. */
const mostLists = 200;

/** Reads the revocation lists of a file, DER or PEM. FILE_BROKEN when there is none, or one that cannot be read. */
export async function readRevocationLists({
  file,
}: {
  readonly file: Uint8Array;
}): Promise<readonly CrlDescription[]> {
  const blocks = derBlocks(file, 'X509 CRL');
  if (blocks.length === 0 || blocks.length > mostLists) throw new AppError('FILE_BROKEN', 'revocation list');
  try {
    return blocks.map((der) => describeCrl(der, nodeCrypto));
  } catch (error) {
    if (error instanceof DerError) throw new AppError('FILE_BROKEN', 'revocation list');
    throw error;
  }
}
