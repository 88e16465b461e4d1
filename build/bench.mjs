import path from 'node:path';
import { ensurePackages } from './dependencies.mjs';
import { ROOT } from './paths.mjs';
import { runCommand } from './processes.mjs';
import { runBuilt } from './run-built.mjs';
import { setUpForWindows } from './set-up.mjs';

await runCommand(async () => {
  await setUpForWindows({ only: ['main', 'preload', 'workers', 'renderer', 'server', 'bench'] });
  // The programs that ours is measured against are no packages of the product.
  await ensurePackages(path.join(ROOT, 'tests', 'bench', 'peers'), 'packages of the peers');
  return runBuilt('bench');
});
