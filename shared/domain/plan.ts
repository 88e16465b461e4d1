import type { Person } from '../schema/people';
import type { CollectionName, RowOf } from '../schema/rows';
import type { HistoryEntry, Json } from '../schema/values';
import type { Change } from '../sync/operation';
import { sameJson } from '../sync/patch';
import type { CommandName } from './command-table';

/** A row as the local database holds it: `rev` is the server's revision, 0 while only this device knows the row. */
export type Stored<C extends CollectionName> = RowOf<C> & { readonly rev: number };

/** What a command wants to write, before it becomes an operation with a number. */
export type Plan = { readonly command: CommandName; readonly changes: readonly Change[] };

/** What rules need from outside: who acts, on which device, when (ISO, +07:00), and fresh identifiers. */
export type Context = {
  readonly person: Person;
  readonly device: string;
  readonly now: string;
  readonly newId: () => string;
};

/** A change that makes a new row. */
export function createRow<C extends CollectionName>(coll: C, row: RowOf<C>): Change {
  return { coll, id: row.id, base: 0, create: true, patch: row as unknown as Record<string, Json> };
}

/** A change that sets some paths of a stored row. */
export function patchRow<C extends CollectionName>(
  coll: C,
  row: Stored<C>,
  patch: Partial<RowOf<C>> | Readonly<Record<string, Json>>,
): Change {
  return { coll, id: row.id, base: row.rev, create: false, patch: patch as Record<string, Json> };
}

/**
 * Those fields of a form that are to become something else than they were when it was opened. What a person left as it was
 * is no change: what a colleague writes there meanwhile stays, and nobody has to decide between the two.
 */
export function changedFields<Form extends object>(opened: object, form: Form): Partial<Form> {
  const before = opened as Readonly<Record<string, unknown>>;
  const changed = Object.entries(form).filter(([field, value]) => !sameJson(before[field], value));
  return Object.fromEntries(changed) as Partial<Form>;
}

/** One entry for the append-only history of a row, as a patch path and its value. */
export function historyPatch(context: Context, what: string, detail = ''): Record<string, HistoryEntry> {
  return { [`history.${context.newId()}`]: { by: context.person.id, at: context.now, what, detail } };
}

/** Sort key that puts the newest first in an ascending index (Dexie has no descending cursor). */
export function newestFirst(iso: string): number {
  return 9_999_999_999_999 - Date.parse(iso);
}

/** The time (milliseconds since 1970) of which {@link newestFirst} made a sort key. */
export function timeOfKey(key: number): number {
  return 9_999_999_999_999 - key;
}
