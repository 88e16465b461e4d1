import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { File, Task, Test, VitestRunner } from '@vitest/runner';
import type { Told } from './order';

const limits = { testTimeout: 120_000, hookTimeout: 180_000 };

/** What every way of running needs: the settings, and files that are imported as they are. */
export function runnerOf(file: string, hooks: Partial<VitestRunner>): VitestRunner {
  return {
    config: {
      root: path.dirname(file),
      name: 'mutation',
      setupFiles: [],
      passWithNoTests: false,
      testNamePattern: undefined,
      allowOnly: false,
      sequence: { seed: 1, hooks: 'stack', setupFiles: 'list' },
      chaiConfig: undefined,
      maxConcurrency: 1,
      retry: 0,
      includeTaskLocation: false,
      tags: [],
      tagsFilter: undefined,
      strictTags: false,
      ...limits,
    },
    importFile: (path) => import(pathToFileURL(path).href),
    ...hooks,
  };
}

/** The tests of the files with their places. */
export function placesOf(files: readonly File[]): ReadonlyMap<Task, number> {
  return new Map(files.flatMap(testsOf).map((test, place) => [test, place]));
}

function testsOf(task: Task): Test[] {
  return task.type === 'suite' ? task.tasks.flatMap(testsOf) : [task];
}

/** Skips what is not asked for, and suites of which nothing is left, with their set-up. */
export function keepAsked(task: Task, isAsked: (test: Test) => boolean): boolean {
  const isKept =
    task.type === 'suite' ? task.tasks.map((each) => keepAsked(each, isAsked)).includes(true) : isAsked(task);
  if (!isKept) task.mode = 'skip';
  return isKept;
}

/** Why a task failed last. */
export function reasonOf(task: Task): string {
  return task.result?.errors?.at(-1)?.message ?? 'no reason given';
}

/** True for a reason that says only that a test took long. */
export const isTimeLimit = (reason: string): boolean => /^(Test|Hook) timed out in/.test(reason);

/** True for a connection that was lost: a service may close it between two runs of a test in one process. */
export const isLostConnection = (reason: string): boolean => reason.startsWith('SERVICE_UNREACHABLE: E');

let hasEnded = false;

/** Tells the command something, up to the last word. */
export function tell(told: Told): void {
  if (!hasEnded) process.send?.(told);
}

/** The last word of this process. */
export function endWith(told: Told): void {
  if (!hasEnded) process.send?.(told, () => process.exit(0));
  hasEnded = true;
}
