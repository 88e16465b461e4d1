import { notesSchema } from '@shared/schema/local';
import type { Note } from '@shared/schema/meetings';
import {
  createRxDatabase,
  type RxCollection,
  type RxDatabase,
  type RxJsonSchema,
  removeCollectionStorages,
  removeRxDatabase,
} from 'rxdb';
import type { LedgerCollections, Storages } from './database';

const firstViewName = 'cong-van-views';

/**
 * Removes the rows that an older program has stored in its own layout; the outbox, the state and the notes stay. May be
 * stopped anywhere: the position names the former generation until rows of the new one have been pulled.
 */
export async function removeFormerViews(
  ledger: RxDatabase<LedgerCollections>,
  storages: Storages,
  current: string,
): Promise<void> {
  const former = await formerViewName(ledger);
  if (former === null || former === current) return;
  if (former === firstViewName) await leaveFirstVersion(ledger, storages);
  await removeRxDatabase(former, storages.view, true);
}

/** Null for a new profile. Profiles of the first version have no position, but something else in their ledger. */
async function formerViewName({ state, outbox }: RxDatabase<LedgerCollections>): Promise<string | null> {
  const position = await state.findOne('position').exec();
  if (position !== null)
    return `${firstViewName}-${(position.toJSON().value as { readonly generation: string }).generation}`;
  const used = (await state.findOne().exec()) !== null || (await outbox.findOne().exec()) !== null;
  return used ? firstViewName : null;
}

/** The first version kept private notes among the views, and books and numbers in the ledger. */
async function leaveFirstVersion(ledger: RxDatabase<LedgerCollections>, storages: Storages): Promise<void> {
  const views = await createRxDatabase<{ notes: RxCollection<Note> }>({
    name: firstViewName,
    storage: storages.view,
    multiInstance: true,
  });
  await views.addCollections({ notes: { schema: notesSchema as unknown as RxJsonSchema<Note> } });
  const notes = await views.notes.find().exec();
  const known = await ledger.notes.findByIds(notes.map(({ id }) => id)).exec();
  const missing = notes.filter(({ id }) => !known.has(id)).map((note) => note.toMutableJSON() as Note);
  if (missing.length > 0) await ledger.notes.bulkInsert(missing);
  await views.close();
  for (const coll of ['books', 'numbers']) {
    await removeCollectionStorages(
      storages.ledger,
      ledger.internalStore,
      ledger.token,
      ledger.name,
      coll,
      true,
      undefined,
      ledger.hashFunction,
    );
  }
}
