import { type Operation, operationId } from '../operation';
import type { Journal } from './journal';
import type { OutboxTable, StateTable } from './local-database';
import type { OutboxEntry } from './outbox-entry';
import type { Rewritings } from './rewritings';
import { entriesAfter } from './unconfirmed';

const journalBehind = 'journal-behind';

/**
 * Gives waiting operations the numbers from `lastN` + 1 on, in their order. It is needed where a number was used twice (a
 * profile restored from an older copy) or is lost (a damaged line of the journal): the server takes no gap.
 *
 * Order of the durable steps: a note that the journal must follow, the entries (one step), the journal, the note away.
 * After a stop in between `followInJournal` does the rest.
 */
export async function renumber(
  entries: readonly OutboxEntry[],
  lastN: number,
  parts: {
    readonly outbox: OutboxTable;
    readonly state: StateTable;
    readonly journal: Journal;
    readonly rewritings: Rewritings;
  },
): Promise<void> {
  const renamed = entries.map((entry, index) => withNumber(entry, lastN + 1 + index));
  const kept = new Set(renamed.map(({ id }) => id));
  const from = Math.min(lastN + 1, ...entries.map(({ n }) => n));
  await parts.state.set(journalBehind, from);
  await parts.rewritings.note();
  await parts.outbox.write(
    renamed,
    entries.map(({ id }) => id).filter((id) => !kept.has(id)),
  );
  await followInJournal(parts);
}

/** Writes the journal anew from where it fell behind the outbox, if it did. */
export async function followInJournal({
  outbox,
  state,
  journal,
}: {
  readonly outbox: OutboxTable;
  readonly state: StateTable;
  readonly journal: Journal;
}): Promise<void> {
  const from = (await state.get(journalBehind)) as number | undefined;
  if (from === undefined) return;
  const operations: Operation[] = [];
  for await (const { operation } of entriesAfter(outbox, from - 1)) operations.push(operation);
  await journal.replaceFrom(from, operations);
  await state.remove([journalBehind]);
}

function withNumber(entry: OutboxEntry, n: number): OutboxEntry {
  const { op } = entry.operation;
  const operation = { ...entry.operation, op: operationId(op.slice(0, op.lastIndexOf(':')), n), n };
  return { ...entry, id: operation.op, n, operation };
}
