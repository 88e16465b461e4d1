/** What the command asks of a process that runs one file of tests, and what the process tells while it does. */
export type Order = TrialOrder | SweepOrder;

/** Runs some tests with one check switched off, or none, up to the first failure. */
export type TrialOrder = {
  readonly kind: 'trial';
  readonly file: string;
  readonly off: number | null;
  /** The places of the tests in the file; null for all. */
  readonly only: readonly number[] | null;
};

/** Runs each test as it is, and then again with checks off that said no in it. */
export type SweepOrder = {
  readonly kind: 'sweep';
  readonly file: string;
  /** The place to begin at, after a process had to be given up. */
  readonly from: number;
  /** Checks that need no more trying, here or at all. */
  readonly skip: readonly number[];
  /** Places of tests that cannot be run twice in one process. */
  readonly once: readonly number[];
  /** Places of tests in which a group of checks ran for ever. */
  readonly oneByOne: readonly number[];
};

export type Told =
  /** The checks that said no in a test that was run as it is, and the milliseconds of work that it cost. */
  | { readonly kind: 'ran'; readonly place: number; readonly ms: number; readonly fired: readonly number[] }
  | { readonly kind: 'trying'; readonly place: number; readonly checks: readonly number[] }
  | { readonly kind: 'caught'; readonly check: number; readonly test: string; readonly reason: string }
  /** A test fails on the code as it is, perhaps only since something was switched off before. */
  | { readonly kind: 'failed'; readonly place: number; readonly test: string; readonly reason: string }
  /** The end, with the checks that said no while the file was loaded and set up. */
  | { readonly kind: 'end'; readonly outside: readonly number[] };
