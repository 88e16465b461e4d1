import { INDEX_MAX, type PreparedQuery, type RxDocumentData } from 'rxdb';
import {
  dexieReplaceIfStartsWithPipe,
  fromDexieToStorage,
  getRxStorageDexie,
  mapKeyForKeyRange,
  type RxStorageDexie,
  type RxStorageInstanceDexie,
} from 'rxdb/plugins/storage-dexie';

/** Longer answers are walked row by row, so that making their objects holds no window up. */
const mostAtOnce = 1000;

/**
 * RxDB's storage on Dexie, which reads the head of a list in one request: RxDB walks a cursor, and each of its steps is a
 * way to the database process and back.
 */
export function storageReadingAtOnce(settings: Parameters<typeof getRxStorageDexie>[0] = {}): RxStorageDexie {
  const storage = getRxStorageDexie(settings);
  const create = storage.createStorageInstance.bind(storage);
  storage.createStorageInstance = async (params) => {
    const instance = await create(params);
    const walk = instance.query.bind(instance);
    instance.query = async (prepared) =>
      isHead(prepared) ? { documents: await readHead(instance, prepared) } : walk(prepared);
    return instance;
  };
  return storage;
}

/** Whether a query is one piece of one index, in its order. */
function isHead<R>({ query, queryPlan }: PreparedQuery<R>): boolean {
  const { selectorSatisfiedByIndex, sortSatisfiedByIndex } = queryPlan;
  return selectorSatisfiedByIndex && sortSatisfiedByIndex && (query.limit ?? Infinity) <= mostAtOnce;
}

async function readHead<R>(
  { internals }: RxStorageInstanceDexie<R>,
  { query: { skip, limit = 0 }, queryPlan }: PreparedQuery<R>,
): Promise<RxDocumentData<R>[]> {
  const { dexieTable, booleanIndexes } = await internals;
  const { index, startKeys, endKeys, inclusiveStart, inclusiveEnd } = queryPlan;
  // IndexedDB has no booleans in its indexes; RxDB keeps '0' and '1' there.
  const keys = (bounds: readonly unknown[]) =>
    bounds.map((bound, at) => {
      if (!booleanIndexes.includes(index[at] ?? '')) return mapKeyForKeyRange(bound);
      return bound === true || bound === INDEX_MAX ? '1' : '0';
    });
  const found = await dexieTable
    .where(`[${index.map(dexieReplaceIfStartsWithPipe).join('+')}]`)
    .between(keys(startKeys), keys(endKeys), inclusiveStart, inclusiveEnd)
    .limit(skip + limit)
    .toArray();
  return found.slice(skip).map((row) => fromDexieToStorage<R>(booleanIndexes, row));
}
