import { app } from 'electron';
import { makeAskSecret } from '../secret/ask-secret';
import type { OfficeServices } from '../services/office-services';
import { registerCheckChannels } from './check-channels';
import { type CurrentPerson, registerDeviceChannels } from './device-channels';
import { registerFileChannels } from './file-channels';
import type { Handle } from './handle';
import { registerNetChannels } from './net-channels';
import { registerPrintChannels } from './print-channels';
import { registerScanFolderChannels } from './scan-folder-channels';
import { registerSigningChannels } from './signing-channels';

/** Opens every door of the contract; gives what closes those that hold something open. */
export async function registerChannels(
  handle: Handle,
  services: OfficeServices,
): Promise<() => Promise<void>> {
  const person: CurrentPerson = { id: '' };
  handle('app:info', () => ({
    version: app.getVersion(),
    electron: process.versions.electron ?? '',
    chrome: process.versions.chrome ?? '',
    node: process.versions.node,
  }));
  registerDeviceChannels(handle, services, person);
  registerNetChannels(handle, services);
  registerFileChannels(handle, services);
  registerPrintChannels(handle, services);
  registerCheckChannels(handle, services);
  registerSigningChannels(handle, services, person, makeAskSecret(handle));
  return registerScanFolderChannels(handle, services);
}
