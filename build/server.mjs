import { runCommand } from './processes.mjs';
import { runBuilt } from './run-built.mjs';
import { setUpForServer } from './set-up.mjs';

await runCommand(async () => {
  await setUpForServer();
  return runBuilt('server');
});
