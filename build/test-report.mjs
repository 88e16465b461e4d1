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
 * Counts the tests that ran inside Electron, in its main process and in a helper process.
 * @returns {Counts & { failures: readonly string[] }} each failure with the process and the test
 */
export function countInsideElectron(file) {
  if (!existsSync(file)) return { ...nothingRan, failures: [] };
  const outcomes = Object.entries(JSON.parse(readFileSync(file, 'utf8')));
  const failures = outcomes.flatMap(([name, outcome]) => outcome.failures.map((test) => `${name}: ${test}`));
  const passed = outcomes.reduce((sum, [, outcome]) => sum + outcome.passed, 0);
  return { passed, failed: failures.length, failures };
}

/**
 * Counts the tests of a Playwright JSON report. A test that passed only when repeated counts as passed, since real
 * windows on a loaded machine now and then miss a moment, but it is named: somebody has to look at it.
 * @returns {Counts & { repeated: readonly string[] }}
 */
export function countPlaywright(file) {
  if (!existsSync(file)) return { ...nothingRan, repeated: [] };
  const { stats, errors, suites } = JSON.parse(readFileSync(file, 'utf8'));
  const repeated = suites
    .flatMap(specsOf)
    .filter((spec) => spec.tests.some(({ status }) => status === 'flaky'));
  return {
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected + errors.length,
    repeated: repeated.map((spec) => `${spec.file}: ${spec.title}`),
  };
}

function specsOf(suite) {
  return [...(suite.specs ?? []), ...(suite.suites ?? []).flatMap(specsOf)];
}
