import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { stripVTControlCharacters } from 'node:util';
import { targets } from './bundle-targets.mjs';
import { isMain, OUT, ROOT } from './paths.mjs';
import { runCommand, SetUpError } from './processes.mjs';
import { say, step } from './progress.mjs';

const STAMPS = path.join(OUT, '.stamps');

/**
 * Builds what has changed since it was built last into out/.
 * @param {{ only?: readonly string[], force?: boolean }} [options] `only` names targets: main, preload, workers,
 *   renderer, server, demo, bench
 * @returns {Promise<readonly string[]>} the names of what was built now
 */
export async function bundle({ only, force = false } = {}) {
  const wanted = targets().filter((target) => only === undefined || only.includes(target.name));
  const due = wanted
    .map((target) => ({ target, stamp: stampOf(target) }))
    .filter(({ target, stamp }) => force || !isUpToDate(target.name, stamp));
  if (due.length === 0) return [];
  await step('building', async (report) => {
    const { build } = await import('vite');
    mkdirSync(STAMPS, { recursive: true });
    for (const [index, { target, stamp }] of due.entries()) {
      report(`${target.name}, ${index + 1} of ${due.length}`);
      await buildTarget(target, stamp, build);
    }
  });
  return due.map(({ target }) => target.name);
}

/** Builds beside the old folder and swaps the two, so that a failed or parallel build leaves a whole one in place. */
async function buildTarget(target, stamp, build) {
  const fresh = path.join(OUT, `.${target.name}-${process.pid}`);
  try {
    for (const config of target.configs(fresh)) await buildOne(await config, build);
    for (const { from, to } of target.copies) cpSync(from, path.join(fresh, to), { recursive: true });
    rmSync(stampFile(target.name), { force: true });
    swap(fresh, path.join(OUT, target.name));
    writeFileSync(stampFile(target.name), stamp);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}

/** Two commands may build at once; whoever comes second takes the place of the first. */
function swap(fresh, place) {
  for (let attempt = 1; ; attempt += 1) {
    rmSync(place, { recursive: true, force: true });
    try {
      renameSync(fresh, place);
      return;
    } catch (error) {
      if (attempt === 5 || (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST')) throw error;
    }
  }
}

/** What is wrong in a source is shown as the bundler words it; where in the bundler it came up helps nobody. */
async function buildOne(config, build) {
  try {
    await build(config);
  } catch (error) {
    throw new SetUpError(stripVTControlCharacters(error.message), { cause: error });
  }
}

const stampFile = (name) => path.join(STAMPS, name);

function isUpToDate(name, stamp) {
  const file = stampFile(name);
  return existsSync(file) && readFileSync(file, 'utf8') === stamp;
}

/** Changes whenever a source, a dependency or the way of building changes. */
function stampOf(target) {
  const hash = createHash('sha256');
  for (const source of [...target.sources, 'build/bundle-targets.mjs', 'package-lock.json']) {
    for (const file of filesUnder(path.join(ROOT, source))) {
      const { mtimeMs, size } = statSync(file);
      hash.update(`${path.relative(ROOT, file)}\0${mtimeMs}\0${size}\n`);
    }
  }
  return hash.digest('hex');
}

function filesUnder(start) {
  if (!statSync(start).isDirectory()) return [start];
  return readdirSync(start, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();
}

if (isMain(import.meta.url)) {
  await runCommand(async () => {
    const named = process.argv.slice(2).filter((argument) => !argument.startsWith('-'));
    const built = await bundle({
      only: named.length === 0 ? undefined : named,
      force: process.argv.includes('--force'),
    });
    say(built.length === 0 ? 'Everything is up to date.' : `Built ${built.join(', ')}.`);
  });
}
