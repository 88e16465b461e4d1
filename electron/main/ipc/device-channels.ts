import type { DeviceStatus } from '@shared/ipc/contract';
import { AppError } from '@shared/result/result';
import { endpoints, pinsResponseSchema } from '@shared/sync/protocol';
import type { OfficeServices } from '../services/office-services';
import type { Handle } from './handle';

/** Who sits at this workstation, as far as the main process vouches for it. */
export type CurrentPerson = { id: string };

/** Channels about the workstation and the person at it. */
export function registerDeviceChannels(
  handle: Handle,
  services: OfficeServices,
  person: CurrentPerson,
): void {
  const { device, client, signIn, keystore, options } = services;

  const status = (): DeviceStatus => {
    const record = device.current();
    return {
      enrolment: record === null ? 'none' : record.revoked ? 'revoked' : 'enrolled',
      deviceId: record?.deviceId ?? '',
      deviceName: record?.name ?? '',
      serverId: record?.serverId ?? '',
      unit: record?.unit ?? '',
      unitName: record?.unitName ?? '',
      person: person.id,
      keyProtection: keystore.status().protection,
      suggestedCode: options.enrolCode ?? '',
      suggestedServer: options.serverUrl ?? '',
    };
  };

  handle('device:status', status);
  handle('device:enrol', async ({ server, code, name }) => {
    if (device.current() !== null) throw new AppError('FORBIDDEN', 'enrolled');
    await device.enrol(server, name, (publicKey) => client.enrol(server, { code, name, publicKey }));
    await refreshPins(services);
    return status();
  });
  handle('device:enrol-again', async ({ code }) => {
    await device.enrolAgain(({ server, name, deviceId }, publicKey) =>
      client.enrol(server, { code, name, publicKey, deviceId }),
    );
    return status();
  });
  handle('session:sign-in', async ({ person: who, pin }) => {
    if (who.unit !== device.current()?.unit || !who.active) throw new AppError('FORBIDDEN');
    if (!(await signIn.knows(who.id))) await refreshPins(services);
    await signIn.check(who.id, pin);
    await signIn.remember(who);
    if (person.id !== who.id) services.unlockedKeys.endAll();
    person.id = who.id;
    return {};
  });
  handle('session:sign-out', () => {
    person.id = '';
    services.unlockedKeys.endAll();
    return {};
  });
}

/** Fetches the verifiers of the unit's people, so that they can sign in when there is no network. */
export async function refreshPins({ client, signIn }: OfficeServices): Promise<void> {
  const { pins } = await client.get(endpoints.pins, pinsResponseSchema);
  await signIn.replacePins(pins);
}
