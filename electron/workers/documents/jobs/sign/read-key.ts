import { chainOf } from '../../../../signing/node-signer';
import { type KeyFacts, keyFacts } from './key-material';

/** Reads the certificate of a token and finds those above it among the others. Throws P12_DAMAGED. */
export async function readKey(found: {
  readonly certificate: Uint8Array;
  readonly others: readonly Uint8Array[];
}): Promise<KeyFacts> {
  return keyFacts(found.certificate, chainOf(found.certificate, found.others));
}
