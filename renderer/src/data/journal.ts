import type { Desktop } from '@shared/ipc/desktop';
import { unwrap } from '@shared/result/result';
import type { Journal } from '@shared/sync/client/journal';
import type { Operation } from '@shared/sync/operation';

const largestPage = 500;

/** The journal of operations, which the main process keeps beside the database. */
export function journalOver(desktop: Desktop): Journal {
  return {
    append: async (operation) => void unwrap(await desktop.invoke('journal:append', { operation })),
    async read(n, limit) {
      const operations: Operation[] = [];
      for (let above = n; operations.length < limit; above = operations.at(-1)?.n ?? n) {
        const page = { n: above, limit: Math.min(largestPage, limit - operations.length) };
        const read = unwrap(await desktop.invoke('journal:read', page)).operations as readonly Operation[];
        operations.push(...read);
        if (read.length < page.limit) break;
      }
      return operations;
    },
    forget: async (item) => void unwrap(await desktop.invoke('journal:forget', { item })),
    replaceFrom: async (n, operations) =>
      void unwrap(await desktop.invoke('journal:replace-from', { n, operations: [...operations] })),
    prune: async (n) => void unwrap(await desktop.invoke('journal:prune', { n })),
  };
}
