import { AppError } from '../result/result';
import type { IntakeItem } from '../schema/documents';
import { electronicCopySchema } from '../schema/signature-state';
import type { Json } from '../schema/values';
import type { Change, Operation } from '../sync/operation';
import { sameJson } from '../sync/patch';
import { type Context, type Plan, patchRow, type Stored } from './plan';

// A secret document that was taken in by mistake (phát hiện nhầm): it is removed from every machine with a record.

/** What stays of a removed item besides its identity. */
export type Removal = Pick<IntakeItem, 'state' | 'at' | 'by' | 'file' | 'problem' | 'incomingId' | 'note'>;

function removalBy(by: string, at: string): Removal {
  return { state: 'purged', at, by, file: null, problem: '', incomingId: '', note: '' };
}

/**
 * Removes items with their files for good: what stays is that something was removed, when and by whom. `items` are all
 * that hold the same bytes, so that no copy stays in the box. WRONG_STATE for one that stands in the register.
 */
export function purgeIntake(context: Context, items: readonly Stored<'intake'>[]): Plan {
  for (const item of items) if (standsInRegister(item)) throw new AppError('WRONG_STATE', item.state);
  const removal = removalBy(context.person.id, context.now);
  return { command: 'intake.purge', changes: items.map((item) => patchRow('intake', item, removal)) };
}

/**
 * Whether the file of an item stands in the register: then it is a document, and is not removed, also where somebody has set
 * the item aside.
 */
export function standsInRegister({ state, incomingId }: Pick<IntakeItem, 'state' | 'incomingId'>): boolean {
  return state !== 'purged' && incomingId !== '';
}

/** Whether an operation has to do with this intake item. */
export function namesItem({ changes }: Pick<Operation, 'changes'>, item: string): boolean {
  return changes.some((change) => isOf(change, item));
}

/**
 * An operation of this device that has not been confirmed, rewritten so that it tells nothing of a removed item and may
 * still be sent: making the item makes it removed, what else was done to it alone removes it, and a document that was made
 * of it loses its files. Its number stays, so the row of numbers has no gap. The server takes the rewritten operation for
 * the same as one that it has already ({@link sameWork}), because its answer may have been lost on the way.
 */
export function rewrittenWithout(operation: Operation, item: IntakeItem): Operation {
  const removal = removalBy(item.by, item.at);
  const made = operation.changes.some((change) => isOf(change, item.id) && change.create);
  const alone = !made && operation.changes.every((change) => isOf(change, item.id));
  const patchOf = (change: Change): Readonly<Record<string, Json>> => {
    if (!isOf(change, item.id)) return made ? change.patch : withoutFiles(change.patch);
    if (change.create) return item;
    return alone ? removal : {};
  };
  return {
    ...operation,
    command: alone ? 'intake.purge' : operation.command,
    changes: operation.changes.map((change) => ({ ...change, patch: patchOf(change) })),
  };
}

function withoutFiles(patch: Readonly<Record<string, Json>>): Readonly<Record<string, Json>> {
  return 'files' in patch ? { ...patch, files: [] } : patch;
}

/**
 * The operation for the record only: what it wrote to the item is gone, or all it wrote where `everything` is set. A number
 * that it gave stays: its book needs it, and it tells nothing of the item.
 */
export function emptiedOf(operation: Operation, item: string, everything: boolean): Operation {
  const ofBook = ({ coll }: Change) => coll === 'books' || coll === 'numbers';
  const emptied = (change: Change): Change =>
    isOf(change, item) || (everything && !ofBook(change)) ? { ...change, patch: {} } : change;
  return { ...operation, changes: operation.changes.map(emptied) };
}

/** The documents that an operation has made of an item. */
export function madeOf(operation: Operation, item: string): readonly string[] {
  if (!namesItem(operation, item)) return [];
  return operation.changes.filter(({ coll, create }) => coll === 'incoming' && create).map(({ id }) => id);
}

/** Whether an operation keeps or numbers a copy of one of these documents (sao y): it names the file, and the copy shows it. */
export function copiesOneOf({ changes }: Operation, documents: ReadonlySet<string>): boolean {
  return changes.some(
    ({ coll, id, patch }) => coll === 'incoming' && documents.has(id) && Object.keys(patch).some(isOfCopies),
  );
}

/** The digests of the files that an operation keeps as copies. */
export function copiesIn({ changes }: Operation): readonly string[] {
  return changes.flatMap(({ patch }) =>
    Object.entries(patch).flatMap(([path, value]) => {
      const copy = isOfCopies(path) ? electronicCopySchema.safeParse(value) : null;
      return copy?.success === true ? [copy.data.file.sha256] : [];
    }),
  );
}

/**
 * What becomes of an operation when an item is removed, as {@link rewrittenWithout} says; a copy of a document that was `made`
 * of it is kept nowhere. Null for an operation that has nothing to do with it.
 */
export function rewrittenFor(
  operation: Operation,
  item: IntakeItem,
  made: ReadonlySet<string>,
): Operation | null {
  if (namesItem(operation, item.id)) return rewrittenWithout(operation, item);
  return copiesOneOf(operation, made) ? emptiedOf(operation, item.id, true) : null;
}

/** What is kept of a refused operation: nothing but numbers where it was rewritten because of a removed item. */
export function refusedRecord(operation: Operation): Operation {
  const item = operation.changes.find((change) => change.coll === 'intake' && isEmptied(change));
  return item === undefined ? operation : emptiedOf(operation, item.id, true);
}

/** Whether what was sent is the operation that was stored, also where one of them no longer tells of a removed item. */
export function sameWork(stored: Operation, sent: Operation): boolean {
  if (sameJson(stored, sent)) return true;
  // What stands beside the item may name its file too.
  const forgets = [stored, sent].some(isEmptiedCopy) || stored.changes.some(isEmptiedItem);
  const forgotten = (own: Change | undefined, other: Change): boolean => {
    if (own === undefined) return false;
    if (other.coll === 'intake') return isEmptied(own) || isEmptied(other) || isRemoval(other);
    const emptied = isEmptied(own) || isEmptied(other);
    return forgets && (emptied || sameJson(withoutFiles(own.patch), withoutFiles(other.patch)));
  };
  const aligned = sent.changes.map((change, index) => {
    const own = stored.changes[index];
    return forgotten(own, change) && own !== undefined ? { ...change, patch: own.patch } : change;
  });
  const excused = sent.changes.some((change, index) => forgotten(stored.changes[index], change));
  const command = excused ? stored.command : sent.command;
  return sameJson(stored, { ...sent, command, changes: aligned });
}

function isOf(change: Change, item: string): boolean {
  return change.coll === 'intake' && change.id === item;
}

/** No copy is kept by an empty change: what stood there was of a document that was made of a removed item. */
function isEmptiedCopy({ command, changes }: Operation): boolean {
  const isCopy = command === 'incoming.copy' || command === 'incoming.number-copy';
  return isCopy && changes.some((change) => change.coll === 'incoming' && isEmptied(change));
}

const isEmptiedItem = (change: Change): boolean => change.coll === 'intake' && isEmptied(change);
const isOfCopies = (path: string): boolean => path.split('.')[0] === 'electronicCopies';
const isEmptied = ({ patch }: Change): boolean => Object.keys(patch).length === 0;
const isRemoval = ({ patch }: Change): boolean => patch['state'] === 'purged';
