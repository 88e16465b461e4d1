import { emptiedOf, namesItem, rewrittenWithout } from '@shared/domain/removal';
import type { IntakeItem } from '@shared/schema/documents';
import type { Operation } from '@shared/sync/operation';
import type { RxCollection } from 'rxdb';
import type { OutboxEntry } from './database';

/**
 * Takes a removed item out of everything this device has written: what was refused is emptied, all else is rewritten so
 * that it may still be sent, now or to a restored server. Gives the rewritten operations.
 */
export async function forgetInOutbox(
  outbox: RxCollection<OutboxEntry>,
  item: IntakeItem,
): Promise<readonly Operation[]> {
  const rewritten: Operation[] = [];
  for (const entry of await outbox.find().exec()) {
    const operation = entry.toMutableJSON().operation as Operation;
    if (!namesItem(operation, item.id)) continue;
    const refused = entry.status === 'rejected' || entry.status === 'seen';
    const next = refused ? emptiedOf(operation, item.id, true) : rewrittenWithout(operation, item);
    await entry.incrementalPatch({ operation: next });
    if (!refused) rewritten.push(next);
  }
  return rewritten;
}
