import path from 'node:path';
import { BrowserWindow, dialog } from 'electron';
import { secretFile } from '../../identity/secret-file';
import { type FolderWatch, watchFolder } from '../../intake/watch-folder';
import { toFileRef } from '../services/file-refs';
import type { OfficeServices } from '../services/office-services';
import { emitToAll, type Handle } from './handle';

type Choice = { readonly folder: string };

/**
 * The watched scan folder. A taken file is offered to the page until the page says that it is registered; the original
 * is moved only then, so a crash at any moment neither loses a scan nor takes it twice.
 */
export async function registerScanFolderChannels(
  handle: Handle,
  services: OfficeServices,
): Promise<() => Promise<void>> {
  const { intake, keystore, profile, log } = services;
  const remembered = secretFile<Choice>(path.join(profile, 'keys'), 'scan-folder', keystore);
  const waiting = new Map<string, { readonly offer: () => void; readonly confirmed: () => void }>();
  let folder = '';
  let problem = '';
  let watch: FolderWatch | null = null;

  const begin = async (chosen: string): Promise<void> => {
    await watch?.stop();
    folder = chosen;
    problem = '';
    watch = await watchFolder(chosen, {
      intake,
      journalPath: path.join(profile, 'scan-folder.jsonl'),
      onTaken: ({ claimId, file }) =>
        new Promise((resolve) => {
          const taken = { ticket: claimId, file: toFileRef(file), problem: file.problem ?? '' } as const;
          const offer = () => emitToAll('scan-folder:taken', taken);
          waiting.set(claimId, { offer, confirmed: resolve });
          offer();
        }),
      onProblem: (found) => {
        log.warn('scan folder', { scope: found.scope, code: found.code });
        if (found.scope === 'folder') problem = found.code;
        emitToAll('scan-folder:problem', { problem: found.code });
      },
    });
  };

  // A page that has just been loaded asks for the state: it has not heard the offers made before.
  handle('scan-folder:status', () => {
    for (const { offer } of waiting.values()) offer();
    return { folder, problem };
  });
  handle('scan-folder:choose', async () => {
    const parent = BrowserWindow.getFocusedWindow();
    const options = { properties: ['openDirectory' as const] };
    const { canceled, filePaths } =
      parent === null ? await dialog.showOpenDialog(options) : await dialog.showOpenDialog(parent, options);
    const chosen = filePaths[0];
    if (!canceled && chosen !== undefined) {
      await remembered.write({ folder: chosen });
      await begin(chosen);
    }
    return { folder, problem };
  });
  handle('scan-folder:confirm', ({ ticket }) => {
    waiting.get(ticket)?.confirmed();
    waiting.delete(ticket);
    return {};
  });

  const choice = services.options.scanFolder ?? (await remembered.read())?.folder;
  if (choice !== undefined) await begin(choice);
  return async () => {
    await watch?.stop();
  };
}
