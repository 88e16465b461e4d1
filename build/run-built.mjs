import { existsSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { OUT, ROOT } from './paths.mjs';
import { SetUpError, startChild } from './processes.mjs';

/**
 * Runs a bundled program with the arguments of this command until it ends.
 * @param {string} name folder in out/: server, demo or bench
 * @returns {Promise<number>} its exit status
 */
export function runBuilt(name) {
  const entry = path.join(OUT, name, 'index.js');
  if (!existsSync(entry))
    throw new SetUpError(`This checkout has nothing to build ${path.relative(ROOT, entry)} from.`);
  const child = startChild(process.execPath, [entry, ...process.argv.slice(2)], { stdio: 'inherit' });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}
