import type { IntakeItem } from '../schema/documents';
import type { FileRef } from '../schema/values';
import { type Context, createRow, newestFirst, type Plan, patchRow, type Stored } from './plan';

/** An item that still has its file. */
export type FiledItem = Stored<'intake'> & { readonly file: FileRef };

/** Whether an item still has its file: every one but those that were purged. */
export function hasFile(item: Stored<'intake'>): item is FiledItem {
  return item.file !== null;
}

export type TakenFile = {
  /** Fixed id of the item where the same file may be offered again after a crash; a fresh one otherwise. */
  readonly id?: string;
  readonly file: FileRef;
  readonly source: IntakeItem['source'];
  /** Error code of what is wrong with the file, or ''. */
  readonly problem: string;
};

/** Puts a taken file into the intake box. The same bytes may lie there twice: a duplicate is shown, never refused. */
export function addToIntake(context: Context, taken: TakenFile): Plan {
  const row: IntakeItem = {
    id: taken.id ?? context.newId(),
    unit: context.person.unit,
    newestFirst: newestFirst(context.now),
    state: 'waiting',
    source: taken.source,
    at: context.now,
    by: context.person.id,
    file: taken.file,
    problem: taken.problem,
    incomingId: '',
    note: '',
  };
  return { command: 'intake.add', changes: [createRow('intake', row)] };
}

/** Takes an item out of the waiting list with a reason; it stays findable and can be put back. */
export function setAside(item: Stored<'intake'>, reason: string): Plan {
  return {
    command: 'intake.set-aside',
    changes: [patchRow('intake', item, { state: 'set-aside', note: reason })],
  };
}

/** Puts an item that was set aside back into the waiting list. */
export function restoreToIntake(item: Stored<'intake'>): Plan {
  return { command: 'intake.restore', changes: [patchRow('intake', item, { state: 'waiting', note: '' })] };
}
