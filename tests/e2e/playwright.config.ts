import path from 'node:path';
import { defineConfig } from '@playwright/test';

const results = path.resolve(import.meta.dirname, '../../test-results');

export default defineConfig({
  testDir: '.',
  testMatch: '**/*.spec.ts',
  globalSetup: './sample-province.ts',
  outputDir: path.join(results, 'e2e'),
  // Each test starts its own application; more of them than cores only makes all of them slow.
  workers: 1,
  // Once more on a loaded machine; `npm test` names what passed only then.
  retries: 1,
  timeout: 90_000,
  expect: { timeout: 10_000 },
  forbidOnly: true,
  reporter: [['list'], ['json', { outputFile: path.join(results, 'e2e.json') }]],
});
