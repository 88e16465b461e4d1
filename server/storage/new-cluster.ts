import { existsSync } from 'node:fs';
import { readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { programFolder } from '../version';

/** What the build made; without a build the cluster is made anew, which takes some seconds more. */
const archive = path.join(programFolder, 'out', 'server', 'empty-cluster.tar.gz');

/**
 * Makes the folder of an embedded database, unless it is there. It is made beside its place and moved there when it is
 * whole, so that a start that was killed leaves nothing that cannot be opened.
 */
export async function makeCluster(directory: string): Promise<void> {
  if (existsSync(directory)) return;
  const fresh = `${directory}.new`;
  await rm(fresh, { recursive: true, force: true });
  const database = await PGlite.create(fresh, await emptyCluster());
  await database.close();
  await rename(fresh, directory);
}

async function emptyCluster(): Promise<{ loadDataDir?: Blob }> {
  if (!existsSync(archive)) return {};
  return { loadDataDir: new Blob([await readFile(archive)], { type: 'application/x-gzip' }) };
}
