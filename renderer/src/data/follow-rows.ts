import type { MangoQuery, MangoQuerySelector, RxCollection } from 'rxdb';
import { NEVER, Observable } from 'rxjs';
import { readRows } from './read-rows';

/** Rows read in one go; few enough that handling them is never felt. */
const pageSize = 200;
/** Events of two windows may cross each other, but never by as many as this. */
const remembered = 2_000;

/** The way through a part of a collection: rows with these values, in the order of an indexed number. */
export type Walk = {
  readonly where: Readonly<Record<string, unknown>>;
  readonly by: string;
  /** Where it begins, this number included; from the first row on where it is missing. */
  readonly from?: number;
};

type Row = { readonly id: string };

/**
 * Keeps a small record of every row that `keep` wants, however many there are: read page by page at the start, kept by
 * the change events of this window and of the others afterwards. Each change of the map is told; the map is the same one.
 * @param walks ways that together pass every row `keep` wants
 * @param keep null for rows that do not count
 * @param isOver which records count no more, without any change of their rows; the last word holds for later ones too
 */
export function followRows<R extends Row, T>(
  collection: RxCollection<R>,
  walks: readonly Walk[],
  keep: (row: R) => T | null,
  isOver: Observable<(record: T) => boolean> = NEVER,
): Observable<ReadonlyMap<string, T>> {
  return new Observable((subscriber) => {
    const kept = new Map<string, T>();
    let over: (record: T) => boolean = () => false;
    const put = (row: R, gone: boolean): boolean => {
      const record = gone ? null : keep(row);
      if (record === null || over(record)) return kept.delete(row.id);
      kept.set(row.id, record);
      return true;
    };
    // What an event has told is newer than what the walk reads.
    let told: Set<string> | null = new Set();
    const newest = new Newest();
    const events = collection.eventBulks$.subscribe(({ events: changes }) => {
      let changed = false;
      for (const { documentId, documentData, operation } of changes) {
        if (!newest.accept(documentId, documentData._rev)) continue;
        told?.add(documentId);
        changed = put(documentData as unknown as R, operation === 'DELETE') || changed;
      }
      if (changed && told === null) subscriber.next(kept);
    });
    const ends = isOver.subscribe((next) => {
      over = next;
      for (const [id, record] of kept) if (over(record)) kept.delete(id);
      if (told === null) subscriber.next(kept);
    });
    const read = async (): Promise<void> => {
      for (const walk of walks)
        for await (const page of pagesOf(collection, walk)) {
          if (subscriber.closed) return;
          for (const row of page) if (told?.has(row.id) !== true) put(row, false);
        }
      told = null;
      subscriber.next(kept);
    };
    read().catch((error: unknown) => subscriber.error(error));
    return () => {
      events.unsubscribe();
      ends.unsubscribe();
    };
  });
}

/** Every row of the walk, some of them twice: rows with the same number as the last of a page begin the next one. */
export async function* pagesOf<R extends Row>(
  collection: RxCollection<R>,
  { where, by, from: first }: Walk,
): AsyncGenerator<readonly R[]> {
  let from: number | string | undefined = first;
  let limit = pageSize;
  for (;;) {
    const after = from === undefined ? {} : { [by]: { $gte: from } };
    const query = {
      selector: { ...where, ...after } as MangoQuerySelector<R>,
      sort: [{ [by]: 'asc' }],
      limit,
    };
    const page = await readRows(collection, query as unknown as MangoQuery<R>);
    yield page;
    if (page.length < limit) return;
    const last = (page.at(-1) as Readonly<Record<string, unknown>> | undefined)?.[by] as number | string;
    // A whole page of the same number: only a longer page leads on.
    limit = last === from ? limit * 2 : pageSize;
    from = last;
  }
}

/** Tells the events apart that come after a newer one of the same row. */
class Newest {
  private readonly heights = new Map<string, number>();

  /** @param revision of RxDB: `<height>-<token>`, higher with each write of the row */
  accept(id: string, revision: string): boolean {
    const height = Number.parseInt(revision, 10);
    if (height < (this.heights.get(id) ?? 0)) return false;
    this.heights.delete(id);
    this.heights.set(id, height);
    if (this.heights.size > remembered) {
      const [oldest] = this.heights.keys();
      if (oldest !== undefined) this.heights.delete(oldest);
    }
    return true;
  }
}
