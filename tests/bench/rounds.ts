/** One measurement; gives milliseconds. `round` is -1 for the warm-up, then 0, 1, 2 … */
export type Measure = (round: number) => Promise<number>;

/** Milliseconds (or what the row says) of every round, ours and the limit's, taken in turn. */
export type Series = { readonly ours: readonly number[]; readonly limit: readonly number[] };

/** One line of the table: what we measured, beside what it is held against. */
export type Row = Series & {
  readonly what: string;
  /** The plain way of doing the same, which nothing built on it can beat by much. */
  readonly against: string;
  /** Largest ratio of the medians that is still good, or null where none was set. */
  readonly target: number | null;
  /** Milliseconds where nothing is said. */
  readonly unit?: 'MB';
  /** Said under the table: what of the two sides is alike, and what is not. */
  readonly note?: string;
};

/**
 * Measures both sides in turn (A B A B …), so that whatever else the machine does meets both alike.
 * @param warmUp runs each once before, without counting it
 */
export async function alternate(
  rounds: number,
  sides: { readonly ours: Measure; readonly limit: Measure },
  warmUp = true,
): Promise<Series> {
  const ours: number[] = [];
  const limit: number[] = [];
  for (let round = warmUp ? -1 : 0; round < rounds; round += 1) {
    const a = await sides.ours(round);
    const b = await sides.limit(round);
    if (round < 0) continue;
    ours.push(a);
    limit.push(b);
  }
  return { ours, limit };
}

/** Milliseconds that a piece of work takes; the mean of `times` runs one after another. */
export async function timed(work: (time: number) => Promise<unknown>, times = 1): Promise<number> {
  const startedAt = performance.now();
  for (let time = 0; time < times; time += 1) await work(time);
  return (performance.now() - startedAt) / times;
}
