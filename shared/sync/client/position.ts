import type { AnsweredMark } from './answered-marks';
import type { StateTable } from './local-database';
import type { AnyRow } from './local-row';

/** How far one bucket has been read. */
export type BucketPosition = {
  readonly next: number;
  /** Number of this reading from the start; every row carries the pass that gave it last. */
  readonly pass: number;
  /** Rows of an earlier pass may be left: those that this pass has not given again go when it has come to the end. */
  readonly sweep: boolean;
};

/**
 * What this device has read from which history of which server. ONE value, so that a change of server, epoch or layout
 * and the cursors that belong to it can never come apart.
 */
export type Position = {
  readonly serverId: string;
  readonly epoch: string;
  readonly generation: string;
  readonly buckets: Readonly<Record<string, BucketPosition>>;
  readonly lastPass: number;
  /** The first pass of the present epoch. */
  readonly epochPass: number;
  /** Every operation up to this number is contained in the stored rows. */
  readonly confirmed: number;
  /** Highest operation number that the server has been heard to hold of this device. */
  readonly served: number;
  /** What the server of this history has answered without a refusal; never beyond `served`. */
  readonly answered: readonly AnsweredMark[];
};

/** Under which name the position is kept. */
export const positionKey = 'position';

const nowhere: Position = {
  serverId: '',
  epoch: '',
  generation: '',
  buckets: {},
  lastPass: 0,
  epochPass: 1,
  confirmed: 0,
  served: 0,
  answered: [],
};

/** The stored position; one of another generation keeps all but its cursors. */
export async function readPosition(state: StateTable, generation: string): Promise<Position> {
  const known = (await state.get(positionKey)) as Position | undefined;
  // Profiles of earlier versions have no marks: each entry says itself what became of it.
  const stored = known === undefined ? await positionOfFirstVersion(state) : { ...nowhere, ...known };
  return stored.generation === generation ? stored : { ...stored, generation, buckets: {} };
}

export function writePosition(state: StateTable, position: Position): Promise<void> {
  return state.set(positionKey, position);
}

/** The position with every named bucket that it does not know yet at the start of its first pass. */
export function withBuckets(position: Position, names: readonly string[]): Position {
  const added = names.filter((name) => position.buckets[name] === undefined);
  return added.reduce((before, name) => startOver(before, name), position);
}

/** The position with a bucket at the start of a new pass. */
export function startOver(position: Position, bucket: string): Position {
  const pass = position.lastPass + 1;
  const sweep = position.buckets[bucket] !== undefined;
  return {
    ...position,
    lastPass: pass,
    buckets: { ...position.buckets, [bucket]: { next: 0, pass, sweep } },
  };
}

/**
 * The position at the beginning of another history: everything is read again, and what it does not have goes. Until that
 * is done no row is known to contain any work of ours (its own `through` says what a row contains).
 */
export function inEpoch(position: Position, serverId: string, epoch: string, lastN: number): Position {
  const began: Position = {
    ...position,
    serverId,
    epoch,
    confirmed: 0,
    served: lastN,
    answered: [],
    epochPass: position.lastPass + 1,
  };
  return Object.keys(position.buckets).reduce((before, bucket) => startOver(before, bucket), began);
}

export function withBucket(position: Position, bucket: string, change: Partial<BucketPosition>): Position {
  const known = position.buckets[bucket];
  if (known === undefined) return position;
  return { ...position, buckets: { ...position.buckets, [bucket]: { ...known, ...change } } };
}

export function withoutBucket(position: Position, bucket: string): Position {
  const { [bucket]: _dropped, ...buckets } = position.buckets;
  return { ...position, buckets };
}

/** Where each bucket is to be read on. */
export function cursorsOf({ buckets }: Position): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.entries(buckets).map(([bucket, { next }]) => [bucket, next]));
}

/** Whether a bucket gave this row in an earlier pass only. */
export function isLeftOver({ origin }: AnyRow, bucket: string, pass: number): boolean {
  const given = origin?.buckets[bucket];
  return given !== undefined && given < pass;
}

/** Profiles of the first version kept server, confirmed number and counter as values of their own. */
async function positionOfFirstVersion(state: StateTable): Promise<Position> {
  const identity = (await state.get('identity')) as
    | { readonly serverId: string; readonly epoch: string }
    | undefined;
  if (identity === undefined) return nowhere;
  const confirmed = ((await state.get('confirmed')) as number | undefined) ?? 0;
  const counter = ((await state.get('counter')) as number | undefined) ?? 0;
  return { ...nowhere, ...identity, confirmed, served: Math.max(confirmed, counter) };
}
