import type { Conflict } from '@shared/schema/books';
import type { Operation } from '@shared/sync/operation';
import { sameJson, valueAt } from '@shared/sync/patch';
import { type Commit, commitsOf, type KeptRow, type ServerState, type WrittenRow } from '../server/state';

/** An operation and the device that sent it. */
type Taken = { readonly device: string; readonly body: Operation };

/**
 * S3: no value is lost without having been superseded by somebody who saw it. Goes through everything that was ever
 * committed: each value that an operation brought is in the row, or in a conflict beside the one that stood; and it only
 * replaced what its author had seen or had written on the same device.
 */
export function mergingProblems(state: ServerState): readonly string[] {
  const problems: string[] = [];
  const conflicts = new Map<string, Conflict>();
  const commits = commitsOf(state);
  for (const { before, after } of commits.flatMap(({ rows }) => rows)) {
    if (after.coll !== 'conflicts') continue;
    const conflict = after.data as unknown as Conflict;
    conflicts.set(nameOf(conflict.id.slice(0, conflict.id.lastIndexOf(':')), conflict), conflict);
    if (before !== null) problems.push(...changedConflict(before, after));
  }
  for (const commit of commits) {
    const taken = acceptedIn(commit, state);
    for (const row of commit.rows) problems.push(...problemsOfRow(row, taken, conflicts));
  }
  return problems;
}

function nameOf(op: string, { coll, entity, field }: Pick<Conflict, 'coll' | 'entity' | 'field'>): string {
  return `${op} ${coll}/${entity} ${field}`;
}

/** The two values of a conflict stay as they are, unless what they told of was removed as a secret. */
function changedConflict(before: KeptRow, after: KeptRow): readonly string[] {
  const same = sameJson(before.data['kept'], after.data['kept']);
  const removed = before.data['coll'] === 'intake' && after.data['kept'] === null;
  return (same && sameJson(before.data['lost'], after.data['lost'])) || removed
    ? []
    : [`S3: the values of the conflict ${after.id} were changed`];
}

/** What a transaction took in and did not refuse. A removal holds whatever was noted meanwhile. */
function acceptedIn({ operations }: Commit, state: ServerState): readonly Taken[] {
  return operations.flatMap((op) => {
    const stored = state.operations.get(op);
    const accepted = stored !== undefined && stored.result.status !== 'rejected';
    return accepted && stored.body.command !== 'intake.purge' ? stored : [];
  });
}

function problemsOfRow(
  { before, after }: WrittenRow,
  taken: readonly Taken[],
  conflicts: ReadonlyMap<string, Conflict>,
): readonly string[] {
  const problems: string[] = [];
  if (before !== null && after.rev <= before.rev)
    problems.push(`S4: revision of ${after.coll}/${after.id} went from ${before.rev} to ${after.rev}`);
  // The head of a book follows from its numbers, whatever a machine said of it: the rules of numbers hold it.
  if (after.coll === 'books' || isPlaceholder(before)) return problems;
  const written = new Map<string, unknown>();
  for (const { device, body } of taken) {
    const change = body.changes.find(({ coll, id }) => coll === after.coll && id === after.id);
    for (const [field, value] of Object.entries(change?.patch ?? {})) {
      const name = nameOf(body.op, { coll: after.coll, entity: after.id, field });
      const stamp = written.has(field) ? undefined : before?.stamps[field];
      const foreign = stamp !== undefined && stamp.rev > (change?.base ?? 0) && stamp.device !== device;
      const present = written.has(field) ? written.get(field) : before && valueAt(before.data, field);
      const conflict = conflicts.get(name);
      if (conflict === undefined && foreign && !sameJson(present, value))
        problems.push(`S3: ${name} overwrote a value that its author never saw, or is nowhere`);
      if (conflict === undefined) written.set(field, value);
      else problems.push(...problemsOfConflict(name, conflict, foreign, [present, value]));
    }
  }
  return [...problems, ...missingValues(after, written)];
}

function problemsOfConflict(
  name: string,
  { kept, lost }: Conflict,
  foreign: boolean,
  values: readonly unknown[],
): readonly string[] {
  if (!foreign) return [`S3: ${name} is in conflict with its own author`];
  // What was removed as a secret says nothing any more.
  const holds = kept === null || (sameJson(kept, values[0]) && sameJson(lost, values[1]));
  return holds ? [] : [`S3: the conflict of ${name} does not hold both values`];
}

/** What was written and not set aside must stand in the row, unless the item was removed as a secret. */
function missingValues(after: KeptRow, written: ReadonlyMap<string, unknown>): readonly string[] {
  if (after.coll === 'intake' && after.data['state'] === 'purged') return [];
  return [...written]
    .filter(([field]) => ![...written.keys()].some((other) => other.startsWith(`${field}.`)))
    .filter(([field, value]) => !sameJson(valueAt(after.data, field), value) && !isServers(after, field))
    .map(([field]) => `S3: the value of ${after.coll}/${after.id} ${field} is nowhere`);
}

/** The server itself notes how a document fares at its receivers. */
function isServers({ coll }: KeptRow, field: string): boolean {
  return coll === 'outgoing' && field === 'deliveries';
}

/** A number of a lost machine, until its entry comes in late. */
function isPlaceholder(row: KeptRow | null): boolean {
  return row?.coll === 'numbers' && ['lost-device', 'paper'].includes(String(row.data['status']));
}
