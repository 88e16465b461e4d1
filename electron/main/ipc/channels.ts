import { app } from 'electron';
import { makeAskSecret } from '../secret/ask-secret';
import type { OfficeServices } from '../services/office-services';
import { registerBackupChannels } from './backup-channels';
import { registerBookChannels } from './book-channels';
import { registerCheckChannels } from './check-channels';
import { type CurrentPerson, registerDeviceChannels } from './device-channels';
import { registerFileChannels } from './file-channels';
import type { Handle } from './handle';
import { registerJournalChannels } from './journal-channels';
import { registerKeyChannels } from './key-channels';
import { registerLanChannels } from './lan-channels';
import { registerNetChannels } from './net-channels';
import { registerNoteChannels } from './note-channels';
import { registerPrintChannels } from './print-channels';
import { registerRescueChannels } from './rescue-channels';
import { registerRestoreChannels } from './restore-channels';
import { registerScanFolderChannels } from './scan-folder-channels';
import { registerSigningActChannels } from './signing-act-channels';
import { registerSigningFileChannels } from './signing-file-channels';
import { registerTokenChannels } from './token-channels';
import { registerTrustChannels } from './trust-channels';

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
  registerBookChannels(handle, services);
  registerFileChannels(handle, services);
  registerJournalChannels(handle, services);
  registerNoteChannels(handle, services);
  registerRescueChannels(handle, services);
  registerBackupChannels(handle, services, person);
  registerRestoreChannels(handle, services);
  registerPrintChannels(handle, services);
  registerCheckChannels(handle, services);
  registerTrustChannels(handle, services, person);
  const askSecret = makeAskSecret(handle);
  registerKeyChannels(handle, services, person, askSecret);
  registerSigningActChannels(handle, services, person, askSecret);
  registerSigningFileChannels(handle, services, person);
  registerTokenChannels(handle, services, person);
  const ends = [
    await registerLanChannels(handle, services),
    await registerScanFolderChannels(handle, services),
  ];
  return async () => {
    for (const end of ends) await end();
  };
}
