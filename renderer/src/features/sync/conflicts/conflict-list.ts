import type { Stored } from '@shared/domain/plan';
import { filterByText } from '../../../ui';

export const conflictChips = ['open', 'decided'] as const;
export type ConflictChip = (typeof conflictChips)[number];

type Conflict = Stored<'conflicts'>;

const most = 5_000;

/** The conflicts of a chip that answer what was typed, the newest first. */
export function shownConflicts(
  conflicts: readonly Conflict[],
  chip: ConflictChip,
  text: string,
  textOf: (conflict: Conflict) => string,
): readonly Conflict[] {
  const wanted = conflicts.filter(({ decision }) => (decision === '') === (chip === 'open'));
  return text.trim() === '' ? wanted : filterByText(wanted, textOf, text, most);
}

/** Where the cursor stands: on its conflict, or on the one that took its place when that has left the list. */
export function conflictAt(
  shown: readonly Conflict[],
  cursor: { readonly id: string; readonly index: number },
): Conflict | null {
  const last = shown.length - 1;
  return shown.find(({ id }) => id === cursor.id) ?? shown[Math.min(cursor.index, last)] ?? null;
}
