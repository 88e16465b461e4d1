import type { Desktop } from '@shared/ipc/desktop';
import { AppError, unwrap } from '@shared/result/result';
import { type Database, openDatabase } from './database';

/**
 * Opens the local databases if they can be relied on. Errors: LOCAL_DATA_DAMAGED when they cannot be opened or read;
 * LOCAL_DATA_MISSING when they are empty although this device has worked, which is also what Chromium leaves of a
 * database it has found broken. Both lead to the rescue mode.
 */
export async function openSoundDatabase(desktop: Desktop): Promise<Database> {
  const database = await orDamaged(openDatabase);
  const empty = await orDamaged(() => probe(database));
  const { restoring, journal } = unwrap(await desktop.invoke('rescue:status', undefined));
  if (empty && journal.operations > 0 && restoring === '')
    throw new AppError('LOCAL_DATA_MISSING', String(journal.operations));
  if (empty && restoring !== '') await nameWhoWasHere(desktop, database);
  return database;
}

/** Runs what reads the whole of the local database at the start; what the storage throws there is a damage. */
export async function orDamaged<T>(open: () => Promise<T>): Promise<T> {
  try {
    return await open();
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError('LOCAL_DATA_DAMAGED', error instanceof Error ? error.name : String(error));
  }
}

/** Reads one row of every collection. Gives whether the ledger knows nothing at all. */
async function probe({ view, ledger }: Database): Promise<boolean> {
  const collections = [...Object.values(view.collections), ...Object.values(ledger.collections)];
  await Promise.all(collections.map((collection) => collection.findOne().exec()));
  const [operation, value] = await Promise.all([
    ledger.outbox.findOne().exec(),
    ledger.state.findOne().exec(),
  ]);
  return operation === null && value === null;
}

/** Until the directory has been pulled again, those who worked here before can sign in: also with no network. */
async function nameWhoWasHere(desktop: Desktop, database: Database): Promise<void> {
  const { people } = unwrap(await desktop.invoke('rescue:people', undefined));
  // Inserted, never put over a row that another window has pulled meanwhile.
  await database.rows('people').bulkInsert(people.map((person) => ({ ...person, rev: 0 })));
}
