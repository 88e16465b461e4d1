import { deliveredId } from '@shared/domain/exchange';
import { standsInRegister } from '@shared/domain/removal';
import { AppError } from '@shared/result/result';
import type { Conflict } from '@shared/schema/books';
import type { IntakeItem } from '@shared/schema/documents';
import type { Change, Operation } from '@shared/sync/operation';
import { sameJson } from '@shared/sync/patch';
import type { Rows } from './settled';

// jsonb holds neither U+0000 nor half a surrogate pair.
const isUnstorable = (text: string) => text.includes('\0') || !text.isWellFormed();

/** INVALID_INPUT for text that no database can keep. */
export function checkText(value: unknown): void {
  if (typeof value === 'string') {
    if (isUnstorable(value)) throw new AppError('INVALID_INPUT', 'text');
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, part] of Object.entries(value)) {
      checkText(key);
      checkText(part);
    }
  }
}

/** A document begins at the beginning: nothing is created signed, numbered, published or as if it had been sent. */
export function checkBeginning(change: Change): void {
  if (!change.create) return;
  const { patch } = change;
  const starts =
    change.coll === 'outgoing'
      ? patch['state'] === 'draft' &&
        patch['number'] === 0 &&
        patch['bookId'] === '' &&
        sameJson(patch['deliveries'], {})
      : change.coll === 'meetings'
        ? patch['state'] === 'preparing'
        : change.coll === 'incoming'
          ? patch['state'] === 'registered' &&
            patch['exchangeFrom'] === '' &&
            patch['exchangeOutgoing'] === ''
          : change.coll === 'intake'
            ? patch['state'] === 'waiting' || patch['state'] === 'purged'
            : true;
  if (!starts) throw new AppError('WRONG_STATE', change.coll);
}

/** WRONG_STATE for the removal of an item that is not there, or that stands in the register. */
export function checkRemoval({ command, changes }: Operation, rows: Rows): void {
  if (command !== 'intake.purge') return;
  for (const { coll, id } of changes) {
    const row = rows(coll, id);
    if (row === null || standsInRegister(row as unknown as IntakeItem)) throw new AppError('WRONG_STATE', id);
  }
}

/** Where an exchanged document came from is the server's to say. */
export function checkExchangeFields(change: Change): void {
  if (change.create || change.coll !== 'incoming') return;
  if (['exchangeFrom', 'exchangeOutgoing'].some((field) => field in change.patch)) {
    throw new AppError('FORBIDDEN', 'exchange');
  }
}

/** Deciding a conflict may set the very field that was in conflict, and only to one of its two values. */
export function checkDecision(operation: Operation, rows: Rows): void {
  if (operation.command !== 'conflict.decide') return;
  const conflicts = operation.changes
    .filter((change) => change.coll === 'conflicts')
    .map((change) => rows('conflicts', change.id) as Conflict | null);
  for (const change of operation.changes) {
    if (change.coll === 'conflicts') continue;
    for (const [path, value] of Object.entries(change.patch)) {
      const decided = conflicts.some(
        (conflict) =>
          conflict !== null &&
          conflict.coll === change.coll &&
          conflict.entity === change.id &&
          conflict.field === path &&
          (sameJson(conflict.lost, value) || sameJson(conflict.kept, value)),
      );
      if (!decided) throw new AppError('NOT_ALLOWED', path);
    }
  }
}

/** Whether an incoming row really is the one that the server delivered for the outgoing document it names. */
export function isDelivered(incoming: {
  readonly id: string;
  readonly unit: string;
  readonly exchangeOutgoing: string;
}): boolean {
  return (
    incoming.exchangeOutgoing !== '' && incoming.id === deliveredId(incoming.exchangeOutgoing, incoming.unit)
  );
}
