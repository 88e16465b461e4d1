import { AppError } from '@shared/result/result';
import { makeIntoVault } from '../services/make-into-vault';
import type { OfficeServices } from '../services/office-services';
import { raiseFile } from '../services/raise-file';
import type { CurrentPerson } from './device-channels';
import type { Handle } from './handle';

/** Steps of signing that need no key: the look before, the number in its place, and making signatures last. */
export function registerSigningFileChannels(
  handle: Handle,
  services: OfficeServices,
  person: CurrentPerson,
): void {
  const { documents, vault, signingSettings } = services;

  handle('signing:preview', async ({ sha256, ...sought }) => {
    const file = await vault.openFileKey(sha256);
    const { personSignature, warnings } = await documents.run('previewSigning', { file, ...sought });
    return { personSignature, warnings: [...warnings] };
  });
  handle('signing:fill-number', async ({ sha256, name, number, date }) => {
    const file = await vault.openFileKey(sha256);
    const made = await makeIntoVault(services, name, (target) =>
      documents.run('fillNumber', { file, target, number, date }),
    );
    return { file: made.file };
  });

  handle('signing:raise', async (input) => {
    const { missing, ...raised } = await raiseFile(services, input);
    return { ...raised, missing: [...missing] };
  });
  handle('signing:settings', () => signingSettings.read());
  handle('signing:save-settings', async (settings) => {
    if (person.id === '') throw new AppError('NOT_SIGNED_IN');
    await signingSettings.write(settings);
    return {};
  });
}
