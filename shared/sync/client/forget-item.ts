import { emptiedOf, namesItem, rewrittenWithout } from '../../domain/removal';
import type { IntakeItem } from '../../schema/documents';
import type { Change } from '../operation';
import type { Journal } from './journal';
import type { OutboxTable } from './local-database';
import type { OutboxEntry } from './outbox-entry';
import type { Rewritings } from './rewritings';
import { entriesAfter } from './unconfirmed';

/**
 * Takes a removed item out of everything this device has written: what was refused is emptied, all else is rewritten so
 * that it may still be sent, now or to a restored server. Doing it again changes nothing.
 *
 * Order of the durable steps: the journal, then the outbox. The rewritten outbox makes the row a removed one at the next
 * start, and nothing is done again for a row that is removed already: a stop in between must leave the outbox behind.
 *
 * Gives what the rewritten operations do to other rows: these rows have to be shown again.
 */
export async function forgetItem(
  item: IntakeItem,
  parts: { readonly outbox: OutboxTable; readonly journal: Journal; readonly rewritings: Rewritings },
): Promise<readonly Change[]> {
  const rewritten: OutboxEntry[] = [];
  for await (const entry of entriesAfter(parts.outbox, 0)) {
    if (namesItem(entry.operation, item.id)) rewritten.push(withoutItem(entry, item));
  }
  await parts.journal.forget(item);
  if (rewritten.length > 0) {
    await parts.rewritings.note();
    await parts.outbox.write(rewritten);
  }
  return rewritten.flatMap(({ operation }) => operation.changes.filter(({ coll }) => coll !== 'intake'));
}

function withoutItem(entry: OutboxEntry, item: IntakeItem): OutboxEntry {
  const refused = entry.status === 'rejected' || entry.status === 'seen' || entry.refusedAs !== undefined;
  const { operation } = entry;
  return {
    ...entry,
    operation: refused ? emptiedOf(operation, item.id, true) : rewrittenWithout(operation, item),
  };
}
