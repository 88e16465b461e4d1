import { copiesIn, copiesOneOf, emptiedOf, madeOf, namesItem, rewrittenWithout } from '../../domain/removal';
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
 * Order of the durable steps: a note that it has begun, the journal, the outbox. The note goes when the rows are shown again;
 * after a stop before that `Removals.finish` does all of it once more. With the journal alone rewritten a person could go on
 * working with the item here, and a rescue from the journal would find it removed.
 *
 * Gives what the rewritten operations do: these rows have to be shown again. Nothing, and no note, where none was rewritten.
 */
export async function forgetItem(
  item: IntakeItem,
  parts: {
    readonly outbox: OutboxTable;
    readonly journal: Journal;
    readonly rewritings: Rewritings;
    /** Notes files whose bytes have to go too. */
    readonly noteFiles: (digests: readonly string[]) => Promise<void>;
  },
): Promise<readonly Change[]> {
  const rewritten: OutboxEntry[] = [];
  // A document is made before it is copied, and its operation stands before that of the copy.
  const made = new Set<string>();
  const copies: string[] = [];
  for await (const entry of entriesAfter(parts.outbox, 0)) {
    const { operation } = entry;
    for (const document of madeOf(operation, item.id)) made.add(document);
    if (namesItem(operation, item.id)) rewritten.push(withoutItem(entry, item));
    else if (copiesOneOf(operation, made)) {
      copies.push(...copiesIn(operation));
      rewritten.push({ ...entry, operation: emptiedOf(operation, item.id, true) });
    }
  }
  if (copies.length > 0) await parts.noteFiles(copies);
  if (rewritten.length > 0) await parts.rewritings.begin(item);
  await parts.journal.forget(item);
  if (rewritten.length === 0) return [];
  await parts.outbox.write(rewritten);
  return rewritten.flatMap(({ operation }) => operation.changes);
}

function withoutItem(entry: OutboxEntry, item: IntakeItem): OutboxEntry {
  const refused = entry.status === 'rejected' || entry.status === 'seen' || entry.refusedAs !== undefined;
  const { operation } = entry;
  return {
    ...entry,
    operation: refused ? emptiedOf(operation, item.id, true) : rewrittenWithout(operation, item),
  };
}
