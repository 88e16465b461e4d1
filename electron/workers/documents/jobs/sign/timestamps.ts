import { nodeCrypto } from '@shared/node/crypto-port';
import { httpTimestampClient, type TimestampClient } from '@shared/signing';
import { createHttpPort } from '../../../../network/http-port';

/** A person waits while she signs: after so long the signature goes without a timestamp. */
const signingTimeLimit = 5_000;

/** The timestamp authority at this address, for a signature that a person waits for. Errors: TSA_*. */
export function timestampsFrom(url: string): TimestampClient {
  const http = createHttpPort(signingTimeLimit);
  return httpTimestampClient({ crypto: nodeCrypto, http, url, now: () => Date.now() });
}
