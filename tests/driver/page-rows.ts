import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from '@playwright/test';

/** How many rows of a collection the page's own database holds, counted behind the program's back. */
export function rowsInPage(page: Page, collection: string): Promise<number> {
  return page.evaluate(async (wanted) => {
    const done = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error ?? new Error('indexedDB'));
      });
    const names = (await indexedDB.databases()).map(({ name = '' }) => name);
    const own = names.filter((name) => name.includes('cong-van-views-') && name.endsWith(`--${wanted}`));
    const [only] = own;
    if (only === undefined || own.length > 1)
      throw new Error(`no one database of ${wanted} among ${names.join()}`);
    const database = await done(indexedDB.open(only));
    const count = await done(database.transaction('docs').objectStore('docs').count());
    database.close();
    return count;
  }, collection);
}

/** Waits until the page's own database holds so many rows of a collection; throws after `limitMs`. */
export async function untilRowsInPage(
  page: Page,
  collection: string,
  rows: number,
  limitMs: number,
): Promise<void> {
  const deadline = Date.now() + limitMs;
  for (;;) {
    const here = await rowsInPage(page, collection);
    if (here === rows) return;
    if (Date.now() > deadline) throw new Error(`${here} of ${rows} rows of ${collection} in the page`);
    await pause(200);
  }
}
