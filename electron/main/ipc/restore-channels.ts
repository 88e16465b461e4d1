import { AppError } from '@shared/result/result';
import { app } from 'electron';
import { readHalf } from '../../backup/recovery-halves';
import { type FoundBackup, findBackup, stageRestore } from '../../backup/restore-machine';
import { toFileError } from '../../vault/file-errors';
import { writeRestoredKey } from '../services/keystore';
import type { OfficeServices } from '../services/office-services';
import { askFolder } from './backup-channels';
import { emitToAll, type Handle } from './handle';

/** A new machine of a backup: only where nobody has worked yet, so that nothing can be overwritten. */
export function registerRestoreChannels(handle: Handle, services: OfficeServices): void {
  const { device, journal, profile, log } = services;
  let found: FoundBackup | null = null;
  let stop = new AbortController();
  const onlyFresh = async (): Promise<void> => {
    const { operations } = await journal.summary();
    if (device.current() !== null || operations > 0) throw new AppError('FORBIDDEN', 'enrolled');
  };
  handle('restore:choose', async (_input, event) => {
    await onlyFresh();
    const folder = await askFolder(event);
    if (folder === null) return null;
    found = await findBackup(folder);
    const { deviceName, unitName, kit } = found.head;
    return { deviceName, unitName, kit, sets: [...found.sets] };
  });
  handle('restore:run', async ({ set, clerk, leader }) => {
    await onlyFresh();
    if (found === null || !found.sets.includes(set)) throw new AppError('BACKUP_NOT_FOUND');
    stop = new AbortController();
    const progress = (done: number, total: number): void =>
      emitToAll('backup:progress', { what: 'restore', done, total });
    try {
      const halves = [readHalf(clerk), readHalf(leader)] as const;
      await stageRestore(profile, found, set, halves, writeRestoredKey, progress, stop.signal);
    } catch (error) {
      throw toFileError(error);
    }
    log.warn('restored from a backup', { sets: found.sets.length });
    app.relaunch();
    // The answer must still reach the page.
    setImmediate(() => app.quit());
    return {};
  });
  handle('restore:cancel', () => {
    stop.abort();
    return {};
  });
}
