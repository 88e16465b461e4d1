import {
  digestResponseSchema,
  endpoints,
  leaseResponseSchema,
  pullResponseSchema,
  pushResponseSchema,
  unitsSeenResponseSchema,
} from '@shared/sync/protocol';
import { listenToServer } from '../../network/server-events';
import type { OfficeServices } from '../services/office-services';
import { refreshUnitDevices } from './book-channels';
import { refreshPins } from './device-channels';
import { emitToAll, type Handle } from './handle';

/** PIN verifiers are fetched again at most this often. */
const pinsEveryMs = 10 * 60_000;

/** The page's calls to the server, and what the server tells the page. */
export function registerNetChannels(handle: Handle, services: OfficeServices): void {
  const { client, signIn, journal, log } = services;
  handle('net:push', async (request) => {
    // The server takes this device's word for who acted; so only work of people who proved who they are here may leave.
    await signIn.refuseStrangers(request.ops.map(({ actor }) => actor));
    const answer = await client.post(endpoints.push, request, pushResponseSchema);
    // Told by the rescue screen only; an answer that is here must not be lost for it.
    journal.noteSent(answer.lastN).catch((error: unknown) => log.failure('journal', error));
    return answer;
  });
  handle('net:pull', (request) => client.post(endpoints.pull, request, pullResponseSchema));
  handle('net:digest', (request) => client.post(endpoints.digest, request, digestResponseSchema));
  handle('net:units-seen', () => client.get(endpoints.unitsSeen, unitsSeenResponseSchema));
  handle('net:lease', (request) => client.post(endpoints.lease, request, leaseResponseSchema));
}

/** Follows the server's stream once the workstation is enrolled. */
export function followServer(services: OfficeServices): { stop(): void } {
  const { client, log, clock, device } = services;
  let pinsAt = 0;
  const keepPins = (): void => {
    if (clock() - pinsAt < pinsEveryMs) return;
    pinsAt = clock();
    refreshPins(services).catch((error: unknown) => log.failure('pins', error));
    refreshUnitDevices(services).catch((error: unknown) => log.failure('unit devices', error));
  };
  const enrolled = (): boolean => device.current() !== null;
  return listenToServer(
    client,
    {
      onPoke: (buckets) => emitToAll('net:poke', { buckets: [...buckets] }),
      onState: (online, reason) => {
        if (enrolled()) emitToAll('net:state', { online, reason });
        if (online) keepPins();
        else if (reason !== 'SERVER_UNREACHABLE' && enrolled()) log.warn('stream', { reason });
      },
    },
    Math.random,
  );
}
