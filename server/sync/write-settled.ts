import { type LostValue, mergeChange } from '@shared/sync/merge';
import type { Change, Operation } from '@shared/sync/operation';
import type { RowWriter } from '../rows/row-writer';
import type { Author } from './author';
import { writePlaceholders } from './placeholders';
import type { SyncTransaction } from './port';
import type { Settled } from './settled';

/** A value that another device had changed meanwhile, and the change that brought it. */
export type Lost = LostValue & { readonly change: Change };

/**
 * Writes what an operation does once the rules of books have been applied, the placeholders of lost numbers last. The
 * transaction acts for the server from here on. Gives the values that lost a merge.
 */
export async function writeSettled(
  tx: SyncTransaction,
  writer: RowWriter,
  settled: Settled,
  operation: Operation,
  author: Author,
): Promise<readonly Lost[]> {
  const lost: Lost[] = [];
  for (const change of settled.changes)
    lost.push(...(await writeChange(writer, change, operation, author, settled.decided)));
  await tx.actForServer();
  for (const { book, numbers } of settled.lost) await writePlaceholders(writer, book, numbers);
  return lost;
}

async function writeChange(
  writer: RowWriter,
  change: Change,
  operation: Operation,
  author: Author,
  decided: ReadonlySet<string>,
): Promise<readonly Lost[]> {
  const current = writer.get(change.coll, change.id) ?? { data: {}, stamps: {}, rev: 0 };
  // A removal holds whatever was noted about the item meanwhile, and so does what the rules of books have worked out: half
  // of it must never be kept.
  const whole = operation.command === 'intake.purge' || decided.has(change.id);
  const base = whole ? current.rev : change.base;
  const by = { device: author.device, actor: operation.actor, at: operation.at };
  const merged = mergeChange(current, { ...change, base }, by);
  await writer.put(change.coll, merged, author.unit);
  return merged.lost.map((value) => ({ ...value, change }));
}
