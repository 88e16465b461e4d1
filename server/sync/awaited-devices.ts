import { AppError } from '@shared/result/result';
import { type Author, activeDevice } from './author';
import type { SyncDatabase, SyncTransaction } from './port';

/**
 * A server that was restored does not know what it had given away since the backup: a machine with no network may number
 * under it at this moment. So a book gets another owner by the server's word only when every active machine of the unit
 * has been heard in this history; `except` is one that nobody waits for.
 * Errors: BOOK_AWAITS_MACHINES with their names.
 */
export async function refuseWhileAwaited(tx: SyncTransaction, unit: string, except: string): Promise<void> {
  const names = await tx.awaitedDevices(unit, except);
  if (names.length > 0) throw new AppError('BOOK_AWAITS_MACHINES', names.join(', '));
}

/** Notes that a device has told everything it keeps to the history of this epoch. Nothing happens in another one. */
export async function noteHeard(database: SyncDatabase, author: Author, epoch: string): Promise<void> {
  await database.transaction('read-write', async (tx) => {
    const device = activeDevice(await tx.lockDevice(author.device), author);
    if (device.awaited && device.epoch === epoch) await tx.noteHeard(author.device);
  });
}
