import { startTests, type Task, type Test } from '@vitest/runner';
import type { SweepOrder } from './order';
import { endWith, isTimeLimit, keepAsked, placesOf, reasonOf, runnerOf, tell } from './runner';
import type { Switches } from './switches';

/** In so many tests of a file a check is tried; who reads the summary may ask for all. */
const maxTries = 8;
/** Vitest's own repetition does the runs of a test; the check ends it. */
const manyTimes = 1_000_000;

/**
 * Runs each test as it is and then, in the same process, with each check off that said no in it. After a failure it must
 * pass again with all checks on; otherwise the process is given up, for the failure may come from what was kept of
 * earlier runs.
 */
export async function runSweep(order: SweepOrder, switches: Switches): Promise<void> {
  const done = new Set(order.skip);
  const tries = new Map<number, number>();
  let places: ReadonlyMap<Task, number> = new Map();
  let run: TestRun | null = null;
  const placeOf = (task: Task): number => places.get(task) ?? -1;
  const fail = (task: Task): void =>
    endWith({ kind: 'failed', place: placeOf(task), test: task.name, reason: reasonOf(task) });

  /** What to switch off in the next run; null for nothing. */
  const prepare = (test: Test): void => {
    if (run?.test !== test) run = { test, waiting: null, failure: null, startedAt: 0, hasPassed: false };
    run.hasPassed = false;
    run.startedAt = performance.now();
    switches.off = run.failure === null ? (run.waiting?.shift() ?? null) : null;
    if (switches.off !== null) {
      tries.set(switches.off, (tries.get(switches.off) ?? 0) + 1);
      tell({ kind: 'trying', place: placeOf(test), check: switches.off });
    }
    switches.beginTest();
  };

  const afterPass = (test: Test): void => {
    if (run === null) return;
    run.hasPassed = true;
    const fired = switches.endTest();
    if (run.waiting === null) {
      const ms = Math.round(performance.now() - run.startedAt);
      tell({ kind: 'ran', place: placeOf(test), ms, fired });
      run.waiting = order.once.includes(placeOf(test)) ? [] : fired.filter((check) => isWorthTrying(check));
    }
    if (run.failure !== null) {
      done.add(run.failure.check);
      tell({ kind: 'caught', test: test.name, ...run.failure });
      run.failure = null;
    }
    if (run.waiting.length > 0) throw new Error('once more');
  };

  const isWorthTrying = (check: number): boolean => !done.has(check) && (tries.get(check) ?? 0) < maxTries;

  const afterTry = (test: Test): void => {
    if (run === null || run.hasPassed) return;
    switches.endTest();
    const check = switches.off;
    const reason = reasonOf(test);
    if (check === null) fail(test);
    // Perhaps the machine was busy: it stays open, and is judged by itself afterwards.
    else if (!isTimeLimit(reason)) run.failure = { check, reason };
    switches.off = null;
  };

  const runner = runnerOf(order.file, {
    onCollected: (files) => {
      places = placesOf(files);
      for (const each of files) keepAsked(each, (test) => placeOf(test) >= order.from);
      for (const test of places.keys()) test.retry = manyTimes;
    },
    onBeforeTryTask: (test) => prepare(test as Test),
    onAfterTryTask: (test) => afterPass(test as Test),
    onAfterRetryTask: (test) => afterTry(test as Test),
    onAfterRunSuite: (suite) => {
      if (suite.result?.state === 'fail') fail(suite);
    },
  });
  await startTests([order.file], runner);
  endWith({ kind: 'end', outside: [...switches.outside] });
}

/** The runs of one test. */
type TestRun = {
  readonly test: Test;
  /** The checks to try; null before the test has run as it is. */
  waiting: number[] | null;
  /** The check whose loss made the test fail, until it has passed again. */
  failure: { readonly check: number; readonly reason: string } | null;
  hasPassed: boolean;
  startedAt: number;
};
