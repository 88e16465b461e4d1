import { existsSync, readFileSync } from 'node:fs';

/** @typedef {{ passed: number, failed: number }} Counts */

const nothingRan = { passed: 0, failed: 1 };

/**
 * Counts the tests of a Vitest JSON report; a file that could not be loaded counts as one failed test.
 * @returns {Counts}
 */
export function countVitest(file) {
  if (!existsSync(file)) return nothingRan;
  const report = JSON.parse(readFileSync(file, 'utf8'));
  const unloaded = report.testResults.filter(
    (result) =>
      result.status === 'failed' && result.assertionResults.every((test) => test.status !== 'failed'),
  );
  return { passed: report.numPassedTests, failed: report.numFailedTests + unloaded.length };
}

/**
 * Counts the tests of a Playwright JSON report; a test that passed only when repeated counts as failed.
 * @returns {Counts}
 */
export function countPlaywright(file) {
  if (!existsSync(file)) return nothingRan;
  const { stats, errors } = JSON.parse(readFileSync(file, 'utf8'));
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky + errors.length };
}
