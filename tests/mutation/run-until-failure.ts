import { readdirSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { startTests, type VitestRunner } from '@vitest/runner';

/** Exit statuses of this program: what became of one version of the code. */
const status = { passed: 0, failed: 9 } as const;

// Runs bundled test files one after the other and stops at the first failure, which is all that is asked here.
const [, , folder = ''] = process.argv;

const runner: VitestRunner = {
  config: {
    root: folder,
    name: 'mutation',
    setupFiles: [],
    passWithNoTests: false,
    testNamePattern: undefined,
    allowOnly: false,
    sequence: { seed: 1, hooks: 'stack', setupFiles: 'list' },
    chaiConfig: undefined,
    maxConcurrency: 1,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    retry: 0,
    includeTaskLocation: false,
    tags: [],
    tagsFilter: undefined,
    strictTags: false,
  },
  importFile: (file) => import(pathToFileURL(file).href),
  onAfterRunTask: (test) => {
    if (test.result?.state === 'fail') end(test.file.name, test.name);
  },
  onAfterRunSuite: (suite) => {
    if (suite.result?.state === 'fail') end(suite.name, 'loading or set-up');
  },
};

function end(file: string, test: string): never {
  process.stdout.write(`\n${JSON.stringify({ file: path.basename(file), test })}\n`);
  process.exit(status.failed);
}

const files = readdirSync(folder).filter((name) => name.endsWith('.test.js'));
for (const name of files.sort()) await startTests([path.join(folder, name)], runner);
process.exit(status.passed);
