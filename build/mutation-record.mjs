import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { digestOf } from './mutation-switches.mjs';
import { ROOT } from './paths.mjs';
import { SetUpError } from './processes.mjs';

const RESULTS = path.join(ROOT, 'test-results', 'mutation.json');
const EQUIVALENT = path.join(ROOT, 'tests', 'mutation', 'equivalent.json');

/**
 * What is known of each check: results, written down after each so that a later run can go on, and the list of checks
 * that may be missing because another one says the same.
 */
export class MutationRecord {
  /** @param {readonly MutationPoint[]} points all of them @param {boolean} resume keeps what an earlier run found */
  constructor(points, resume) {
    this.results = new Map();
    this.equivalent = readEquivalent(points);
    if (resume && existsSync(RESULTS)) this.takeOver(JSON.parse(readFileSync(RESULTS, 'utf8')));
  }

  /** What was caught stays caught while its source file is the same; what survived may have a test by now. */
  takeOver(results) {
    for (const result of results) {
      const isSame = existsSync(path.join(ROOT, result.file)) && digestOf(result.file) === result.digest;
      if (isSame && result.outcome !== 'survived') this.results.set(keyOf(result), result);
    }
  }

  isListed(point) {
    return this.equivalent.has(keyOf(point));
  }

  has(point) {
    return this.results.has(keyOf(point));
  }

  add(point, { outcome, by }) {
    const { file, line, text, nth } = point;
    this.results.set(keyOf(point), { file, line, text, nth, outcome, by, digest: digestOf(file) });
    mkdirSync(path.dirname(RESULTS), { recursive: true });
    writeFileSync(RESULTS, `${JSON.stringify([...this.results.values()], null, 1)}\n`);
  }

  /** @returns {{ line: string, complaints: readonly string[] }} the summary of these points, and what is not right */
  sumUp(points) {
    const found = points
      .map((point) => ({ point, result: this.results.get(keyOf(point)) }))
      .filter(({ result }) => result);
    const select = (test) =>
      found.filter(({ point, result }) => test(result.outcome, this.equivalent.has(keyOf(point))));
    const endless = select((outcome) => outcome === 'endless').length;
    const caught = select((outcome) => outcome !== 'survived').length;
    const equivalent = select((outcome, isListed) => outcome === 'survived' && isListed).length;
    const survivors = select((outcome, isListed) => outcome === 'survived' && !isListed);
    const mistaken = select((outcome, isListed) => outcome !== 'survived' && isListed);
    const unknown = points.length - found.length;
    return {
      line: [
        `${points.length} points: ${caught} caught (${endless} by running for ever)`,
        `${equivalent} equivalent (listed)`,
        `${survivors.length} survived`,
        ...(unknown > 0 ? [`${unknown} not tried`] : []),
      ].join(', '),
      complaints: [
        ...survivors.map(({ point }) => `survived: ${describe(point)}`),
        ...mistaken.map(
          ({ point, result }) => `listed as equivalent, but caught: ${describe(point)} | ${result.by}`,
        ),
      ],
    };
  }
}

export function describe({ file, line, text }) {
  return `${file}:${line} ${text}`;
}

const keyOf = ({ file, text, nth }) => `${file} ${nth} ${text}`;

function readEquivalent(points) {
  const listed = JSON.parse(readFileSync(EQUIVALENT, 'utf8'));
  const known = new Set(points.map(keyOf));
  const keys = listed.map(({ file, check, nth = 1 }) => keyOf({ file, text: check, nth }));
  const stale = keys.find((key) => !known.has(key));
  if (stale !== undefined)
    throw new SetUpError(`tests/mutation/equivalent.json names a check that is not there: ${stale}`);
  return new Set(keys);
}
