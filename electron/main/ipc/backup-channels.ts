import { writeFile } from 'node:fs/promises';
import { AppError } from '@shared/result/result';
import { dayInHanoi, isoInHanoi } from '@shared/text/time';
import { BrowserWindow, dialog, type IpcMainInvokeEvent, powerMonitor } from 'electron';
import { type Half, readHalf, writeHalf } from '../../backup/recovery-halves';
import type { DeviceRecord } from '../../identity/device';
import { openEncryptedFile } from '../../vault/encrypted-file';
import { toSaveError } from '../../vault/file-errors';
import type { OfficeServices } from '../services/office-services';
import type { CurrentPerson } from './device-channels';
import { emitToAll, type Handle } from './handle';

const lookEveryMs = 5 * 60_000;

/** Backups and the recovery kit; only for somebody who has signed in. Also keeps the clock of nightly backups. */
export function registerBackupChannels(
  handle: Handle,
  services: OfficeServices,
  person: CurrentPerson,
): void {
  const { backup, recoveryKit, log } = services;
  const onlyInside = (): void => {
    if (person.id === '') throw new AppError('NOT_SIGNED_IN');
  };
  backup.onProgress((what, done, total) => emitToAll('backup:progress', { what, done, total }));
  handle('backup:status', () => backup.status());
  handle('backup:choose-folder', async (_input, event) => {
    onlyInside();
    const folder = await askFolder(event);
    if (folder !== null) await backup.chooseFolder(folder);
    return backup.status();
  });
  handle('backup:turn-off', async () => {
    onlyInside();
    await backup.turnOff();
    return backup.status();
  });
  handle('backup:run', async () => {
    onlyInside();
    await backup.run();
    return backup.status();
  });
  handle('backup:test', async () => {
    onlyInside();
    await backup.test();
    return backup.status();
  });
  handle('backup:cancel', () => {
    backup.cancel();
    return {};
  });
  handle('kit:print', async (_input, event) => {
    onlyInside();
    return { saved: await printKit(services, event) };
  });
  handle('kit:read-half', ({ half }) => {
    const { holder, kit } = readHalf(half);
    return { holder, kit };
  });
  handle('kit:prove', async ({ clerk, leader }) => {
    onlyInside();
    await recoveryKit.prove(readHalf(clerk), readHalf(leader));
    return backup.status();
  });

  const look = (): void => {
    backup.tick(powerMonitor.getSystemIdleTime()).catch((error: unknown) => log.failure('backup', error));
  };
  setInterval(look, lookEveryMs).unref();
}

/** The system's own dialog: the page never names a folder. */
export async function askFolder(event: IpcMainInvokeEvent): Promise<string | null> {
  const window = BrowserWindow.fromWebContents(event.sender);
  const options = { properties: ['openDirectory' as const, 'createDirectory' as const] };
  const { canceled, filePaths } =
    window === null ? await dialog.showOpenDialog(options) : await dialog.showOpenDialog(window, options);
  return canceled ? null : (filePaths[0] ?? null);
}

/** The kit is made when there is a place for its sheets; they pass through the document worker and no page. */
async function printKit(services: OfficeServices, event: IpcMainInvokeEvent): Promise<boolean> {
  const { recoveryKit, device, clock } = services;
  const record = device.current();
  if (record === null) throw new AppError('NOT_ENROLLED');
  const window = BrowserWindow.fromWebContents(event.sender);
  const options = { defaultPath: 'bo-khoa-khoi-phuc.pdf' };
  const { canceled, filePath } =
    window === null ? await dialog.showSaveDialog(options) : await dialog.showSaveDialog(window, options);
  if (canceled || filePath === '') return false;
  await recoveryKit.make(isoInHanoi(clock()), (halves) => saveSheets(services, record, halves, filePath));
  return true;
}

async function saveSheets(
  { documents, vault, clock }: OfficeServices,
  { unitName, name }: DeviceRecord,
  halves: readonly [Half, Half],
  filePath: string,
): Promise<void> {
  const data = {
    unitName,
    deviceName: name,
    kit: halves[0].kit,
    madeOn: dayInHanoi(clock()),
    halves: halves.map((half) => ({ holder: half.holder, rows: [...writeHalf(half)] })),
  };
  const target = vault.newFile();
  try {
    await documents.run('typeset', { job: { kind: 'recovery-kit', data }, files: [], target });
    const file = await openEncryptedFile(target);
    try {
      await writeFile(filePath, await file.read(0, file.size), { mode: 0o600 });
    } finally {
      await file.close();
    }
  } catch (error) {
    throw toSaveError(error);
  } finally {
    await vault.discard(target);
  }
}
