import { AppError } from '@shared/result/result';
import { administer } from './cli/admin';
import { DataInUse } from './cli/data-lock';
import { readCommandLine } from './cli/options';
import { serve } from './cli/serve';
import { readable } from './cli/system-errors';
import { usage } from './cli/usage';

/** Gives the exit status: 0 done, 1 when an administrator's command found a fault. */
async function main(): Promise<number> {
  const command = readCommandLine(process.argv.slice(2), process.env);
  if (command.kind === 'help') {
    process.stdout.write(usage);
    return 0;
  }
  if (command.kind === 'serve') {
    await serve(command);
    return 0;
  }
  const { text, faulty } = await administer(command);
  process.stdout.write(`${text}\n`);
  return faulty ? 1 : 0;
}

try {
  process.exit(await main());
} catch (failure) {
  const error = readable(failure);
  const expected = error instanceof AppError || error instanceof DataInUse;
  const text =
    expected || !(error instanceof Error) ? String((error as Error).message ?? error) : error.stack;
  process.stderr.write(`${text}\n`);
  process.exit(expected && error instanceof AppError && error.code === 'INVALID_INPUT' ? 2 : 1);
}
