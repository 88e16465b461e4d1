import { readFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'vite';
import { bundle } from './bundle.mjs';
import { simulationBundle } from './bundle-targets.mjs';
import { OUT, ROOT } from './paths.mjs';
import { SetUpError } from './processes.mjs';

/**
 * Builds the simulation, with one planted bug in the product's code when a mutant is given.
 * @param {import('./simulate-mutants.mjs').Mutant | null} mutant
 * @returns {Promise<string>} the program
 */
export async function bundleSimulation(mutant) {
  if (mutant === null) {
    await bundle({ only: ['simulation'] });
    return path.join(OUT, 'simulation', 'index.js');
  }
  const folder = path.join(OUT, 'simulation-mutants', mutant.name);
  await build({ ...simulationBundle(folder), plugins: [plant(mutant)] });
  return path.join(folder, 'index.js');
}

/** A step of the bundler that replaces one text of one file; the text must stand there exactly once. */
function plant({ name, file, from, to }) {
  const place = path.join(ROOT, file);
  const count = readFileSync(place, 'utf8').split(from).length - 1;
  if (count !== 1) throw new SetUpError(`mutant ${name}: its text stands ${count} times in ${file}`);
  return {
    name: 'planted-bug',
    enforce: 'pre',
    transform: (code, id) => (id === place ? code.replace(from, () => to) : null),
  };
}
