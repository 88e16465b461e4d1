import { endpoints, filesHaveResponseSchema } from '@shared/sync/protocol';
import type { ServerClient } from './server-client';

/** Which of these the server does not have yet, or has of another unit only. */
export async function missingOnServer(
  client: ServerClient,
  sha256: readonly string[],
): Promise<ReadonlySet<string>> {
  const answer = await client.post(endpoints.filesHave, { sha256 }, filesHaveResponseSchema);
  return new Set(answer.missing);
}
