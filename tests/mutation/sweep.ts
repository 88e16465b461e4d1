import { startTests, type Task, type Test } from '@vitest/runner';
import { processorTime } from '../processor-time';
import type { SweepOrder } from './order';
import {
  endWith,
  isLostConnection,
  isTimeLimit,
  keepAsked,
  placesOf,
  reasonOf,
  runnerOf,
  tell,
} from './runner';
import type { Switches } from './switches';

/** Slow tests are asked by the judge only, and only about what no quick one misses. */
const quickMs = 3000;
/** Vitest's own repetition does the runs of a test; a run that ends well without an error is its last. */
const manyTimes = 1_000_000;

/** The runs of one test. */
type TestRuns = {
  readonly test: Test;
  /** Groups of checks to switch off together; null before the test has run as it is. */
  waiting: (readonly number[])[] | null;
  /** The check whose loss made the test fail, until the test has passed again. */
  failure: { readonly check: number; readonly reason: string } | null;
  hasPassed: boolean;
  startedAt: number;
};

/**
 * Runs each test as it is and then, in the same process, with all checks off that said no in it. When it fails, the half
 * of them is switched off, and so on down to the single checks that it misses. After such a failure it must pass again
 * with all checks on; otherwise the process is given up, for the failure may come from what was kept of earlier runs.
 */
export async function runSweep(order: SweepOrder, switches: Switches): Promise<void> {
  const settled = new Set(order.skip);
  let places: ReadonlyMap<Task, number> = new Map();
  let runs: TestRuns | null = null;
  const placeOf = (task: Task): number => places.get(task) ?? -1;
  const fail = (task: Task): void =>
    endWith({ kind: 'failed', place: placeOf(task), test: task.name, reason: reasonOf(task) });

  /** Switches off the next group; nothing at first and after a failure. */
  const prepare = (test: Test): void => {
    if (runs?.test !== test) runs = { test, waiting: null, failure: null, startedAt: 0, hasPassed: false };
    runs.hasPassed = false;
    runs.startedAt = processorTime();
    const group = runs.failure === null ? (runs.waiting?.pop() ?? []) : [];
    if (group.length > 0) tell({ kind: 'trying', place: placeOf(test), checks: group });
    switches.off = new Set(group);
    switches.beginTest();
  };

  const groupsOf = (test: Test, ms: number, fired: readonly number[]): (readonly number[])[] => {
    if (ms >= quickMs || order.once.includes(placeOf(test))) return [];
    const open = fired.filter((check) => !settled.has(check));
    if (order.oneByOne.includes(placeOf(test))) return open.map((check) => [check]);
    return open.length > 0 ? [open] : [];
  };

  const afterPass = (test: Test): void => {
    if (runs === null) return;
    runs.hasPassed = true;
    const fired = switches.endTest();
    if (runs.waiting === null) {
      const ms = Math.round(processorTime() - runs.startedAt);
      tell({ kind: 'ran', place: placeOf(test), ms, fired });
      runs.waiting = groupsOf(test, ms, fired);
    }
    if (runs.failure !== null) {
      settled.add(runs.failure.check);
      tell({ kind: 'caught', test: test.name, ...runs.failure });
      runs.failure = null;
    }
    if (runs.waiting.length > 0) throw new Error('once more');
  };

  const afterTry = (test: Test): void => {
    if (runs === null || runs.hasPassed) return;
    switches.endTest();
    const [check, ...others] = switches.off;
    const reason = reasonOf(test);
    if (check === undefined || runs.waiting === null) fail(test);
    else if (others.length > 0) runs.waiting.push(...halves([check, ...others]));
    // What took long or lost its service is left open: perhaps that was the machine.
    else if (!isTimeLimit(reason) && !isLostConnection(reason)) runs.failure = { check, reason };
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

function halves(group: readonly number[]): readonly (readonly number[])[] {
  const middle = Math.ceil(group.length / 2);
  return [group.slice(middle), group.slice(0, middle)];
}
