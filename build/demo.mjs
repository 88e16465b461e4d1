import { runCommand } from './processes.mjs';
import { runBuilt } from './run-built.mjs';
import { setUpForWindows } from './set-up.mjs';

await runCommand(async () => {
  await setUpForWindows({ judges: 'demo' });
  return runBuilt('demo');
});
