import { AppError } from '@shared/result/result';
import { protocolHeaders } from '@shared/sync/protocol';

/** The oldest versions whose clients this server still understands; it speaks no newer ones than its own. */
const least: Readonly<Record<keyof typeof protocolHeaders, number>> = { 'x-protocol': 1, 'x-schema': 1 };

/**
 * UPDATE_REQUIRED for a client that this server does not understand: `least x-schema 2` means that the client must be
 * brought at least there, `newest x-schema 2` that the server is the older one.
 */
export function checkVersions(headers: Readonly<Record<string, string | string[] | undefined>>): void {
  for (const [name, own] of Object.entries(protocolHeaders)) {
    const lowest = least[name as keyof typeof protocolHeaders];
    const claimed = Number(headers[name]);
    if (!Number.isInteger(claimed) || claimed < lowest)
      throw new AppError('UPDATE_REQUIRED', `least ${name} ${lowest}`);
    if (claimed > Number(own)) throw new AppError('UPDATE_REQUIRED', `newest ${name} ${own}`);
  }
}
