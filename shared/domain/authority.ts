import type { ErrorCode } from '../result/codes';
import type { Person } from '../schema/people';
import { rowSchemas } from '../schema/rows';
import type { Change, Operation } from '../sync/operation';
import { splitPath } from '../sync/patch';
import { type CommandRule, commandTable, type Touch } from './command-table';

/** A row as the checker sees it before the operation, or null when it does not exist yet. */
export type RowLookup = (coll: Change['coll'], id: string) => Readonly<Record<string, unknown>> | null;

/**
 * Whether a person of a unit may do this operation to these rows: role, unit, fields and states by the command table.
 * The client asks before it writes, the server before it accepts. Gives null when allowed, otherwise the error code.
 * Numbers of books are checked besides by `checkEntry`.
 */
export function refusalOf(
  operation: { readonly command: Operation['command']; readonly changes: readonly Change[] },
  actor: Person | null,
  unit: string,
  lookup: RowLookup,
): ErrorCode | null {
  const rule: CommandRule = commandTable[operation.command];
  if (actor === null || !actor.active || actor.unit !== unit) return 'FORBIDDEN';
  if (!actor.roles.some((role) => rule.roles.includes(role))) return 'NOT_ALLOWED';
  for (const change of operation.changes) {
    const touch = rule.touches[change.coll];
    if (touch === undefined) return 'NOT_ALLOWED';
    const refusal = refusalOfChange(change, touch, unit, lookup(change.coll, change.id));
    if (refusal !== null) return refusal;
  }
  return null;
}

function refusalOfChange(
  change: Change,
  touch: Touch,
  unit: string,
  row: Readonly<Record<string, unknown>> | null,
): ErrorCode | null {
  if (change.create) {
    if (touch.create !== true) return 'NOT_ALLOWED';
    if (row !== null && touch.replaces?.(row) !== true) return 'NUMBER_TAKEN';
    if (change.patch['unit'] !== unit || change.patch['id'] !== change.id) return 'FORBIDDEN';
    return rowSchemas[change.coll].safeParse(change.patch).success ? null : 'INVALID_INPUT';
  }
  if (row === null) return 'NOT_FOUND';
  if (row['unit'] !== unit) return 'FORBIDDEN';
  if (touch.from !== undefined && !touch.from.includes(String(row['state']))) return 'WRONG_STATE';
  return refusalOfFields(Object.keys(change.patch), touch);
}

function refusalOfFields(paths: readonly string[], touch: Touch): ErrorCode | null {
  for (const path of paths) {
    const { field } = splitPath(path);
    if (field === 'id' || field === 'unit') return 'FORBIDDEN';
    if (touch.fields !== 'all' && !touch.fields.includes(field)) return 'NOT_ALLOWED';
  }
  return null;
}
