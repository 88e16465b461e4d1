import type { Conflict } from '@shared/schema/books';
import type { Change, Operation } from '@shared/sync/operation';
import { sameJson, valueAt } from '@shared/sync/patch';
import { type Commit, commitsOf, type KeptRow, type ServerState } from '../server/state';

type Stored = { readonly device: string; readonly body: Operation };

/**
 * S3: no value is lost without having been superseded by somebody who saw it. Goes through everything that was ever
 * committed: each value that an operation brought is in the row, or in a conflict beside the one that stood; and it only
 * replaced what its author had seen or had written on the same device.
 */
export function mergingProblems(state: ServerState): readonly string[] {
  const problems: string[] = [];
  const conflicts = new Map<string, Conflict>();
  for (const commit of commitsOf(state)) {
    for (const { before, after } of commit.rows) {
      if (after.coll !== 'conflicts') continue;
      const conflict = after.data as unknown as Conflict;
      conflicts.set(`${conflict.id.slice(0, conflict.id.lastIndexOf(':'))} ${aboutOf(conflict)}`, conflict);
      if (before !== null) problems.push(...changedConflict(before, after));
    }
  }
  for (const commit of commitsOf(state)) problems.push(...problemsOf(commit, state, conflicts));
  return problems;
}

function aboutOf({ coll, entity, field }: Pick<Conflict, 'coll' | 'entity' | 'field'>): string {
  return `${coll}/${entity} ${field}`;
}

/** The two values of a conflict stay as they are, unless what they told of was removed as a secret. */
function changedConflict(before: KeptRow, after: KeptRow): readonly string[] {
  const same = sameJson(before.data['kept'], after.data['kept']);
  const removed = before.data['coll'] === 'intake' && after.data['kept'] === null;
  return (same && sameJson(before.data['lost'], after.data['lost'])) || removed
    ? []
    : [`S3: the values of the conflict ${after.id} were changed`];
}

function problemsOf(
  commit: Commit,
  state: ServerState,
  conflicts: ReadonlyMap<string, Conflict>,
): readonly string[] {
  const problems: string[] = [];
  for (const { before, after } of commit.rows) {
    if (before !== null && after.rev <= before.rev)
      problems.push(`S4: revision of ${after.coll}/${after.id} went from ${before.rev} to ${after.rev}`);
    const stored = state.operations.get(after.op);
    if (stored === undefined || stored.body.command === 'intake.purge') continue;
    const change = stored.body.changes.find(({ coll, id }) => coll === after.coll && id === after.id);
    // The head of a book follows from its numbers, whatever a machine said of it: the rules of numbers hold it.
    if (change === undefined || after.coll === 'books' || isPlaceholder(before)) continue;
    for (const path of Object.keys(change.patch))
      problems.push(...problemsOfValue({ stored, change, path, before, after, conflicts }));
  }
  return problems;
}

function problemsOfValue(about: {
  readonly stored: Stored;
  readonly change: Change;
  readonly path: string;
  readonly before: KeptRow | null;
  readonly after: KeptRow;
  readonly conflicts: ReadonlyMap<string, Conflict>;
}): readonly string[] {
  const { stored, change, path, before, after } = about;
  const { coll, id } = after;
  const key = `${stored.body.op} ${aboutOf({ coll, entity: id, field: path })}`;
  const conflict = about.conflicts.get(key);
  const stamp = before?.stamps[path];
  const foreign = stamp !== undefined && stamp.rev > change.base && stamp.device !== stored.device;
  const present = before === null ? undefined : valueAt(before.data, path);
  const value = change.patch[path];
  if (conflict !== undefined && !foreign) return [`S3: ${key} is in conflict with its own author`];
  if (conflict !== undefined) {
    // What was removed as a secret says nothing any more.
    const kept =
      conflict.kept === null || (sameJson(conflict.lost, value) && sameJson(conflict.kept, present));
    return kept ? [] : [`S3: the conflict of ${key} does not hold both values`];
  }
  if (foreign && !sameJson(present, value)) return [`S3: ${key} overwrote a value that its author never saw`];
  if (sameJson(valueAt(after.data, path), value)) return [];
  return wasRemoved(after) ? [] : [`S3: the value of ${key} is nowhere`];
}

/** A number of a lost machine, until its entry comes in late. */
function isPlaceholder(row: KeptRow | null): boolean {
  return row?.coll === 'numbers' && ['lost-device', 'paper'].includes(String(row.data['status']));
}

/** A removed item keeps nothing of what was noted about it. */
function wasRemoved({ coll, data }: KeptRow): boolean {
  return coll === 'intake' && data['state'] === 'purged';
}
