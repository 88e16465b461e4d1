import type { OfficeServices } from '../services/office-services';
import type { Handle } from './handle';

/** Private notes: the page keeps each one here too, and takes them back when its database was lost. */
export function registerNoteChannels(handle: Handle, { notes }: OfficeServices): void {
  handle('notes:all', async () => ({ notes: [...(await notes.all())] }));
  handle('notes:keep', async ({ notes: written }) => {
    await notes.keep(written);
    return {};
  });
  handle('notes:remove', async ({ id }) => {
    await notes.remove(id);
    return {};
  });
}
