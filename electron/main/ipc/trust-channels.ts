import { AppError } from '@shared/result/result';
import { isoInHanoi } from '@shared/text/time';
import type { OfficeServices } from '../services/office-services';
import { Tickets } from '../services/tickets';
import { readAtMost } from './check-channels';
import type { CurrentPerson } from './device-channels';
import { emitToAll, type Handle } from './handle';

/** A larger file is no certificate. */
const largestCertificate = 1024 * 1024;
const largestRevocationList = 32 * 1024 * 1024;

/** Which authorities this machine trusts, and the revocation lists it knows. Changed only by somebody who is signed in. */
export function registerTrustChannels(handle: Handle, services: OfficeServices, person: CurrentPerson): void {
  const { trustAnchors, revocationData, signatureChecks, clock } = services;
  const previewed = new Tickets<Uint8Array>();
  const now = (): string => isoInHanoi(clock());
  const mustBeSignedIn = (): void => {
    if (person.id === '') throw new AppError('NOT_SIGNED_IN');
  };
  const changed = (): void => {
    signatureChecks.forget();
    emitToAll('trust:changed', {});
  };

  handle('trust:anchors', async () => ({ anchors: [...(await trustAnchors.list())] }));
  handle('trust:preview-anchor', async ({ path }) => {
    const file = await readAtMost(path, largestCertificate);
    const { anchor, known } = await trustAnchors.preview(file);
    return { ticket: previewed.give(file), anchor, known };
  });
  handle('trust:confirm-anchor', async ({ ticket }) => {
    mustBeSignedIn();
    const anchor = await trustAnchors.add(previewed.find(ticket), person.id, now());
    changed();
    return { anchor };
  });
  handle('trust:remove-anchor', async ({ fingerprint }) => {
    mustBeSignedIn();
    await trustAnchors.remove(fingerprint);
    changed();
    return {};
  });

  handle('trust:revocation-lists', async () => ({ lists: [...(await revocationData.list())] }));
  handle('trust:import-revocation-lists', async ({ path }) => {
    mustBeSignedIn();
    const lists = await signatureChecks.readListFile(await readAtMost(path, largestRevocationList));
    const { added, older } = await revocationData.addLists(lists, 'file', now());
    if (added.length > 0) changed();
    return { added: [...added], older };
  });
  handle('trust:remove-revocation-list', async ({ id }) => {
    mustBeSignedIn();
    await revocationData.removeList(id);
    changed();
    return {};
  });
}
