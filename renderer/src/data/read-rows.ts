import { getSortComparator, type MangoQuery, type RxCollection, type RxDocumentData } from 'rxdb';

/**
 * Reads rows from the storage itself. RxDB's own queries answer from caches that follow the change events: while another
 * window writes they lag behind, and a query that is asked during a flood of events is begun again and again.
 */
export async function readRows<R>(collection: RxCollection<R>, query: MangoQuery<R>): Promise<readonly R[]> {
  return (await readStored(collection, query)).map(plain);
}

/** The same with RxDB's own fields, of which `_rev` says whether a row has changed. */
export async function readStored<R>(
  collection: RxCollection<R>,
  query: MangoQuery<R>,
): Promise<readonly RxDocumentData<R>[]> {
  const walks = walksOf(query);
  const found = await Promise.all(walks.map((walk) => readWalk(collection, walk)));
  if (found.length === 1) return found.flat();
  const { query: filled } = collection.find(query).getPreparedQuery();
  const inOrder = getSortComparator(collection.schema.jsonSchema, filled);
  return found.flat().sort(inOrder).slice(0, query.limit);
}

/** Rows by their ids, each one looked up: as a query, RxDB would walk the index of the collection's order for them. */
export async function readStoredById<R>(
  collection: RxCollection<R>,
  ids: readonly string[],
): Promise<readonly RxDocumentData<R>[]> {
  return collection.storageInstance.findDocumentsById([...ids], false);
}

/** A row without RxDB's own fields. It comes fresh from the storage, so nobody else holds it. */
export function plain<R>(stored: RxDocumentData<R>): R {
  const { _rev, _meta, _deleted, _attachments, ...row } = stored;
  return row as unknown as R;
}

async function readWalk<R>(
  collection: RxCollection<R>,
  query: MangoQuery<R>,
): Promise<readonly RxDocumentData<R>[]> {
  const { documents } = await collection.storageInstance.query(collection.find(query).getPreparedQuery());
  return documents;
}

/**
 * One query for each value of an `$in`. RxDB walks an index from the first of them to the last, over all that lies
 * between: for the open states of documents that is nearly everything that was ever finished.
 */
function walksOf<R>(query: MangoQuery<R>): readonly MangoQuery<R>[] {
  for (const [field, wanted] of Object.entries(query.selector ?? {})) {
    const values = (wanted as { readonly $in?: readonly unknown[] } | null)?.$in;
    if (values === undefined) continue;
    return values.map((value) => ({ ...query, selector: { ...query.selector, [field]: value } as never }));
  }
  return [query];
}
