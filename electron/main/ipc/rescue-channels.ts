import { app } from 'electron';
import { beginRestoring, closeRescue, finishRescue, readRescue, requestSetAside } from '../../journal/rescue';
import type { OfficeServices } from '../services/office-services';
import type { Handle } from './handle';

/** Chế độ cứu hộ: what is safe, and the way to a new local database. */
export function registerRescueChannels(handle: Handle, services: OfficeServices): void {
  const { profile, journal, vault, signIn, log } = services;
  handle('rescue:status', async () => {
    const { phase, reason, folder, last } = await readRescue(profile);
    const restoring = phase === 'restoring' ? reason : '';
    return { restoring, folder, journal: await journal.summary(), last, unread: phase === 'finished' };
  });
  handle('rescue:people', async () => ({ people: [...(await signIn.known())] }));
  handle('rescue:files', async () => {
    let files = 0;
    for await (const _sha256 of vault.list()) files += 1;
    return { files };
  });
  handle('rescue:begin', async ({ reason }) => {
    log.warn('rescue', { reason });
    // An empty database holds nothing that could be set aside.
    if (reason === 'missing') await beginRestoring(profile, reason);
    else await requestSetAside(profile, reason);
    app.relaunch();
    // The answer must still reach the page.
    setImmediate(() => app.quit());
    return {};
  });
  handle('rescue:finish', async (report) => {
    log.info('rescue done', { restored: report.restored, lost: report.lost, rows: report.rows });
    await finishRescue(profile, report);
    return {};
  });
  handle('rescue:close', async () => {
    await closeRescue(profile);
    return {};
  });
}
