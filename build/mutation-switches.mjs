import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'vite';
import { mutationBundle, signingTests } from './bundle-targets.mjs';
import { mutationPoints } from './mutation-points.mjs';
import { ROOT } from './paths.mjs';

const MODULE = path.join('shared', 'signing');
/**
 * Tests that say nothing here: they work in programs of their own, which have no switches, or they try random changes
 * of files, which name no rule, or they take minutes for very large files.
 */
const left = /-(bombs|atomicity|command-line|checking-process|fuzz|big-file)\b/;

/** Every check of the signing module, numbered by its place in the list. @returns {readonly MutationPoint[]} */
export function allPoints() {
  return sourcesUnder(MODULE).flatMap((file) => mutationPoints(file));
}

/** Builds the signing tests with a switch at each check, once for all of them. @returns {Promise<readonly string[]>} names */
export async function buildWithSwitches(folder, points) {
  const tests = Object.entries(signingTests()).filter(([name]) => !left.test(name));
  for (const config of mutationBundle(folder, Object.fromEntries(tests), switches(points)))
    await build(config);
  return tests.map(([name]) => name);
}

/** A digest of a source file, which says whether an earlier result still holds. */
export function digestOf(file) {
  return createHash('sha256')
    .update(readFileSync(path.join(ROOT, file)))
    .digest('hex');
}

/** A step of the bundler that wraps each check: `check` becomes `checkSwitch(number, off, (check))`. */
function switches(points) {
  const numbered = points.map((point, number) => ({ ...point, number }));
  return {
    name: 'check-switches',
    enforce: 'pre',
    transform: (code, id) => {
      const here = numbered.filter(({ file }) => path.join(ROOT, file) === id);
      return here.length === 0 ? null : withSwitches(code, here);
    },
  };
}

function withSwitches(code, points) {
  const opening = points.map(({ start, end, number, off }) => ({
    at: start,
    // Of two checks that begin together the longer one opens first; of two that end together it closes last.
    order: 1 / end,
    text: `checkSwitch(${number}, ${off}, (`,
  }));
  const closing = points.map(({ start, end }) => ({ at: end, order: -start - code.length, text: '))' }));
  const parts = [...opening, ...closing].sort((a, b) => a.at - b.at || a.order - b.order);
  let from = 0;
  let result = '';
  for (const { at, text } of parts) {
    result += code.slice(from, at) + text;
    from = at;
  }
  return result + code.slice(from);
}

function sourcesUnder(folder) {
  return readdirSync(path.join(ROOT, folder), { recursive: true })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => path.join(folder, file))
    .sort();
}
