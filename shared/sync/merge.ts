import type { Json } from '../schema/values';
import type { Change } from './operation';
import { applyPatch, sameJson, valueAt } from './patch';

/**
 * Who set a path last and at which revision of the row. `at` is what the author's clock said: it orders nothing, and older
 * stamps lack it.
 */
export type FieldStamp = {
  readonly rev: number;
  readonly device: string;
  readonly actor: string;
  readonly at?: string;
};
/** By path. What a row was made with has one stamp in common, under {@link making}: many rows are never changed again. */
export type FieldStamps = Readonly<Record<string, FieldStamp>>;

const making = '';

/** A path that another device had changed since the author's base: the value that stands is kept, the arriving one aside. */
export type LostValue = {
  readonly path: string;
  readonly kept: Json;
  readonly lost: Json;
  readonly keptBy: string;
  readonly lostBy: string;
  /** When each was written, by the clock of its author; '' where that is not known. */
  readonly keptAt: string;
  readonly lostAt: string;
};

export type MergeResult = {
  readonly data: Record<string, unknown>;
  readonly stamps: FieldStamps;
  readonly rev: number;
  readonly lost: readonly LostValue[];
};

/**
 * Merges one change into the server's row, path by path. A path that ANOTHER device changed after `change.base`
 * keeps the value that is already there, and the arriving value goes to `lost`; an own earlier write is never a
 * conflict with oneself. Equal values are no conflict.
 */
export function mergeChange(
  current: {
    readonly data: Readonly<Record<string, unknown>>;
    readonly stamps: FieldStamps;
    readonly rev: number;
  },
  change: Change,
  author: { readonly device: string; readonly actor: string; readonly at: string },
): MergeResult {
  const rev = current.rev + 1;
  const own: FieldStamp = { rev, ...author };
  const isNew = current.rev === 0;
  const stamps: Record<string, FieldStamp> = isNew ? { [making]: own } : { ...current.stamps };
  const accepted: Record<string, Json> = {};
  const lost: LostValue[] = [];
  for (const [path, value] of Object.entries(change.patch)) {
    const present = valueAt(current.data, path);
    const stamp = current.stamps[path] ?? (present === undefined ? undefined : current.stamps[making]);
    const foreign = stamp !== undefined && stamp.rev > change.base && stamp.device !== author.device;
    if (foreign && !sameJson(present, value)) {
      lost.push({
        path,
        kept: (present ?? null) as Json,
        lost: value,
        keptBy: stamp.actor,
        lostBy: author.actor,
        keptAt: stamp.at ?? '',
        lostAt: author.at,
      });
      continue;
    }
    accepted[path] = value;
    if (!isNew) stamps[path] = own;
  }
  return { data: applyPatch(current.data, accepted), stamps, rev, lost };
}
