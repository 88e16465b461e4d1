import type { Page } from '@playwright/test';

export type LongTasks = {
  /** Milliseconds of every task of the page over 50 ms, as the Long Tasks API counts them. */
  readonly durations: readonly number[];
  readonly seconds: number;
};

type Watched = { readonly durations: number[]; readonly since: number };

/** Notes the long tasks of a page from now on; gives what tells them. */
export async function watchLongTasks(page: Page): Promise<() => Promise<LongTasks>> {
  await page.evaluate(() => {
    const watched: Watched = { durations: [], since: performance.now() };
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) watched.durations.push(entry.duration);
    }).observe({ entryTypes: ['longtask'] });
    Object.assign(globalThis, { watchedLongTasks: watched });
  });
  return () =>
    page.evaluate(() => {
      const { durations, since } = (globalThis as unknown as { watchedLongTasks: Watched }).watchedLongTasks;
      return { durations, seconds: (performance.now() - since) / 1000 };
    });
}

/** The longest of them, or 0. */
export const longestOf = ({ durations }: LongTasks): number => Math.max(0, ...durations);
