import { existsSync, readFileSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';

/**
 * What became of the tests of a stage. Failures and repetitions are lines of the form "file > test: first line of the
 * reason". A test that passed only when repeated counts as passed, since real processes on a loaded machine now and
 * then miss a moment, but it is named: somebody has to look at it.
 * @typedef {{ passed: number, failures: readonly string[], repeated: readonly string[] }} Outcome
 */

/** @type {Outcome} */
const nothingRan = { passed: 0, failures: ['the runner left no report'], repeated: [] };

/** Reads what vitest-report.mjs wrote. @returns {Outcome} */
export function readVitest(file) {
  return existsSync(file) ? read(file) : nothingRan;
}

/** Reads what became of the tests inside Electron, in its main process and in a helper process. @returns {Outcome} */
export function readInsideElectron(file) {
  if (!existsSync(file)) return nothingRan;
  const outcomes = Object.entries(read(file));
  const lines = (kind) =>
    outcomes.flatMap(([name, each]) => each[kind].map((line) => `${name} process: ${line}`));
  return {
    passed: outcomes.reduce((sum, [, { passed }]) => sum + passed, 0),
    failures: lines('failures'),
    repeated: lines('repeated'),
  };
}

/** Reads the JSON report of Playwright. @returns {Outcome} */
export function readPlaywright(file) {
  if (!existsSync(file)) return nothingRan;
  const { stats, errors, suites } = read(file);
  const specs = suites.flatMap(specsOf);
  const lines = (status) =>
    specs
      .flatMap((spec) => spec.tests.map((test) => ({ spec, test })))
      .filter(({ test }) => test.status === status)
      .map(({ spec, test }) => `${spec.file} > ${spec.title}: ${reasonOf(test)}`);
  return {
    passed: stats.expected + stats.flaky,
    failures: [
      ...lines('unexpected'),
      ...errors.map(({ message }) => `outside of any test: ${firstLine(message)}`),
    ],
    repeated: lines('flaky'),
  };
}

/** The first line of a reason, as plain text of a bearable length. */
export function firstLine(message) {
  const plain = stripVTControlCharacters(message ?? '');
  return (
    plain
      .split('\n')
      .find((line) => line.trim() !== '')
      ?.trim()
      .slice(0, 300) ?? 'no reason given'
  );
}

function specsOf(suite) {
  return [...(suite.specs ?? []), ...(suite.suites ?? []).flatMap(specsOf)];
}

function reasonOf(test) {
  const failed = test.results.find(({ status }) => status !== 'passed' && status !== 'skipped');
  return firstLine(failed?.error?.message ?? failed?.status);
}

const read = (file) => JSON.parse(readFileSync(file, 'utf8'));
