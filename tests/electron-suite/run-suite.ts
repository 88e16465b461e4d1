import { readdirSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { type File, startTests, type Task, type Test, type VitestRunner } from '@vitest/runner';

export type Outcome = {
  readonly passed: number;
  /** Each failed test or file with the first line of its reason. */
  readonly failures: readonly string[];
  /** Each test that passed only the second time, with the first line of why it failed before. */
  readonly repeated: readonly string[];
};

const limits = { testTimeout: 120_000, hookTimeout: 180_000 };

/**
 * Runs the bundled test files of a folder in this very process, one after the other, with Vitest's own runner. A file
 * that cannot be loaded is a failure.
 */
export async function runSuite(folder: string): Promise<Outcome> {
  const files = readdirSync(folder).filter((name) => name.endsWith('.test.js'));
  const runner: VitestRunner = {
    config: {
      root: folder,
      name: 'electron',
      setupFiles: [],
      passWithNoTests: false,
      testNamePattern: undefined,
      allowOnly: false,
      sequence: { seed: 1, hooks: 'stack', setupFiles: 'list' },
      chaiConfig: undefined,
      maxConcurrency: 1,
      // As in the other stages: once more on a loaded machine.
      retry: 1,
      includeTaskLocation: false,
      tags: [],
      tagsFilter: undefined,
      strictTags: false,
      ...limits,
    },
    importFile: (file) => import(pathToFileURL(file).href),
  };
  const results = await startTests(
    files.sort().map((name) => path.join(folder, name)),
    runner,
  );
  const failures = results.flatMap((file) => failuresOf(file, file));
  const tests = results.flatMap(testsOf);
  const passed = tests.filter(({ result }) => result?.state === 'pass');
  const repeated = passed.filter(({ result }) => (result?.retryCount ?? 0) > 0);
  return { passed: passed.length, failures, repeated: repeated.map((test) => lineOf(test, test.file)) };
}

function testsOf(task: Task): Test[] {
  return task.type === 'suite' ? task.tasks.flatMap(testsOf) : [task];
}

function failuresOf(task: Task, file: File): string[] {
  const inside = task.type === 'suite' ? task.tasks.flatMap((each) => failuresOf(each, file)) : [];
  // A suite also fails when only its tests do; its own failure is one of a hook or of loading.
  const isOwn = task.result?.state === 'fail' && inside.length === 0;
  return isOwn ? [lineOf(task, file)] : inside;
}

function lineOf(task: Task, file: File): string {
  const [reason = 'no reason given'] = (task.result?.errors?.[0]?.message ?? '').split('\n');
  return `${path.basename(file.filepath)} > ${task.name}: ${reason}`;
}
