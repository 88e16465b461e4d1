import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import process from 'node:process';
import { OUT } from './paths.mjs';

const FILE = 'empty-cluster.tar.gz';

/**
 * A step of the bundler that puts an empty database cluster beside the server: to make one takes several seconds of
 * processor each time, to unpack one takes half a second.
 * @param {string} outDir
 * @returns {import('vite').Plugin}
 */
export function emptyCluster(outDir) {
  return {
    name: 'empty-cluster',
    closeBundle: async () => copyFileSync(await keptCluster(), path.join(outDir, FILE)),
  };
}

/** The cluster of the present version of PGlite; made where it is not kept yet. */
async function keptCluster() {
  const place = path.join(OUT, '.clusters', `${versionOfPglite()}.tar.gz`);
  if (existsSync(place)) return place;
  // Only now: set-up reads this module before packages are there.
  const { PGlite } = await import('@electric-sql/pglite');
  const database = await PGlite.create();
  const archive = await database.dumpDataDir('gzip');
  await database.close();
  mkdirSync(path.dirname(place), { recursive: true });
  const fresh = `${place}.${process.pid}`;
  writeFileSync(fresh, Buffer.from(await archive.arrayBuffer()));
  renameSync(fresh, place);
  return place;
}

/** Its package does not export its package.json. */
function versionOfPglite() {
  const entry = createRequire(import.meta.url).resolve('@electric-sql/pglite');
  return JSON.parse(readFileSync(path.join(path.dirname(entry), '..', 'package.json'), 'utf8')).version;
}
