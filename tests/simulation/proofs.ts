import { sha256 } from '@shared/node/sha256';

/** Stands for a signature of a device or of the server: nobody in the simulation writes one for somebody else. */
export function proofOf(signer: string, text: string): Promise<string> {
  return sha256(`${signer}|${text}`);
}
