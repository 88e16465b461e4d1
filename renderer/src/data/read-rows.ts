import type { MangoQuery, RxCollection, RxDocumentData } from 'rxdb';

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
  const prepared = collection.find(query).getPreparedQuery();
  const { documents } = await collection.storageInstance.query(prepared);
  return documents;
}

/** A row without RxDB's own fields. It comes fresh from the storage, so nobody else holds it. */
export function plain<R>(stored: RxDocumentData<R>): R {
  const { _rev, _meta, _deleted, _attachments, ...row } = stored;
  return row as unknown as R;
}
