import { runCommand } from './processes.mjs';
import { runBuilt } from './run-built.mjs';
import { setUpForCommandLine } from './set-up.mjs';

await runCommand(async () => {
  await setUpForCommandLine();
  return runBuilt('command-line', 'check-signature');
});
