import type { Operation } from '@shared/sync/operation';
import type { OfficeServices } from '../services/office-services';
import type { Handle } from './handle';

/** The journal of operations: the page writes into it before it acknowledges anything, and reads it after a loss. */
export function registerJournalChannels(handle: Handle, { journal }: OfficeServices): void {
  handle('journal:append', async ({ operation }) => {
    await journal.append(operation as Operation);
    return {};
  });
  handle('journal:read', async ({ n, limit }) => ({ operations: [...(await journal.read(n, limit))] }));
  handle('journal:forget', async ({ item }) => {
    await journal.forget(item);
    return {};
  });
  handle('journal:replace-from', async ({ n, operations }) => {
    await journal.replaceFrom(n, operations as readonly Operation[]);
    return {};
  });
  handle('journal:prune', async ({ n }) => {
    await journal.prune(n);
    return {};
  });
}
