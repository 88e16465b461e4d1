import { runCommand } from './processes.mjs';
import { runBuilt } from './run-built.mjs';
import { setUpForWindows } from './set-up.mjs';

await runCommand(async () => {
  await setUpForWindows({ only: ['main', 'preload', 'workers', 'renderer', 'bench'] });
  return runBuilt('bench');
});
