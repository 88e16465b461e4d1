import { readdirSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { type File, type Suite, startTests, type Task, type VitestRunner } from '@vitest/runner';

export type Outcome = {
  readonly passed: number;
  /** Each failed test or file with the first line of its reason. */
  readonly failures: readonly string[];
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
      retry: 0,
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
  return { passed: countPassed(results), failures: results.flatMap((file) => failuresOf(file, file)) };
}

function countPassed(tasks: readonly Task[]): number {
  return tasks.reduce((sum, task) => {
    if (task.type === 'suite') return sum + countPassed(task.tasks);
    return sum + (task.result?.state === 'pass' ? 1 : 0);
  }, 0);
}

function failuresOf(task: Task | Suite, file: File): string[] {
  const inside = task.type === 'suite' ? task.tasks.flatMap((each) => failuresOf(each, file)) : [];
  // A suite also fails when only its tests do; its own failure is one of a hook or of loading.
  const isOwn = task.result?.state === 'fail' && inside.length === 0;
  const [reason = 'no reason given'] = (task.result?.errors?.[0]?.message ?? '').split('\n');
  return isOwn ? [`${path.basename(file.filepath)} > ${task.name}: ${reason}`] : inside;
}
