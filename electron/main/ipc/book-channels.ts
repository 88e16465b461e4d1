import { AppError } from '@shared/result/result';
import { endpoints, leaseResponseSchema, unitDevicesResponseSchema } from '@shared/sync/protocol';
import type { OfficeServices } from '../services/office-services';
import type { Handle } from './handle';

/** Handovers of books, slips between machines, and the book of a lost machine. */
export function registerBookChannels(handle: Handle, services: OfficeServices): void {
  const { client, device, signIn, unitDevices } = services;
  handle('books:devices', async ({ fresh }) => {
    if (fresh) await refreshUnitDevices(services).catch(unlessUnreachable);
    const { devices } = await unitDevices.read();
    return { devices: devices.map(({ id, name, status }) => ({ id, name, status })) };
  });
  handle('books:clock', async () => ({ aheadMs: (await unitDevices.read()).clockAheadMs }));
  handle('books:sign', ({ text }) => ({ proof: device.sign(text) }));
  handle('books:signed', async ({ device: who, text, proof }) => ({
    genuine: await unitDevices.signed(who, text, proof),
  }));
  handle('books:break-glass', async ({ people, ...request }) => {
    const unit = device.current()?.unit;
    if (people.some(({ person }) => person.unit !== unit || !person.active)) throw new AppError('FORBIDDEN');
    await signIn.checkEach(people.map(({ person, pin }) => ({ person: person.id, pin })));
    const [first, second] = people;
    return client.post(
      endpoints.breakGlass,
      { ...request, people: [first.person.id, second.person.id] },
      leaseResponseSchema,
    );
  });
}

/** Fetches names and keys of the unit's machines, so that slips can be checked when there is no network. */
export async function refreshUnitDevices({ client, unitDevices, clock }: OfficeServices): Promise<void> {
  const { devices } = await client.get(endpoints.devices, unitDevicesResponseSchema);
  const { serverTime } = client;
  // The token was asked for at most its lifetime ago: what counts here are days.
  await unitDevices.replace({ devices, clockAheadMs: serverTime === null ? 0 : clock() - serverTime });
}

/** Without the server the machines are those that were known last. */
function unlessUnreachable(error: unknown): void {
  if (
    !(error instanceof AppError) ||
    !['SERVER_UNREACHABLE', 'NOT_ENROLLED', 'TIMEOUT', 'SERVER_BUSY'].includes(error.code)
  )
    throw error;
}
