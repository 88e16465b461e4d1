import { existsSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { OUT, ROOT } from './paths.mjs';
import { SetUpError, startChild } from './processes.mjs';

/**
 * Runs a bundled program with the arguments of this command until it ends.
 * @param {string} name folder in out/: server, demo, bench or command-line
 * @param {string} [program] its entry in there
 * @returns {Promise<number>} its exit status
 */
export function runBuilt(name, program = 'index') {
  const entry = path.join(OUT, name, `${program}.js`);
  if (!existsSync(entry))
    throw new SetUpError(`This checkout has nothing to build ${path.relative(ROOT, entry)} from.`);
  const child = startChild(process.execPath, [entry, ...process.argv.slice(2)], {
    stdio: 'inherit',
    cwd: placeOfCommand(program),
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

/** `npm run` changes to the checkout, but the files a person names lie where the person is. */
function placeOfCommand(program) {
  const { npm_lifecycle_event: command, INIT_CWD: place } = process.env;
  return command === program && place !== undefined ? place : process.cwd();
}
