import type { MangoQuery, RxCollection, RxDocumentData } from 'rxdb';
import { finalize, Observable, ReplaySubject, share } from 'rxjs';
import { plain, readStored, readStoredById } from './read-rows';

/** A reading costs so many times its own length in rest: a flood of changes leaves the page its time. */
const restFactor = 20;
/** Rest that may be owed before the next reading has to wait: what a person does is followed by a few readings. */
const owedMs = 1_000;
const longestRestMs = 2_000;

type Shared = Map<string, Observable<readonly unknown[]>>;
const sharedByCollection = new WeakMap<object, Shared>();

type Row = { readonly id: string };
/** How rows are read, and which changes call for a new reading. */
type Reading<R> = {
  readonly read: () => Promise<readonly RxDocumentData<R>[]>;
  readonly concerns: (id: string) => boolean;
};

/**
 * The rows of a query, read again when the collection has changed, in this window or in another. A single change is read
 * at once; while many come (a first pull) some are left out, never the last. Rows that did not change stay the same
 * objects, and a result that did not change is not told. Everybody who asks the same shares one reading.
 */
export function liveRows<R extends Row>(
  collection: RxCollection<R>,
  query: MangoQuery<R>,
): Observable<readonly R[]> {
  const reading = { read: () => readStored(collection, query), concerns: () => true };
  return shared(collection, JSON.stringify(query), reading);
}

/** Those of the rows with these ids that exist, kept live as by {@link liveRows}; only their own changes are followed. */
export function liveRowsById<R extends Row>(
  collection: RxCollection<R>,
  ids: readonly string[],
): Observable<readonly R[]> {
  const wanted = new Set(ids);
  const reading = {
    read: () => readStoredById(collection, [...wanted]),
    concerns: (id: string) => wanted.has(id),
  };
  return shared(collection, JSON.stringify(ids), reading);
}

function shared<R extends Row>(
  collection: RxCollection<R>,
  key: string,
  reading: Reading<R>,
): Observable<readonly R[]> {
  const streams: Shared = sharedByCollection.get(collection) ?? new Map();
  sharedByCollection.set(collection, streams);
  const known = streams.get(key) as Observable<readonly R[]> | undefined;
  if (known !== undefined) return known;
  const rows = watch(collection, reading).pipe(
    finalize(() => streams.delete(key)),
    share({ connector: () => new ReplaySubject(1), resetOnRefCountZero: true }),
  );
  streams.set(key, rows);
  return rows;
}

function watch<R extends Row>(
  collection: RxCollection<R>,
  { read, concerns }: Reading<R>,
): Observable<readonly R[]> {
  return new Observable((subscriber) => {
    const memory = new Memory<R>();
    let reading = false;
    let again = false;
    let timer: ReturnType<typeof setTimeout> | null = null;
    let restedAt = 0;
    const renew = async (): Promise<void> => {
      timer = null;
      reading = true;
      again = false;
      const startedAt = performance.now();
      const rows = memory.merge(await read());
      const now = performance.now();
      restedAt = Math.max(restedAt, now) + Math.min(longestRestMs, (now - startedAt) * restFactor);
      reading = false;
      if (rows !== null) subscriber.next(rows);
      if (again) plan();
    };
    const start = (): void => {
      renew().catch((error: unknown) => subscriber.error(error));
    };
    const plan = (): void => {
      if (reading || timer !== null || subscriber.closed) return;
      const wait = Math.min(longestRestMs, restedAt - owedMs - performance.now());
      if (wait <= 0) start();
      else timer = setTimeout(start, wait);
    };
    const events = collection.eventBulks$.subscribe(({ events: changes }) => {
      if (!changes.some(({ documentId }) => concerns(documentId))) return;
      again = true;
      plan();
    });
    start();
    return () => {
      events.unsubscribe();
      if (timer !== null) clearTimeout(timer);
    };
  });
}

/** What was read the last time, so that unchanged rows stay the same objects. */
class Memory<R extends Row> {
  private known = new Map<string, { readonly rev: string; readonly row: R }>();
  private ids = '';
  private begun = false;

  /** The rows of a reading, or null when nothing has changed since the one before. */
  merge(stored: readonly RxDocumentData<R>[]): readonly R[] | null {
    const next = new Map<string, { readonly rev: string; readonly row: R }>();
    let same = this.begun;
    for (const document of stored) {
      const { id, _rev: rev } = document as unknown as { readonly id: string; readonly _rev: string };
      const before = this.known.get(id);
      const unchanged = before?.rev === rev;
      next.set(id, unchanged ? before : { rev, row: plain<R>(document) });
      same &&= unchanged;
    }
    const ids = [...next.keys()].join('\n');
    same &&= ids === this.ids;
    this.known = next;
    this.ids = ids;
    this.begun = true;
    return same ? null : [...next.values()].map(({ row }) => row);
  }
}
