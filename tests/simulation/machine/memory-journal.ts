import { madeOf, rewrittenFor } from '@shared/domain/removal';
import type { Journal } from '@shared/sync/client/journal';
import type { Life } from '../pauses';
import type { Disk } from './disk';
import type { DurableSteps } from './durable-steps';

/** The journal of one running program over a disk in memory: each call is one durable step. */
export function memoryJournal({ journal }: Disk, steps: DurableSteps, life: Life): Journal {
  const write = (store: () => void) => steps.write(life, 'the journal', store);
  return {
    append: (operation) => write(() => void journal.set(operation.n, operation)),
    read: (n, limit) =>
      steps.read(life, () =>
        [...journal.values()]
          .filter((operation) => operation.n > n)
          .sort((a, b) => a.n - b.n)
          .slice(0, limit),
      ),
    forget: (item) =>
      write(() => {
        const made = new Set([...journal.values()].flatMap((operation) => madeOf(operation, item.id)));
        for (const operation of journal.values())
          journal.set(operation.n, rewrittenFor(operation, item, made) ?? operation);
      }),
    replaceFrom: (n, operations) =>
      write(() => {
        for (const known of journal.keys()) if (known >= n) journal.delete(known);
        for (const operation of operations) journal.set(operation.n, operation);
      }),
    prune: (n) =>
      write(() => {
        for (const known of journal.keys()) if (known <= n) journal.delete(known);
      }),
  };
}
