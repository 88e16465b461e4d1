import { writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { firstLine } from './test-report.mjs';

/**
 * A reporter for Vitest that writes an `Outcome` (test-report.mjs) into the file named by CV_TEST_REPORT. Unlike the
 * JSON reporter it knows what was repeated, which hook failed, and errors that belong to no test.
 */
export default class OutcomeReporter {
  onTestRunEnd(modules, strayErrors) {
    const outcome = { passed: 0, failures: [], repeated: [] };
    for (const module of modules) {
      addOwnErrors(outcome, module);
      for (const suite of module.children.allSuites()) addOwnErrors(outcome, suite);
      for (const test of module.children.allTests()) addTest(outcome, test);
    }
    for (const error of strayErrors)
      outcome.failures.push(`outside of any test: ${firstLine(error.message)}`);
    writeFileSync(process.env.CV_TEST_REPORT, JSON.stringify(outcome));
  }
}

function addTest(outcome, test) {
  const { state, errors = [] } = test.result();
  if (state === 'passed') outcome.passed += 1;
  // What passed in the end still holds the errors of its first attempt.
  const line = `${nameOf(test)}: ${firstLine(errors[0]?.message)}`;
  if (state === 'failed') outcome.failures.push(line);
  else if (test.diagnostic()?.flaky) outcome.repeated.push(line);
}

/** Errors of loading and of hooks, which no test has. */
function addOwnErrors(outcome, part) {
  for (const error of part.errors()) outcome.failures.push(`${nameOf(part)}: ${firstLine(error.message)}`);
}

function nameOf(part) {
  const module = part.module ?? part;
  const file = path.relative(process.cwd(), module.moduleId);
  return part === module ? file : `${file} > ${part.fullName}`;
}
