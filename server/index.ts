import { AppError } from '@shared/result/result';
import { administer } from './cli/admin';
import { DataInUse } from './cli/data-lock';
import { readCommandLine } from './cli/options';
import { serve } from './cli/serve';
import { usage } from './cli/usage';

async function main(): Promise<void> {
  const command = readCommandLine(process.argv.slice(2), process.env);
  if (command.kind === 'help') process.stdout.write(usage);
  else if (command.kind === 'serve') await serve(command);
  else process.stdout.write(`${await administer(command)}\n`);
}

try {
  await main();
  process.exit(0);
} catch (error) {
  const expected = error instanceof AppError || error instanceof DataInUse;
  const text =
    expected || !(error instanceof Error) ? String((error as Error).message ?? error) : error.stack;
  process.stderr.write(`${text}\n`);
  process.exit(expected && error instanceof AppError && error.code === 'INVALID_INPUT' ? 2 : 1);
}
